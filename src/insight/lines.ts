import type { Span } from "../diagnostics/diagnostic.ts";
import type { Source } from "../diagnostics/render.ts";

/** A place in the file that holds the query. */
export interface PlacedSpan {
  /** Both from 1; columns count UTF-16 units, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The line, without its line break. */
  readonly text: string;
  /** Of the span, on this line. */
  readonly length: number;
}

/** Where a span of the query begins. */
export function placeOf(
  { start, end }: Span,
  { text, offsetInFile }: Pick<Source, "text" | "offsetInFile">,
): PlacedSpan {
  const at = offsetInFile ? offsetInFile(start) : start;
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const next = text.indexOf("\n", at);
  const line = text.slice(from, next < 0 ? text.length : next).replace(/\r$/, "");
  const column = at - from;
  return {
    line: lineNumber(text, from),
    column: column + 1,
    text: line,
    length: Math.max(0, Math.min(end - start, line.length - column)),
  };
}

function lineNumber(text: string, offset: number): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The text on one line, without the spaces of its layout. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
