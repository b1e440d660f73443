import { parquetFaults } from "../../diagnostics/catalogue/data.ts";

/*
 * The hybrid of runs and bit-packed groups that Parquet has for levels and for places in dictionaries:
 * https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */

/** One number of so many bits, and the bits before it, fit a word. */
const narrow = 24;
const widest = 32;

/** Whether the `count` bits that stand in [from, to) are one run of ones, as where no value is missing. */
export function allOnes(bytes: Uint8Array, from: number, to: number, count: number): boolean {
  let header = 0;
  let place = from;
  for (let shift = 0; ; shift += 7) {
    if (place >= to || shift > 21) return false;
    const byte = bytes[place++]!;
    header |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  return (header & 1) === 0 && header >>> 1 >= count && place < to && bytes[place] === 1;
}

/** Puts `count` numbers of `width` bits, which stand in [from, to), into `out` from `at` on. Throws when they do not. */
export function readHybrid(
  bytes: Uint8Array,
  from: number,
  to: number,
  width: number,
  out: Int32Array | Uint8Array,
  at: number,
  count: number,
): void {
  if (width > widest) throw new Error(parquetFaults.cutShort);
  const end = at + count;
  const mask = (1 << width) - 1;
  const valueBytes = (width + 7) >> 3;
  let place = from;
  let next = at;
  while (next < end) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (place >= to || shift > 28) throw new Error(parquetFaults.cutShort);
      const byte = bytes[place++]!;
      header |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    header >>>= 0;
    if ((header & 1) === 0) {
      if (place + valueBytes > to) throw new Error(parquetFaults.cutShort);
      let value = 0;
      for (let i = 0; i < valueBytes; i++) value |= bytes[place++]! << (8 * i);
      const stop = Math.min(end, next + (header >>> 1));
      out.fill(value, next, stop);
      next = stop;
      continue;
    }
    const packed = (header >>> 1) * 8;
    const stop = Math.min(end, next + packed);
    // The last group may be cut off behind its last number.
    if (place + Math.ceil(((stop - next) * width) / 8) > to) throw new Error(parquetFaults.cutShort);
    const after = place + (packed / 8) * width;
    let held = 0;
    let bits = 0;
    while (width > narrow && next < stop) {
      // What does not fit a word is exact as a number.
      for (; bits < width; bits += 8) held += bytes[place++]! * 2 ** bits;
      out[next++] = held % 2 ** width;
      held = Math.floor(held / 2 ** width);
      bits -= width;
    }
    while (next < stop) {
      while (bits < width) {
        held |= bytes[place++]! << bits;
        bits += 8;
      }
      out[next++] = held & mask;
      held >>>= width;
      bits -= width;
    }
    place = after;
  }
}
