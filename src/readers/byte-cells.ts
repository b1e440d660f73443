import { daysFromCivil, daysInMonth } from "../data/calendar.ts";
import type { ColumnOf } from "../data/column.ts";

/**
 * Puts the cell that plain ASCII in [start, end) spells into row `row` of its storage, without a string in between. Knows
 * the usual spelling only: false for any other, and then the parser of texts decides. Numbers, dates and flags are most
 * of what is read.
 */
export type BytePut = (bytes: Uint8Array, start: number, end: number, row: number) => boolean;

/** The types whose cells are numbers, and which have storage of their own. */
export type PlainType = "bool" | "int" | "long" | "real" | "datetime" | "timespan";

/** What puts cells into `data`, the storage of a column; undefined where texts are as good. */
export function bytePut<T extends PlainType>(type: T, data: ColumnOf<T>["data"]): BytePut | undefined {
  // `data` is that of `type`; TypeScript cannot follow T that far.
  switch (type) {
    case "bool":
      return putBool(data as Uint8Array);
    case "int":
      return putInt(data as Int32Array);
    case "real":
      return putReal(data as Float64Array);
    case "long":
      return putLong(data as BigInt64Array);
    case "datetime":
      return putDatetime(data as BigInt64Array);
    default:
      return undefined;
  }
}

/** Digits that a double holds exactly, whatever they are. */
const exactDigits = 15;
const none = Number.NaN;

/** The whole number in [start, end); NaN when it has another spelling. */
export function wholeAt(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 45;
  const from = negative ? start + 1 : start;
  if (end <= from || end - from > exactDigits) return none;
  const value = digitsAt(bytes, from, end);
  return value < 0 ? none : negative ? 0 - value : value;
}

/** The number that the digits in [start, end) spell; -1 when there is another byte. */
function digitsAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function putInt(data: Int32Array): BytePut {
  return (bytes, start, end, row) => {
    const value = wholeAt(bytes, start, end);
    data[row] = value;
    return value === data[row];
  };
}

// Longs are put in halves: making a bigint of each costs more than reading it. Every machine that runs this has the
// lower half first.

function putLong(data: BigInt64Array): BytePut {
  const halves = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
  return (bytes, start, end, row) => {
    const value = wholeAt(bytes, start, end);
    if (Number.isNaN(value)) return false;
    halves[row * 2] = value % 2 ** 32;
    halves[row * 2 + 1] = Math.floor(value / 2 ** 32);
    return true;
  };
}

const powers = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

function putReal(data: Float64Array): BytePut {
  return (bytes, start, end, row) => {
    const negative = bytes[start] === 45;
    const from = negative ? start + 1 : start;
    if (end <= from || end - from > exactDigits) return false;
    let value = 0;
    let point = -1;
    for (let i = from; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === 46 && point < 0 && i > from) point = i;
      else if (byte >= 48 && byte <= 57) value = value * 10 + byte - 48;
      else return false;
    }
    // Both numbers are exact, so that their quotient is the double nearest to the text.
    if (point >= 0) value /= powers[end - point - 1]!;
    data[row] = negative ? -value : value;
    return true;
  };
}

function putBool(data: Uint8Array): BytePut {
  return (bytes, start, end, row) => {
    const length = end - start;
    const first = bytes[start]! | 32;
    if (length === 4 && first === 116 && spells(bytes, start + 1, "rue")) data[row] = 1;
    else if (length === 5 && first === 102 && spells(bytes, start + 1, "alse")) data[row] = 0;
    else return false;
    return true;
  };
}

function spells(bytes: Uint8Array, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return true;
}

function putDatetime(data: BigInt64Array): BytePut {
  const halves = new Int32Array(data.buffer, data.byteOffset, data.length * 2);
  return (bytes, start, end, row) => {
    const seconds = secondsAt(bytes, start, end);
    if (Number.isNaN(seconds)) return false;
    const fraction = fractionAt(bytes, start, end);
    // Ticks need 62 bits: seconds * 10^7 is put together from 16 bits and the rest of the seconds.
    const upper = Math.floor(seconds / 65_536) * 10_000_000;
    const lower = (upper % 65_536) * 65_536 + (seconds % 65_536) * 10_000_000 + fraction;
    halves[row * 2] = lower % 2 ** 32;
    halves[row * 2 + 1] = Math.floor(upper / 65_536) + Math.floor(lower / 2 ** 32);
    return true;
  };
}

/** Seconds since year 1 of `2017-01-01T00:00:00[.fffffff][Z]`, with a blank for the `T` too; NaN for other spellings. */
export function secondsAt(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const separator = bytes[start + 10];
  if (length < 19 || length > 28 || (separator !== 84 && separator !== 32)) return none;
  if (bytes[start + 4] !== 45 || bytes[start + 7] !== 45) return none;
  if (bytes[start + 13] !== 58 || bytes[start + 16] !== 58 || fractionAt(bytes, start, end) < 0) return none;
  const year = digitsAt(bytes, start, start + 4);
  const month = digitsAt(bytes, start + 5, start + 7);
  const day = digitsAt(bytes, start + 8, start + 10);
  const hour = digitsAt(bytes, start + 11, start + 13);
  const minute = digitsAt(bytes, start + 14, start + 16);
  const second = digitsAt(bytes, start + 17, start + 19);
  // A part with another byte in it is -1.
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return none;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return none;
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

/** Ticks behind the seconds; -1 when what stands there is no fraction. */
function fractionAt(bytes: Uint8Array, start: number, end: number): number {
  const stop = bytes[end - 1] === 90 ? end - 1 : end;
  if (stop === start + 19) return 0;
  const places = stop - start - 20;
  if (places < 1 || places > 7 || bytes[start + 19] !== 46) return -1;
  return digitsAt(bytes, start + 20, stop) * powers[7 - places]!;
}
