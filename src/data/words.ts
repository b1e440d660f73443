/*
 * 64-bit integers as their two 32-bit words. A bigint costs an allocation when it leaves the loop that read it, a word
 * does not. The lower word comes first: every JavaScript engine of today runs little-endian.
 */

export function wordsOf(data: BigInt64Array): Int32Array {
  return new Int32Array(data.buffer, data.byteOffset, data.length * 2);
}

/** Negative, 0 or positive: how the integer with its words at `i` of `x` stands to that at `j` of `y`. */
export function compareWords(x: Int32Array, i: number, y: Int32Array, j: number): number {
  const byHigh = x[i + 1]! - y[j + 1]!;
  return byHigh === 0 ? (x[i]! >>> 0) - (y[j]! >>> 0) : byHigh;
}

export function longsOfInts(data: Int32Array): BigInt64Array {
  const longs = new BigInt64Array(data.length);
  const words = wordsOf(longs);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    words[2 * i] = value;
    words[2 * i + 1] = value >> 31;
  }
  return longs;
}

/** The nearest real of each: the sum below is rounded once. */
export function realsOfLongs(data: BigInt64Array): Float64Array {
  const words = wordsOf(data);
  const reals = new Float64Array(data.length);
  for (let i = 0; i < reals.length; i++) reals[i] = words[2 * i + 1]! * 0x1_0000_0000 + (words[2 * i]! >>> 0);
  return reals;
}

/*
 * A day is 2^14 × 52 734 375 ticks. Datetimes shifted right by 14 bits fit into 48 bits, so the division below is exact
 * in reals: the nearest quotient that is no integer is further from one than a rounding reaches.
 */
const dayShift = 14;
const shiftedDay = 52_734_375;

/** Days since year 1 of datetimes, row by row. */
export function dayNumbers(ticks: BigInt64Array): Int32Array {
  const words = wordsOf(ticks);
  const days = new Int32Array(ticks.length);
  for (let i = 0; i < days.length; i++) days[i] = Math.floor(shifted(words, i) / shiftedDay);
  return days;
}

/** Ticks since midnight of datetimes whose day numbers are `days`. */
export function ticksOfDay(ticks: BigInt64Array, days: Int32Array): Float64Array {
  const words = wordsOf(ticks);
  const rest = new Float64Array(ticks.length);
  for (let i = 0; i < rest.length; i++) {
    rest[i] = (shifted(words, i) - days[i]! * shiftedDay) * 0x4000 + (words[2 * i]! & 0x3fff);
  }
  return rest;
}

function shifted(words: Int32Array, i: number): number {
  return words[2 * i + 1]! * 0x4_0000 + (words[2 * i]! >>> dayShift);
}

/** Midnights of day numbers, in ticks. */
export function midnights(days: Int32Array): BigInt64Array {
  const ticks = new BigInt64Array(days.length);
  const words = wordsOf(ticks);
  for (let i = 0; i < days.length; i++) {
    const value = days[i]! * shiftedDay;
    const high = Math.floor(value / 0x4_0000);
    words[2 * i + 1] = high;
    words[2 * i] = (value - high * 0x4_0000) << dayShift;
  }
  return ticks;
}
