// AssemblyScript, compiled into src/readers/delimited/kernel.ts by scripts/wasm.mjs.
//
// Finds the wanted fields of complete records, 64 bytes at a time: one bit for each byte that may end a field or open or
// close a quote, and only those bytes are looked at. It gives the places that the scanner in JavaScript gives, and stops
// before whatever that one would have something to say about.

/** What `scan` leaves behind beside the number of rows: the first byte it did not take, and the line that is in. */
export let next: u32 = 0;
export let line: i32 = 0;
/** It stopped before something that is not for it: a blank line, a zero byte, a record that is malformed. */
export let odd: i32 = 0;

const LINE_FEED: u8 = 10;
const CARRIAGE_RETURN: u8 = 13;
const QUOTE: u8 = 34;

const OUTSIDE: i32 = 0;
const INSIDE: i32 = 1;
const BEHIND: i32 = 2;

/**
 * Scans [from, to); 64 bytes behind `to` can be read. Places are counted from `origin`. `slots` has, for each of `known`
 * fields, its slot or -1; slot s has its starts at `starts + 4 * capacity * s`, its ends likewise. `width` is how many
 * fields a record has, -1 where that is open.
 */
export function scan(
  from: u32,
  to: u32,
  origin: u32,
  delimiter: u8,
  slots: u32,
  known: i32,
  width: i32,
  starts: u32,
  ends: u32,
  lines: u32,
  capacity: i32,
  startLine: i32,
): i32 {
  const delimiters = i8x16.splat(delimiter);
  const lineFeeds = i8x16.splat(LINE_FEED);
  const quotes = i8x16.splat(QUOTE);
  const zeros = i8x16.splat(0);
  const stride = <u32>capacity << 2;
  let row: i32 = 0;
  let rowLine = startLine;
  let feeds: i32 = 0;
  let start = from;
  let field: i32 = 0;
  let state = OUTSIDE;
  let end: u32 = 0;
  let escaped = false;
  let skipped: u32 = 0;
  next = from;
  line = startLine;
  odd = 0;
  for (let block = from; block < to; block += 64) {
    const a = v128.load(block);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    let mask = bits(a, delimiters, lineFeeds, quotes);
    mask |= bits(b, delimiters, lineFeeds, quotes) << 16;
    mask |= bits(c, delimiters, lineFeeds, quotes) << 32;
    mask |= bits(d, delimiters, lineFeeds, quotes) << 48;
    const inside = to - block;
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (inside < 64) mask &= ((<u64>1) << inside) - 1;
    if (i8x16.bitmask(i8x16.eq(least, zeros)) != 0 && zeroIn(block, min(to, block + 64))) {
      odd = 1;
      return row;
    }
    while (mask != 0) {
      const at = block + <u32>ctz(mask);
      mask &= mask - 1;
      const byte = load<u8>(at);
      if (byte == QUOTE) {
        if (state == OUTSIDE) {
          if (at == start) {
            state = INSIDE;
            escaped = false;
            start = at + 1;
          }
          continue;
        }
        if (state == BEHIND || at == skipped) continue;
        // The bytes behind a quote decide what it means.
        if (at + 1 >= to) return row;
        const following = load<u8>(at, 1);
        if (following == QUOTE) {
          escaped = true;
          skipped = at + 1;
          continue;
        }
        if (following == CARRIAGE_RETURN) {
          if (at + 2 >= to) return row;
          if (load<u8>(at, 2) != LINE_FEED) {
            odd = 1;
            return row;
          }
        } else if (following != delimiter && following != LINE_FEED) {
          odd = 1;
          return row;
        }
        state = BEHIND;
        end = at - origin;
        if (escaped) end = ~end;
        continue;
      }
      if (state == INSIDE) {
        if (byte == LINE_FEED) feeds++;
        continue;
      }
      if (state == OUTSIDE) {
        end = at;
        if (byte == LINE_FEED) {
          if (end > start && load<u8>(end - 1) == CARRIAGE_RETURN) end--;
          if (field == 0 && end == start && width != 1) {
            odd = 1;
            return row;
          }
        }
        end -= origin;
      }
      if (field < known) {
        const slot = load<i32>(slots + (<u32>field << 2));
        if (slot >= 0) {
          const place = <u32>slot * stride + (<u32>row << 2);
          store<u32>(starts + place, start - origin);
          store<u32>(ends + place, end);
        }
      }
      field++;
      start = at + 1;
      state = OUTSIDE;
      if (byte != LINE_FEED) continue;
      if (width >= 0 && field != width) {
        odd = 1;
        return row;
      }
      store<i32>(lines + (<u32>row << 2), rowLine);
      rowLine += feeds + 1;
      feeds = 0;
      field = 0;
      next = start;
      line = rowLine;
      if (++row == capacity) return row;
    }
  }
  return row;
}

// @ts-expect-error: decorator
@inline
function bits(bytes: v128, delimiters: v128, lineFeeds: v128, quotes: v128): u64 {
  const found = v128.or(
    i8x16.eq(bytes, delimiters),
    v128.or(i8x16.eq(bytes, lineFeeds), i8x16.eq(bytes, quotes)),
  );
  return <u64>(<u32>i8x16.bitmask(found));
}

function zeroIn(from: u32, to: u32): bool {
  for (let at = from; at < to; at++) if (load<u8>(at) == 0) return true;
  return false;
}
