import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { placeOf, type Window } from "../fields.ts";
import { looseText } from "../text.ts";

/* JSON, token by token, over bytes. A token that runs into the end of a window with more to come is `cutOff`. */

export const cutOff = -1;
const deepest = 500;

export const ascii = {
  lineFeed: 10,
  quote: 34,
  comma: 44,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** The first byte from `at` that is not white space. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  for (;;) {
    const byte = bytes[next];
    if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return next;
    next++;
  }
}

export function unexpected(window: Window, at: number, expected: string): KqlError {
  const found = looseText(window.bytes.subarray(at, at + 16));
  return new KqlError(problem.badJson(placeOf(window, at), expected, found.split("\n")[0] || found));
}

/** `cutOff`, or an error when nothing can follow. */
export function endReached(window: Window, expected: string): typeof cutOff {
  if (window.final) throw unexpected(window, window.bytes.length, expected);
  return cutOff;
}

/** The offset behind the string whose opening quote is at `start`. `escapes` becomes true when it holds a backslash. */
export function stringEnd(window: Window, start: number, seen: { escapes: boolean }): number {
  const { bytes } = window;
  seen.escapes = false;
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === ascii.quote) return at + 1;
    if (byte < 32) throw unexpected(window, at, "a closing quote");
    if (byte !== ascii.backslash) continue;
    seen.escapes = true;
    at++;
    if (at >= bytes.length) break;
    if (bytes[at] === 117) {
      if (at + 4 >= bytes.length) break;
      for (let i = 1; i <= 4; i++) if (!isHex(bytes[at + i]!)) throw unexpected(window, at - 1, "an escape");
      at += 4;
    } else if (!simpleEscapes.has(bytes[at]!)) throw unexpected(window, at - 1, "an escape");
  }
  return endReached(window, "a closing quote");
}

/** The bytes that may follow a backslash: " \ / b f n r t */
const simpleEscapes = new Set([34, 92, 47, 98, 102, 110, 114, 116]);

function isHex(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}

/**
 * The offset behind the value that starts at `start`. Of a bag or an array it checks strings and brackets only: who
 * wants the value will parse it.
 */
export function valueEnd(window: Window, start: number, seen: { escapes: boolean }): number {
  const { bytes } = window;
  if (start >= bytes.length) return endReached(window, "a value");
  switch (bytes[start]) {
    case ascii.quote:
      return stringEnd(window, start, seen);
    case ascii.openBrace:
    case ascii.openBracket:
      return nestedEnd(window, start, seen);
    default:
      seen.escapes = false;
      return scalarEnd(window, start);
  }
}

function nestedEnd(window: Window, start: number, seen: { escapes: boolean }): number {
  const { bytes } = window;
  const open: number[] = [];
  for (let at = start; at < bytes.length; ) {
    const byte = bytes[at]!;
    if (byte === ascii.quote) {
      at = stringEnd(window, at, seen);
      if (at === cutOff) return cutOff;
      continue;
    }
    if (byte === ascii.openBrace || byte === ascii.openBracket) {
      // The closing bracket stands two behind the opening one in ASCII, in both pairs.
      if (open.push(byte + 2) > deepest) throw new KqlError(problem.jsonTooDeep(placeOf(window, at)));
    } else if (byte === ascii.closeBrace || byte === ascii.closeBracket) {
      const expected = open.pop()!;
      if (byte !== expected) throw unexpected(window, at, `\`${String.fromCharCode(expected)}\``);
      if (open.length === 0) {
        seen.escapes = false;
        return at + 1;
      }
    }
    at++;
  }
  return endReached(window, `\`${String.fromCharCode(open.at(-1)!)}\``);
}

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

function scalarEnd(window: Window, start: number): number {
  const { bytes } = window;
  let at = start;
  // Letters, digits, signs and the dot.
  while (at < bytes.length && isScalarByte(bytes[at]!)) at++;
  if (at === bytes.length && !window.final) return cutOff;
  if (at - start <= 15 && isPlainInteger(bytes, start, at)) return at;
  const text = looseText(bytes.subarray(start, at));
  if (text !== "true" && text !== "false" && text !== "null" && !number.test(text)) {
    throw unexpected(window, start, "a value");
  }
  return at;
}

function isScalarByte(byte: number): boolean {
  const letter = byte | 32;
  return (byte >= 48 && byte <= 57) || (letter >= 97 && letter <= 122) || byte === 43 || byte === 45 || byte === 46;
}

function isPlainInteger(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || (bytes[start] === 48 && end - start > 1)) return false;
  for (let i = start; i < end; i++) if (bytes[i]! < 48 || bytes[i]! > 57) return false;
  return true;
}
