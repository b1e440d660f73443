import type { ScalarType } from "../../../data/types.ts";
import type { TextExtractor } from "../../text-extractor.ts";
import { cellFrom, cellsFrom, type PatternPart, shapeOf } from "./pattern.ts";

/**
 * The pattern of `parse kind=simple` and `kind=relaxed`: texts that stand in this order, from the start of the source to
 * its end. A column takes as little as it can; one before a `*` takes what looks like a value of its type.
 */
export function plainPattern(parts: readonly PatternPart[], strict: boolean): TextExtractor {
  const { fills, texts } = pieces(parts);
  const types = fills.flatMap((fill) => (fill.kind === "skip" || fill.kind === "nothing" ? [] : [fill.type]));
  return {
    extract: (source) => {
      const run: Run = { fills, texts, source, taken: [], failed: texts.map(() => source.length + 1) };
      return matches(run, 0, 0) ? cellsFrom(run.taken, types, strict) : undefined;
    },
  };
}

/** What stands between two texts of the pattern, before the first, or behind the last. */
type Fill =
  | { readonly kind: "nothing" }
  | { readonly kind: "skip" }
  | { readonly kind: "column"; readonly type: ScalarType }
  | { readonly kind: "shaped"; readonly type: ScalarType; readonly shape: RegExp };

/** Fills and texts take turns; the fills are one more. */
function pieces(parts: readonly PatternPart[]): { readonly fills: readonly Fill[]; readonly texts: readonly string[] } {
  const fills: Fill[] = [];
  const texts: string[] = [];
  let fill: Fill = { kind: "nothing" };
  for (const part of parts) {
    if (part.kind === "text") {
      fills.push(fill);
      texts.push(part.text);
      fill = { kind: "nothing" };
    } else if (part.kind === "column") {
      fill = { kind: "column", type: part.type };
    } else {
      fill = fill.kind === "column" ? shaped(fill.type) : { kind: "skip" };
    }
  }
  return { fills: [...fills, fill], texts };
}

function shaped(type: ScalarType): Fill {
  const shape = shapeOf(type, "plain");
  if (shape === undefined) throw new Error(`a ${type} has no shape that ends before a star`);
  return { kind: "shaped", type, shape: new RegExp(shape, "y") };
}

/** One text on its way through a pattern. */
interface Run {
  readonly fills: readonly Fill[];
  readonly texts: readonly string[];
  readonly source: string;
  /** What the columns took so far. */
  readonly taken: string[];
  /** By text of the pattern: from here on it was sought in vain. What starts later has less to find. */
  readonly failed: number[];
}

/** Whether the pattern matches `source` from `from` to its end, beginning with fill `at`; adds what columns take. */
function matches(run: Run, at: number, from: number): boolean {
  const { fills, texts, source, taken } = run;
  const fill = fills[at]!;
  if (at === texts.length) return takesRest(fill, source, from, taken);
  switch (fill.kind) {
    case "nothing":
      return source.startsWith(texts[at]!, from) && matches(run, at + 1, from + texts[at]!.length);
    case "skip":
      return finds(run, at, from, undefined);
    case "column": {
      if (fill.type === "string" || fill.type === "dynamic") return finds(run, at, from, from);
      // Blanks before a value belong to it, unless the pattern wants them.
      const start = pastBlanks(source, from);
      if (finds(run, at, start, start)) return true;
      for (let earlier = start - 1; earlier >= from; earlier--) {
        if (source.startsWith(texts[at]!, earlier) && finds(run, at, earlier, earlier)) return true;
      }
      return false;
    }
    case "shaped": {
      const before = taken.length;
      for (let end = shapeEnd(fill.shape, source, from); end > from; end = shorterEnd(fill.shape, source, from, end)) {
        taken.push(source.slice(from, end));
        if (finds(run, at, end, undefined)) return true;
        taken.length = before;
      }
      return false;
    }
  }
}

/** Whether text `at` stands at `from` or later with the rest behind it; a column from `start` takes what is before it. */
function finds(run: Run, at: number, from: number, start: number | undefined): boolean {
  const { fills, texts, source, taken, failed } = run;
  if (from >= failed[at]!) return false;
  const text = texts[at]!;
  const next = fills[at + 1]!;
  const last = at + 1 === texts.length;
  let place = source.indexOf(text, from);
  if (last && next.kind === "nothing") {
    // A text that ends the pattern ends the source.
    const end = source.length - text.length;
    place = end >= from && source.endsWith(text) ? end : -1;
  } else if (!last && next.kind === "shaped") {
    while (place >= 0 && shapeEnd(next.shape, source, place + text.length) < 0) place = source.indexOf(text, place + 1);
  }
  const before = taken.length;
  if (place >= 0) {
    if (start !== undefined) taken.push(source.slice(start, place));
    if (matches(run, at + 1, place + text.length)) return true;
    taken.length = before;
  }
  failed[at] = from;
  return false;
}

function takesRest(fill: Fill, source: string, from: number, taken: string[]): boolean {
  switch (fill.kind) {
    case "nothing":
      return from === source.length;
    case "skip":
      return true;
    case "column": {
      const rest = source.slice(from);
      taken.push(fill.type === "datetime" ? datetimeAhead(rest) : rest);
      return true;
    }
    case "shaped":
      // Before a star that ends the pattern there need not be a value.
      taken.push(source.slice(from, Math.max(from, shapeEnd(fill.shape, source, from))));
      return true;
  }
}

const datetimeShape = new RegExp(`^${shapeOf("datetime", "plain")}`);

/** Kusto reads a datetime at the end of a pattern although other text follows it. */
function datetimeAhead(rest: string): string {
  return cellFrom(rest, "datetime") === null ? (datetimeShape.exec(rest)?.[0] ?? rest) : rest;
}

function pastBlanks(source: string, from: number): number {
  let at = from;
  while (at < source.length && /\s/.test(source[at]!)) at++;
  return at;
}

/** Where the longest value at `from` ends, or -1. */
function shapeEnd(shape: RegExp, source: string, from: number): number {
  shape.lastIndex = from;
  const found = shape.exec(source);
  return found ? from + found[0].length : -1;
}

/** Where the next shorter value at `from` ends, or -1. */
function shorterEnd(shape: RegExp, source: string, from: number, end: number): number {
  for (let shorter = end - 1; shorter > from; shorter--) {
    shape.lastIndex = 0;
    const value = source.slice(from, shorter);
    if (shape.exec(value)?.[0].length === value.length) return shorter;
  }
  return -1;
}
