// AssemblyScript, compiled into src/readers/json/kernel.ts by scripts/wasm.mjs.
//
// Finds the wanted values of objects that stand one in a line. It gives the places that the scanner in JavaScript gives,
// and stops before whatever that one would have something to say about, or a name that it does not know.

/** What `scan` leaves behind beside the number of rows: the first byte it did not take, and the line that is in. */
export let next: u32 = 0;
export let line: i32 = 0;
/** It stopped before a record that is not for it. */
export let odd: i32 = 0;

const LINE_FEED: u8 = 10;
const CARRIAGE_RETURN: u8 = 13;
const TAB: u8 = 9;
const BLANK: u8 = 32;
const QUOTE: u8 = 34;
const COMMA: u8 = 44;
const COLON: u8 = 58;
const BACKSLASH: u8 = 92;
const OPEN_BRACE: u8 = 123;
const CLOSE_BRACE: u8 = 125;
const OPEN_BRACKET: u8 = 91;
const CLOSE_BRACKET: u8 = 93;

// Words as they are loaded.
const NULL: u32 = 0x6c6c756e;
const TRUE: u32 = 0x65757274;
const ALSE: u32 = 0x65736c61;

/** No place: what was looked for is malformed, or not for this kernel. */
const NOWHERE: u32 = 0xffffffff;
/** How deep bags and arrays may stand in each other. */
const DEEPEST: u32 = 500;

/** The last string had a backslash in it. */
let escapes = false;

/**
 * Scans [from, to); the 64 bytes behind `to` are zero. Places are counted from `origin`. There are `known` names in
 * `names`: for each the place of its bytes, how many they are, and its slot or -1. Slot s has its starts at
 * `starts + 4 * capacity * s`, its ends likewise; `stack` has a byte for each level of nesting.
 */
export function scan(
  from: u32,
  to: u32,
  origin: u32,
  names: u32,
  known: i32,
  stack: u32,
  slotCount: i32,
  starts: u32,
  ends: u32,
  lines: u32,
  capacity: i32,
  startLine: i32,
): i32 {
  const stride = <u32>capacity << 2;
  let row: i32 = 0;
  let rowLine = startLine;
  let at = from;
  next = from;
  line = startLine;
  odd = 0;
  while (row < capacity) {
    // Blank lines are no records.
    for (; at < to; at++) {
      const byte = load<u8>(at);
      if (byte == LINE_FEED) {
        line = ++rowLine;
        // A line that is cut off is left as a whole: places are told from its start.
        next = at + 1;
      } else if (!isBlank(byte)) break;
    }
    if (at >= to) return row;
    const place = <u32>row << 2;
    for (let slot: i32 = 0; slot < slotCount; slot++) store<i32>(starts + <u32>slot * stride + place, -1);
    at = record(at, to, origin, names, known, stack, stride, starts + place, ends + place);
    if (at == NOWHERE) {
      odd = 1;
      return row;
    }
    if (at >= to) return row;
    store<i32>(lines + place, rowLine);
    row++;
    // The line feed is left for who skips blank lines.
    next = at;
  }
  return row;
}

/** The line feed behind the record at `start`; a place not before `to` when it is cut off. */
function record(
  start: u32,
  to: u32,
  origin: u32,
  names: u32,
  known: i32,
  stack: u32,
  stride: u32,
  starts: u32,
  ends: u32,
): u32 {
  if (load<u8>(start) != OPEN_BRACE) return NOWHERE;
  let at = blanks(start + 1);
  if (at >= to) return to;
  if (load<u8>(at) == CLOSE_BRACE) return lineEnd(at + 1, to);
  let expected: i32 = 0;
  while (at < to) {
    if (load<u8>(at) != QUOTE) return NOWHERE;
    const name = named(at + 1, to, names, known, expected);
    if (name == -2) return to;
    if (name < 0) return NOWHERE;
    expected = name + 1;
    const entry = names + <u32>name * 12;
    at = blanks(at + 2 + load<u32>(entry, 4));
    if (at >= to) return to;
    if (load<u8>(at) != COLON) return NOWHERE;
    const value = blanks(at + 1);
    if (value >= to) return to;
    at = valueEnd(value, to, stack);
    // A number that ends with the bytes may go on behind them.
    if (at >= to) return at == NOWHERE ? NOWHERE : to;
    const slot = load<i32>(entry, 8);
    if (slot >= 0) {
      const first = load<u8>(value);
      const place = <u32>slot * stride;
      let begin = value - origin;
      let end = at - origin;
      if (first == QUOTE) {
        begin++;
        end--;
        if (escapes) end = ~end;
      } else if (first == 110) begin = <u32>-1;
      store<u32>(starts + place, begin);
      store<u32>(ends + place, end);
    }
    at = blanks(at);
    if (at >= to) return to;
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACE) return lineEnd(at + 1, to);
    if (byte != COMMA) return NOWHERE;
    at = blanks(at + 1);
  }
  return to;
}

// @ts-expect-error: decorator
@inline
function blanks(from: u32): u32 {
  let at = from;
  while (isBlank(load<u8>(at))) at++;
  return at;
}

// @ts-expect-error: decorator
@inline
function isBlank(byte: u8): bool {
  return byte == BLANK || byte == TAB || byte == CARRIAGE_RETURN;
}

// @ts-expect-error: decorator
@inline
function lineEnd(from: u32, to: u32): u32 {
  const at = blanks(from);
  if (at >= to) return to;
  return load<u8>(at) == LINE_FEED ? at : NOWHERE;
}

/** The number of the name that starts at `at`, most likely `expected`; -1 when none is known, -2 when it is cut off. */
function named(at: u32, to: u32, names: u32, known: i32, expected: i32): i32 {
  let name = expected < known ? expected : 0;
  for (let i: i32 = 0; i < known; i++) {
    const entry = names + <u32>name * 12;
    const length = load<u32>(entry, 4);
    if (at + length < to && load<u8>(at + length) == QUOTE && same(at, load<u32>(entry), length)) return name;
    if (++name == known) name = 0;
  }
  const end = stringEnd(at, to);
  return end != NOWHERE && end >= to ? -2 : -1;
}

// @ts-expect-error: decorator
@inline
function same(a: u32, b: u32, length: u32): bool {
  for (let i: u32 = 0; i < length; i += 16) {
    let equal = <u32>i8x16.bitmask(i8x16.eq(v128.load(a + i), v128.load(b + i)));
    const left = length - i;
    if (left < 16) equal |= 0xffff << left;
    if ((equal & 0xffff) != 0xffff) return false;
  }
  return true;
}

/** The byte behind the value at `at`. */
function valueEnd(at: u32, to: u32, stack: u32): u32 {
  const byte = load<u8>(at);
  if (byte == QUOTE) return stringEnd(at + 1, to);
  if (byte == OPEN_BRACE || byte == OPEN_BRACKET) return nestedEnd(at, to, stack);
  if (byte == 45 || isDigit(byte)) return numberEnd(at);
  let end = NOWHERE;
  const word = load<u32>(at);
  if (word == NULL || word == TRUE) end = at + 4;
  else if (byte == 102 && load<u32>(at + 1) == ALSE) end = at + 5;
  // A word that is cut off is like no other.
  else if (at + 5 > to) return to;
  return end != NOWHERE && isScalar(load<u8>(end)) ? NOWHERE : end;
}

/** The byte behind the quote that ends the string whose first byte is at `from`. */
function stringEnd(from: u32, to: u32): u32 {
  const quotes = i8x16.splat(QUOTE);
  const backslashes = i8x16.splat(BACKSLASH);
  const controls = i8x16.splat(31);
  escapes = false;
  let at = from;
  while (at < to) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)),
        i8x16.eq(i8x16.min_u(bytes, controls), bytes),
      ),
    );
    if (found == 0) {
      at += 16;
      continue;
    }
    at += <u32>ctz(found);
    if (at >= to) return to;
    const byte = load<u8>(at);
    if (byte == QUOTE) return at + 1;
    if (byte != BACKSLASH) return NOWHERE;
    escapes = true;
    if (at + 1 >= to) return to;
    const letter = load<u8>(at + 1);
    at += 2;
    if (letter == 117) {
      if (at + 4 > to) return to;
      for (const end = at + 4; at < end; at++) if (!isHex(load<u8>(at))) return NOWHERE;
    } else if (!isEscape(letter)) return NOWHERE;
  }
  return to;
}

/** Of a bag or an array, strings and brackets are looked at. */
function nestedEnd(from: u32, to: u32, stack: u32): u32 {
  let depth: u32 = 0;
  for (let at = from; at < to; ) {
    const byte = load<u8>(at);
    if (byte == QUOTE) {
      at = stringEnd(at + 1, to);
      if (at == NOWHERE) return NOWHERE;
      continue;
    }
    if (byte == OPEN_BRACE || byte == OPEN_BRACKET) {
      if (depth == DEEPEST) return NOWHERE;
      // The closing bracket stands two behind the opening one in ASCII, in both pairs.
      store<u8>(stack + depth++, byte + 2);
    } else if (byte == CLOSE_BRACE || byte == CLOSE_BRACKET) {
      if (byte != load<u8>(stack + --depth)) return NOWHERE;
      if (depth == 0) {
        escapes = false;
        return at + 1;
      }
    } else if (byte == LINE_FEED || byte == 0) return NOWHERE;
    at++;
  }
  return to;
}

function numberEnd(from: u32): u32 {
  let at = from;
  if (load<u8>(at) == 45) at++;
  if (!isDigit(load<u8>(at))) return NOWHERE;
  // A digit behind a leading zero is no number, and the check at the end refuses it.
  at = load<u8>(at) == 48 ? at + 1 : digitsEnd(at);
  if (load<u8>(at) == 46) {
    if (!isDigit(load<u8>(at + 1))) return NOWHERE;
    at = digitsEnd(at + 1);
  }
  if ((load<u8>(at) | 32) == 101) {
    at++;
    const sign = load<u8>(at);
    if (sign == 43 || sign == 45) at++;
    if (!isDigit(load<u8>(at))) return NOWHERE;
    at = digitsEnd(at);
  }
  return isScalar(load<u8>(at)) ? NOWHERE : at;
}

// @ts-expect-error: decorator
@inline
function digitsEnd(from: u32): u32 {
  let at = from;
  while (isDigit(load<u8>(at))) at++;
  return at;
}

// @ts-expect-error: decorator
@inline
function isDigit(byte: u8): bool {
  return byte >= 48 && byte <= 57;
}

// @ts-expect-error: decorator
@inline
function isHex(byte: u8): bool {
  return isDigit(byte) || ((byte | 32) >= 97 && (byte | 32) <= 102);
}

/** The letters that may follow a backslash. */
function isEscape(letter: u8): bool {
  switch (letter) {
    case 34:
    case 92:
    case 47:
    case 98:
    case 102:
    case 110:
    case 114:
    case 116:
      return true;
    default:
      return false;
  }
}

/** Letters, digits, signs and the dot. */
// @ts-expect-error: decorator
@inline
function isScalar(byte: u8): bool {
  const letter = byte | 32;
  return isDigit(byte) || (letter >= 97 && letter <= 122) || byte == 43 || byte == 45 || byte == 46;
}
