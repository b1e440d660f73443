import { inDatetimeRange } from "./calendar.ts";
import type { Cell } from "./column.ts";
import { parseDatetime, printDatetime } from "./datetime.ts";
import { Decimal } from "./decimal.ts";
import { type Dynamic, isArray, isBag, isTyped, type Typed } from "./dynamic.ts";
import { parseGuid } from "./guid.ts";
import { parseInt32, parseLong } from "./integers.ts";
import { longOf, printDynamic, realOf } from "./json.ts";
import { parseReal, printReal, realText } from "./real.ts";
import { parseTimespan, printTimespan } from "./timespan.ts";
import type { ScalarType } from "./types.ts";

/* Cells as text, and cells as they stand inside a dynamic. A `Cell` is given with its type: casts here rely on it. */

/** What `tostring` gives, and every function that takes a value as its text: a bool has a capital. */
export function tostringText(type: ScalarType, cell: Cell): string {
  if (cell === null) return "";
  if (type === "bool") return cell ? "True" : "False";
  if (type === "dynamic") return dynamicText(cell as Dynamic, realText);
  return type === "real" ? realText(cell as number) : cellText(type, cell);
}

/** A cell as results show it; empty for null. */
export function cellText(type: ScalarType, cell: Cell): string {
  if (cell === null) return "";
  switch (type) {
    case "real":
      return printReal(cell as number);
    case "datetime":
      return printDatetime(cell as bigint);
    case "timespan":
      return printTimespan(cell as bigint);
    case "dynamic":
      return dynamicText(cell as Dynamic);
    default:
      return String(cell);
  }
}

/** A string inside a dynamic is its own text, everything else its JSON. */
function dynamicText(value: Dynamic, real = printReal): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (!isTyped(value)) return printDynamic(value, real);
  return value.typed === "real" ? real(value.value) : cellText(value.typed, value.value);
}

/** A KQL literal that gives the cell again. */
export function kqlLiteral(type: ScalarType, cell: Cell): string {
  if (type === "string") return quoted((cell ?? "") as string);
  if (cell === null) return `${type}(null)`;
  switch (type) {
    case "bool":
      return String(cell);
    case "long":
      // A minus sign is an operator in KQL: in front of the smallest long it would come too late.
      return (cell as bigint) < 0n ? `long(${cell})` : String(cell);
    case "real":
      return `real(${printReal(cell as number)
        .replace("Infinity", "inf")
        .replace("NaN", "nan")})`;
    case "dynamic":
      return `dynamic(${dynamicLiteral(cell as Dynamic)})`;
    default:
      return `${type}(${cellText(type, cell)})`;
  }
}

function quoted(text: string): string {
  const names: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what needs an escape
  const escaped = text.replace(/["\\\u0000-\u001f\u007f\u2028\u2029]/g, (char) => {
    return names[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function dynamicLiteral(value: Dynamic): string {
  if (value === null || typeof value !== "object")
    return typeof value === "string" ? quoted(value) : printDynamic(value);
  if (isArray(value)) return `[${value.map(dynamicLiteral).join(",")}]`;
  if (isTyped(value)) return value.typed === "real" ? printDynamic(value) : kqlLiteral(value.typed, value.value);
  return `{${[...value].map(([key, item]) => `${quoted(key)}:${dynamicLiteral(item)}`).join(",")}}`;
}

/** JSON as results are written: longs with all digits, NaN and infinities as strings, decimals as strings. */
export function wireValue(type: ScalarType, cell: Cell): string {
  if (cell === null) return type === "string" ? '""' : "null";
  switch (type) {
    case "bool":
    case "int":
    case "long":
      return String(cell);
    case "real":
      return Number.isFinite(cell) ? jsNumber(cell as number) : `"${printReal(cell as number)}"`;
    case "dynamic":
      return printDynamic(cell as Dynamic);
    default:
      return JSON.stringify(cellText(type, cell));
  }
}

/** The shortest digits that give the value back; `.0` tells an integral real from a long. */
function jsNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A cell as it stands inside an array or a bag. */
export function toDynamic(type: ScalarType, cell: Cell): Dynamic {
  if (cell === null) return type === "string" ? "" : null;
  switch (type) {
    case "bool":
    case "string":
    case "dynamic":
      return cell as Dynamic;
    case "int":
      return cell as number;
    case "long":
      return longOf(cell as bigint);
    case "real":
      return realOf(cell as number);
    default:
      return { typed: type, value: cell } as Typed;
  }
}

/** A value out of a dynamic as `type`, as the casts have it: null (the empty string) where it cannot be. */
export function fromDynamic(value: Dynamic, type: ScalarType): Cell {
  if (type === "dynamic") return value;
  if (type === "string") return dynamicText(value, realText);
  if (value === null || isArray(value) || isBag(value)) return null;
  if (typeof value === "string") return fromText(value, type);
  if (isTyped(value)) return fromTyped(value, type);
  if (typeof value === "boolean") return type === "bool" ? value : fromNumber(value ? 1 : 0, type);
  return fromNumber(value, type);
}

function fromText(text: string, type: ScalarType): Cell {
  switch (type) {
    case "bool":
      return boolOf(text);
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
    default:
      return text;
  }
}

/** `true` and `false` in any case, or a whole number. Blanks may stand around a number, yet not around a word. */
export function boolOf(text: string): boolean | null {
  const word = text.toLowerCase();
  if (word === "true") return true;
  if (word === "false") return false;
  const number = parseLong(word);
  return number === null ? null : number !== 0n;
}

const decimalText = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?\s*$/;

export function parseDecimal(text: string): Decimal | null {
  return decimalText.test(text) ? new Decimal(text.trim()).toSignificantDigits(34) : null;
}

function fromTyped(value: Typed, type: ScalarType): Cell {
  if (value.typed === type) return value.value;
  switch (value.typed) {
    case "real":
    case "int":
      return fromNumber(value.value, type);
    case "decimal":
      return fromNumber(value.value.toNumber(), type);
    case "datetime":
    case "timespan":
      return type === "long" ? value.value : null;
    default:
      return null;
  }
}

/** Reals lose their fraction on the way to an integer; what is out of range is null. */
function fromNumber(value: number | bigint, type: ScalarType): Cell {
  switch (type) {
    case "bool":
      return Number(value) !== 0;
    case "int": {
      const whole = Math.trunc(Number(value));
      return whole >= -0x8000_0000 && whole <= 0x7fff_ffff ? whole : null;
    }
    case "long":
      return longFrom(value);
    case "real":
      return Number(value);
    case "decimal":
      return Number.isFinite(Number(value)) ? new Decimal(String(value)) : null;
    case "datetime": {
      const ticks = longFrom(value);
      return ticks === null ? null : inDatetimeRange(ticks);
    }
    case "timespan":
      return longFrom(value);
    default:
      return null;
  }
}

function longFrom(value: number | bigint): bigint | null {
  if (typeof value === "bigint") return value;
  return Number.isFinite(value) && Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : null;
}
