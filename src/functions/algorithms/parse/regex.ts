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
    if (part.kind === "text") source += part.text;
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

function groupName(column: number): string {
  return `kqlite_column_${column}`;
}
