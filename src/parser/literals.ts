import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { Decimal } from "../data/decimal.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { parseGuid } from "../data/guid.ts";
import { parseInt32, parseLong } from "../data/integers.ts";
import { parseReal } from "../data/real.ts";
import { parseTimespan, timespanWithUnit } from "../data/timespan.ts";
import { type ScalarType, typeNamed } from "../data/types.ts";
import { stringEnd } from "./lexer.ts";

/* The values of literals. Everything here takes the source text of one token. */

export interface Value {
  readonly type: ScalarType;
  readonly value: Cell;
}
/** What is wrong, and where it stands within the token. */
export interface Flaw {
  readonly offset: number;
  readonly length: number;
  readonly found: string;
}

/** A number, a bare timespan, or true and false; undefined when it is too large for its type. */
export function plainLiteral(text: string): Value | undefined {
  const first = text.charCodeAt(0) | 0x20;
  if (first === 0x74 || first === 0x66) return { type: "bool", value: first === 0x74 };
  const ticks = timespanWithUnit(text);
  if (ticks !== undefined) return ticks === null ? undefined : { type: "timespan", value: ticks };
  if (/^0[xX]/.test(text) || /^\d+$/.test(text)) {
    const value = /^0[xX]/.test(text) ? hexadecimal(text) : parseLong(text);
    return value === null ? undefined : { type: "long", value };
  }
  return { type: "real", value: Number(text) };
}

function hexadecimal(text: string): bigint | null {
  const value = BigInt(text);
  return value >= 1n << 64n ? null : BigInt.asIntN(64, value);
}

/** long(5), datetime(2020-01-01), bool(null), …; undefined when the parentheses hold no value of the type. */
export function typedLiteral(text: string): { readonly type: ScalarType; readonly value: Cell | undefined } {
  const open = text.indexOf("(");
  const type = typeNamed(text.slice(0, open)) ?? "string";
  let inside = text.slice(open + 1, text.endsWith(")") ? -1 : undefined).trim();
  if (inside === "null") return { type, value: null };
  if (/^@?["']/.test(inside) && stringEnd(inside, 0).end === inside.length) {
    const unquoted = stringLiteral(inside);
    inside = typeof unquoted === "string" ? unquoted.trim() : inside;
  }
  return { type, value: typedValue(type, inside) };
}

function typedValue(type: ScalarType, text: string): Cell | undefined {
  switch (type) {
    case "bool":
      return booleans.get(text.toLowerCase());
    case "int":
      return /^[+-]?(\d+|0[xX][0-9a-fA-F]+)$/.test(text) ? (parseInt32(text) ?? undefined) : undefined;
    case "long":
      return /^[+-]?(\d+|0[xX][0-9a-fA-F]+)$/.test(text) ? (parseLong(text) ?? undefined) : undefined;
    case "real":
      return reals.get(text.toLowerCase()) ?? parseReal(text) ?? undefined;
    case "decimal":
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? new Decimal(text) : undefined;
    case "datetime":
      return parseDatetime(text.replace(datetimeParts, dashed)) ?? undefined;
    case "timespan":
      return timespanWithUnit(text) ?? parseTimespan(text) ?? undefined;
    case "guid":
      return parseGuid(text) ?? undefined;
    default:
      return undefined;
  }
}

/** datetime(2025, 6, 14), datetime(2025, 6), datetime(2025 - 06 - 14) */
const datetimeParts = /^(\d{4})\s*([,-])\s*(\d{1,2})(?:\s*\2\s*(\d{1,2}))?$/;
const dashed = (_: string, year: string, _comma: string, month: string, day = "1") => `${year}-${month}-${day}`;

const booleans: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
  ["1", true],
  ["0", false],
]);
const reals: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

// ------------------------------------------------------------------- strings

const simpleEscapes = new Map(
  Object.entries({ n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", f: "\f", v: "\v", "\\": "\\", "'": "'", '"': '"' }),
);
const escapePattern = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]))/g;

/** The characters that one string token of any form stands for. */
export function stringLiteral(text: string): string | Flaw {
  const start = /^[hH]/.test(text) ? 1 : 0;
  const { end, closed, fence } = stringEnd(text, start);
  const from = start + fence;
  const quote = text.charAt(from - 1);
  const inside = text.slice(from, closed ? end - (fence === 3 ? 3 : 1) : undefined);
  if (fence === 3) return inside;
  if (fence === 2) return inside.replaceAll(quote + quote, quote);
  if (!inside.includes("\\")) return inside;
  let flaw: Flaw | undefined;
  const value = inside.replace(escapePattern, (whole, u, U, x, octal, other, offset: number) => {
    const code = octal === undefined ? Number.parseInt(u ?? U ?? x ?? "", 16) : Number.parseInt(octal, 8);
    const char =
      other === undefined ? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined) : simpleEscapes.get(other);
    if (char === undefined) flaw ??= { offset: from + offset, length: whole.length, found: whole };
    return char ?? "";
  });
  return flaw ?? value;
}

// ------------------------------------------------------------------- dynamic

const maxDepth = 200;
const jsonNumber = /-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const hexNumber = /0[xX][0-9a-fA-F]+(?![\w.])/y;
const bareSpan = /-?\d+(?:\.\d+)?[a-z]+(?!\w)/y;
const jsonWord = /[A-Za-z]\w*/y;

/** dynamic(…): JSON in which Kusto's own literals may stand. */
export function dynamicLiteral(text: string): { readonly value: Dynamic } | Flaw {
  let at = text.indexOf("(") + 1;
  const end = text.endsWith(")") ? text.length - 1 : text.length;
  let flaw: Flaw | undefined;

  const fail = (): null => {
    const found = at >= end ? ")" : (matchFrom(/[\w.+-]+|[\s\S]/uy, at) ?? "");
    flaw ??= { offset: at, length: Math.max(found.length, 1), found };
    return null;
  };
  const matchFrom = (pattern: RegExp, from: number): string | undefined => {
    pattern.lastIndex = from;
    return pattern.exec(text)?.[0];
  };
  const blanks = () => {
    for (;;) {
      while (at < end && /\s/.test(text.charAt(at))) at++;
      if (!text.startsWith("//", at)) return;
      while (at < end && text.charAt(at) !== "\n") at++;
    }
  };
  const next = (char: string): boolean => {
    blanks();
    if (at >= end || text.charAt(at) !== char) return false;
    at++;
    return true;
  };

  function value(depth: number): Dynamic {
    blanks();
    if (flaw || at >= end || depth > maxDepth) return fail();
    const char = text.charAt(at);
    if (char === "[") return array(depth);
    if (char === "{") return bag(depth);
    if (isStringStart()) return string();
    const span = matchFrom(bareSpan, at);
    // The fraction of a microsecond or less is lost here; what becomes of that of a millisecond is not known.
    if (span !== undefined && /\.\d+m(?:s|illi)/.test(span)) return fail();
    const ticks = timespanWithUnit(span?.replace(/\.\d+(?=micro|nano|tick)/, "") ?? "");
    if (span !== undefined && typeof ticks === "bigint") {
      at += span.length;
      return dynamicLong(ticks);
    }
    const hex = matchFrom(hexNumber, at);
    const bits = hex === undefined ? null : hexadecimal(hex);
    if (hex !== undefined && bits !== null) {
      at += hex.length;
      return dynamicLong(bits);
    }
    const number = matchFrom(jsonNumber, at);
    if (number !== undefined) return plainNumber(number);
    return named(depth);
  }

  function plainNumber(number: string): Dynamic {
    if (/[.eE]/.test(number)) {
      at += number.length;
      return dynamicReal(Number(number));
    }
    const whole = parseLong(number);
    if (whole === null) return fail();
    at += number.length;
    return dynamicLong(whole);
  }

  function array(depth: number): Dynamic {
    const items: Dynamic[] = [];
    at++;
    if (next("]")) return items;
    do items.push(value(depth + 1));
    while (!flaw && next(","));
    return next("]") ? items : fail();
  }

  function bag(depth: number): Dynamic {
    const entries = new Map<string, Dynamic>();
    at++;
    if (next("}")) return entries;
    do {
      blanks();
      if (at >= end || !isStringStart()) return fail();
      const key = string();
      if (!next(":")) return fail();
      const item = value(depth + 1);
      if (typeof key === "string") entries.set(key, item);
    } while (!flaw && next(","));
    return next("}") ? entries : fail();
  }

  function isStringStart(): boolean {
    return /^(?:[hH]?@?["']|[hH]?```|[hH]?~~~)/.test(text.slice(at, at + 4));
  }

  /** Texts that stand side by side are one: `'it''s'` is two of them. */
  function string(): Dynamic {
    let whole = "";
    do {
      const part = oneString();
      if (typeof part !== "string") return null;
      whole += part;
      blanks();
    } while (at < end && isStringStart());
    return whole;
  }

  function oneString(): Dynamic {
    const quote = /[hH]/.test(text.charAt(at)) ? at + 1 : at;
    const found = stringEnd(text, quote);
    const chars = stringLiteral(text.slice(at, found.end));
    if (!found.closed) return fail();
    if (typeof chars !== "string") {
      flaw ??= { ...chars, offset: at + chars.offset };
      return null;
    }
    at = found.end;
    return chars;
  }

  function named(depth: number): Dynamic {
    const word = matchFrom(jsonWord, at);
    if (word === undefined) return fail();
    const open = at + word.length;
    if (text.charAt(open) === "(") {
      if (word === "dynamic") {
        at = open + 1;
        const inner = value(depth + 1);
        return next(")") ? inner : fail();
      }
      const close = text.indexOf(")", open);
      if (close < 0 || close >= end || typeNamed(word) === undefined) return fail();
      const literal = typedLiteral(text.slice(at, close + 1));
      // Kusto takes neither bool(true) nor datetime(null) inside of a dynamic; true and null say the same.
      const refused = literal.type === "bool" || (literal.type === "datetime" && literal.value === null);
      if (literal.value === undefined || refused) return fail();
      at = close + 1;
      return typedDynamic(literal.type, literal.value);
    }
    const plain = word === "null" ? null : word.length < 6 ? booleans.get(word.toLowerCase()) : undefined;
    if (plain === undefined) return fail();
    at = open;
    return plain;
  }

  const result = value(0);
  blanks();
  if (!flaw && at < end) fail();
  return flaw ?? { value: result };
}

function dynamicLong(value: bigint): Dynamic {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function dynamicReal(value: number): Dynamic {
  return Number.isInteger(value) ? { typed: "real", value } : value;
}

function typedDynamic(type: ScalarType, value: Cell): Dynamic {
  if (value === null || typeof value === "boolean") return value;
  switch (type) {
    case "long":
    case "timespan":
      // JSON has no timespan: it is the number of its ticks.
      return dynamicLong(value as bigint); // the cells of both
    case "real":
      return dynamicReal(value as number); // the cell of a real
    default:
      return { typed: type, value } as Dynamic; // typedLiteral() pairs each type with its own cell
  }
}
