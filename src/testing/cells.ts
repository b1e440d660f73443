import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { parseGuid } from "../data/guid.ts";
import { parseInt32, parseLong } from "../data/integers.ts";
import { parseDynamic, printDynamic } from "../data/json.ts";
import { parseReal } from "../data/real.ts";
import { cellText, parseDecimal } from "../data/text.ts";
import { parseTimespan } from "../data/timespan.ts";
import type { ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/testing.ts";

/** A sentence that says why a text is not what it should be. */
export interface Wrong {
  readonly wrong: string;
}

export function isWrong(value: unknown): value is Wrong {
  return typeof value === "object" && value !== null && "wrong" in value;
}

/** The cells of a line, trimmed: `|` separates them, but not inside `"…"`. */
export function splitCells(line: string): readonly string[] | Wrong {
  const cells: string[] = [];
  let start = 0;
  let quote = -1;
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i);
    if (quote >= 0) {
      if (char === "\\") i++;
      else if (char === '"') quote = -1;
    } else if (char === '"') quote = i;
    else if (char === "|") {
      cells.push(line.slice(start, i).trim());
      start = i + 1;
    }
  }
  if (quote >= 0) return { wrong: problem.openQuote(line.slice(start).trim()) };
  cells.push(line.slice(start).trim());
  return cells;
}

/** The value that a cell of a test stands for. */
export function parseCell(type: ScalarType, text: string): Cell | Wrong {
  if (type === "string") return parseText(text);
  if (text === "null") return null;
  const cell = parseScalar(type, text);
  return cell === null || cell === undefined ? { wrong: problem.badCell(text, type) } : cell;
}

function parseScalar(type: Exclude<ScalarType, "string">, text: string): Cell | undefined {
  switch (type) {
    case "bool":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "int":
      return parseInt32(text);
    case "long":
      return parseLong(text);
    case "real":
      return parseReal(text);
    case "decimal":
      return parseDecimal(text);
    case "datetime":
      return parseDatetime(text);
    case "timespan":
      return parseTimespan(text);
    case "guid":
      return parseGuid(text);
    case "dynamic":
      return parseDynamic(text);
  }
}

function parseText(text: string): string | Wrong {
  if (text === "null") return { wrong: problem.nullString() };
  if (!text.startsWith('"')) return text;
  const value = unquoted(text);
  return value === undefined ? { wrong: problem.badCell(text, "string") } : value;
}

const named: Readonly<Record<string, string>> = {
  "\\": "\\",
  '"': '"',
  "'": "'",
  "0": "\0",
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The text between the quotes, with KQL's escapes resolved; undefined when `text` is not one string in quotes. */
export function unquoted(text: string): string | undefined {
  const body = /^"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1];
  if (body === undefined) return undefined;
  let known = true;
  const value = body.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/gis, (_, x, u, wide, char) => {
    const hex: string | undefined = x ?? u ?? wide;
    const code = hex === undefined ? -1 : Number.parseInt(hex, 16);
    if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const plain = char === undefined ? undefined : named[char];
    if (plain === undefined) known = false;
    return plain ?? "";
  });
  return known ? value : undefined;
}

/** The cell as it stands in a test. */
export function printCell(type: ScalarType, cell: Cell): string {
  if (type === "string") return printText((cell ?? "") as string);
  if (cell === null) return "null";
  if (type === "dynamic") return oneLine(printDynamic(cell as Parameters<typeof printDynamic>[0])); // the type says so
  return cellText(type, cell);
}

// Invisible characters are spelled out: the eye must be able to tell what is expected.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function printText(text: string): string {
  const plain = text.trim() === text && text !== "" && text !== "null" && !/^---|[|"]/.test(text);
  if (plain && text.search(invisible) < 0) return text;
  const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const escaped = text.replace(/[\\"]/g, "\\$&").replace(invisible, (char) => short[char] ?? escapeOf(char));
  return `"${escaped}"`;
}

function escapeOf(char: string): string {
  return char.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON may hold line separators as they are; a line of a test may not. */
function oneLine(json: string): string {
  return json.replace(/[\u2028\u2029\u0085]/g, escapeOf);
}
