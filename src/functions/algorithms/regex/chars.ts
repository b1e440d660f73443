import type { Chars } from "./syntax.ts";

/** A code point as it stands in a pattern of JavaScript's `v` mode, inside or outside brackets. */
export function escapeCodePoint(code: number): string {
  const plain = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return plain ? String.fromCharCode(code) : `\\u{${code.toString(16)}}`;
}

export function literalChars(code: number, fold: boolean): Chars {
  const ascii = new Uint8Array(128);
  if (code < 128) ascii[code] = 1;
  const text = String.fromCodePoint(code);
  if (!fold || text.toLowerCase() === text.toUpperCase()) {
    return { source: escapeCodePoint(code), fold: false, ascii, beyond: code >= 128 };
  }
  return classChars(escapeCodePoint(code), true);
}

/** What may bring characters beyond ASCII into a set: a property, a negation, a code point. */
const beyondAscii = /\\p|\[\^|--|\\u\{(?:[0-9a-f]{3,}|[89a-f][0-9a-f])\}/;

const known = new Map<string, Chars>();

/** A set given in the syntax of `v` mode. */
export function classChars(source: string, fold: boolean): Chars {
  const key = fold ? `i${source}` : `-${source}`;
  const before = known.get(key);
  if (before) return before;
  const member = memberTest(source, fold);
  const ascii = new Uint8Array(128);
  for (let code = 0; code < 128; code++) if (member.test(String.fromCharCode(code))) ascii[code] = 1;
  // The signs k and s have a variant beyond ASCII (U+212A, U+017F).
  const beyond = beyondAscii.test(source) || (fold && (ascii[107] === 1 || ascii[115] === 1));
  const chars: Chars = { source, fold, ascii, beyond };
  if (known.size > 2000) known.clear();
  known.set(key, chars);
  return chars;
}

function memberTest(source: string, fold: boolean): RegExp {
  return new RegExp(`^${source}$`, fold ? "vi" : "v");
}

const tests = new WeakMap<Chars, { readonly test: RegExp; readonly seen: Map<number, boolean> }>();

/** Whether the code point belongs to the set. */
export function isMember(chars: Chars, code: number): boolean {
  if (code < 128) return chars.ascii[code] === 1;
  if (!chars.beyond) return false;
  let entry = tests.get(chars);
  if (!entry) {
    entry = { test: memberTest(chars.source, chars.fold), seen: new Map() };
    tests.set(chars, entry);
  }
  let member = entry.seen.get(code);
  if (member === undefined) {
    member = entry.test.test(String.fromCodePoint(code));
    entry.seen.set(code, member);
  }
  return member;
}

/** The ASCII part of a set as a class of plain JavaScript, upper and lower case spelled out. */
export function asciiSource(ascii: Uint8Array): string {
  const ranges: string[] = [];
  let members = 0;
  for (let from = 0; from < 128; from++) {
    if (ascii[from] !== 1) continue;
    let to = from;
    while (to + 1 < 128 && ascii[to + 1] === 1) to++;
    members += to - from + 1;
    ranges.push(from === to ? hex(from) : to === from + 1 ? hex(from) + hex(to) : `${hex(from)}-${hex(to)}`);
    from = to;
  }
  if (members === 128) return "[^]";
  return members === 1 ? ranges.join("") : `[${ranges.join("")}]`;
}

function hex(code: number): string {
  const char = String.fromCharCode(code);
  return /[0-9A-Za-z_]/.test(char) ? char : `\\x${code.toString(16).padStart(2, "0")}`;
}
