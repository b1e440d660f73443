import type { TextExtractor } from "../../text-extractor.ts";
import { compileRegex } from "../regex/regex.ts";
import { cellsFrom, type PatternPart, shapeOf } from "./pattern.ts";

/**
 * The pattern of `parse kind=regex`: regular expressions with columns between them, anywhere in the source. A column
 * takes as much as it can, one with a type only what looks like a value. Throws `RegexError`.
 */
export function regexPattern(parts: readonly PatternPart[], flags: string): TextExtractor {
  let source = "";
  const columns = parts.flatMap((part) => (part.kind === "column" ? [part.type] : []));
  let column = 0;
  for (const part of parts) {
    if (part.kind === "text") source += balanced(part.text);
    else if (part.kind === "skip") source += ".*?";
    else source += `(?P<${groupName(column++)}>${shapeOf(part.type, "regex") ?? ".*"})`;
  }
  const regex = compileRegex(source, flags);
  // The query's own groups count too.
  const groups = columns.map((_, i) => regex.names.indexOf(groupName(i)));
  return {
    extract: (text) => {
      const match = regex.exec(text);
      if (!match) return undefined;
      return cellsFrom(
        groups.map((group) => match.groups[group] ?? ""),
        columns,
        true,
      );
    },
  };
}

/** The text with every parenthesis that has no partner in it as a character of its own, as Kusto reads it. */
export function balanced(text: string): string {
  const open: number[] = [];
  const alone = new Set<number>();
  // What is escaped or stands in a class is no parenthesis.
  for (const { 0: found, index } of text.matchAll(
    /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|[()]/g,
  )) {
    if (found === "(") open.push(index);
    else if (found === ")" && open.pop() === undefined) alone.add(index);
  }
  // `(?` without an end is a mistake, and no text.
  for (const index of open) if (text.charAt(index + 1) !== "?") alone.add(index);
  return text.replace(/[()]/g, (found, index: number) => (alone.has(index) ? `\\${found}` : found));
}

function groupName(column: number): string {
  return `kqlite_column_${column}`;
}
