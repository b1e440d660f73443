import type { Cell } from "../../../data/column.ts";
import { parseDynamic } from "../../../data/json.ts";
import { fromDynamic } from "../../../data/text.ts";
import type { ScalarType } from "../../../data/types.ts";

/** A piece of a pattern: text that must stand there, a skip (`*`), or a column that takes what stands there. */
export type PatternPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "skip" }
  | { readonly kind: "column"; readonly type: ScalarType };

/** What a text says as a value of `type`, as the casts have it; null when it says none. */
export function cellFrom(text: string, type: ScalarType): Cell {
  if (type === "string") return text;
  if (type !== "dynamic") return fromDynamic(text, type);
  if (text === "") return null;
  const value = parseDynamic(text);
  return value === undefined ? text : value;
}

/**
 * The cells of what the columns took. Strict: undefined as soon as one text is no value of its type, so that a row has
 * all of its cells or none.
 */
export function cellsFrom(
  texts: readonly string[],
  types: readonly ScalarType[],
  strict: boolean,
): readonly Cell[] | undefined {
  const cells = texts.map((text, i) => cellFrom(text, types[i]!));
  return strict && cells.some((cell, i) => cell === null && types[i] !== "dynamic") ? undefined : cells;
}

const digits = String.raw`\s*[-+]?\d+`;
const hex = (count: number) => `[0-9a-fA-F]{${count}}`;
const guid = [hex(8), hex(4), hex(4), hex(4), hex(12)].join("-?");
const clock = String.raw`\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d*)?)?`;
// The separator decides the order of the parts: 2020-01-31, but 1/31/2020.
const date = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{1,4})`;

type Shaped = Exclude<ScalarType, "string" | "dynamic">;

const shapes: Readonly<Record<Shaped, string>> = {
  int: digits,
  long: digits,
  real: String.raw`\s*[-+]?(?:\d+\.?\d*|\.\d+)`,
  decimal: String.raw`\s*[-+]?(?:\d+\.?\d*|\.\d+)`,
  bool: String.raw`\s*(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]|[-+]?\d+)`,
  // An alternation, not an optional brace: that one would get lost where the pattern prefers short matches.
  guid: String.raw`\s*(?:\{${guid}\}|${guid})`,
  datetime: String.raw`\s*${date}(?:[Tt ]\s*${clock})?(?:[Zz]|[-+]\d{1,2}(?::\d{1,2})?)?`,
  timespan: String.raw`\s*-?(?:\d+\.\d{1,2}:\d{1,2}:\d{1,2}|\d{1,2}:\d{1,2}(?::\d{1,2})?)(?:\.\d*)?`,
};

const regexShapes: Readonly<Record<Shaped, string>> = {
  ...shapes,
  real: String.raw`\s*[-+]?\d+(?:\.\d+)?`,
  decimal: String.raw`\s*[-+]?\d+(?:\.\d+)?`,
  bool: String.raw`\s*(?i:true|false)`,
};

/**
 * How the text of a value of that type looks, as a regular expression: where a column takes no more than that. In a
 * pattern of regular expressions a bool is no number, and a real has digits before and behind its point.
 */
export function shapeOf(type: ScalarType, mode: "plain" | "regex"): string | undefined {
  if (type === "string" || type === "dynamic") return undefined;
  return mode === "plain" ? shapes[type] : regexShapes[type];
}
