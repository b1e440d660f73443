import { maxDatetime } from "../../data/calendar.ts";
import { type Column, rowMask } from "../../data/column.ts";
import { wordsOf } from "../../data/words.ts";

/*
 * Arithmetic of 64-bit integers by their words. A loop over bigints is fast once it is compiled for them; until then,
 * and whenever a value of another size makes the compiler start again, each costs an allocation. These loops cost none.
 */

/** Writes a result per row; answers which rows have one (1), undefined when all have. */
export type IntegerLoop = (a: Column, b: Column, out: BigInt64Array) => Uint8Array | undefined;

const word = 0x1_0000_0000;
const largestLow = 0xffff_ffff;
const safe = Number.MAX_SAFE_INTEGER;

export const data64 = (column: Column) => column.data as BigInt64Array; // columns of long, datetime and timespan

/** What a loop reads and writes: the words of both sides, and the masks that make a constant of row 0. */
function operands(a: Column, b: Column, out: BigInt64Array) {
  return { x: wordsOf(data64(a)), y: wordsOf(data64(b)), m: rowMask(a), n: rowMask(b), z: wordsOf(out) };
}

export function addWords(a: Column, b: Column, out: BigInt64Array): undefined {
  const { x, y, m, n, z } = operands(a, b, out);
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const low = (x[p]! >>> 0) + (y[q]! >>> 0);
    z[2 * i] = low;
    z[2 * i + 1] = x[p + 1]! + y[q + 1]! + (low > largestLow ? 1 : 0);
  }
}

export function subtractWords(a: Column, b: Column, out: BigInt64Array): undefined {
  const { x, y, m, n, z } = operands(a, b, out);
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const low = (x[p]! >>> 0) - (y[q]! >>> 0);
    z[2 * i] = low;
    z[2 * i + 1] = x[p + 1]! - y[q + 1]! - (low < 0 ? 1 : 0);
  }
}

export function multiplyWords(a: Column, b: Column, out: BigInt64Array): undefined {
  const { x, y, m, n, z } = operands(a, b, out);
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    // A side beyond 2^53 is rounded here, and so is its product, which is beyond 2^53 too or exactly 0.
    const product = (x[p + 1]! * word + (x[p]! >>> 0)) * (y[q + 1]! * word + (y[q]! >>> 0));
    if (product <= safe && product >= -safe) {
      z[2 * i] = product;
      z[2 * i + 1] = Math.floor(product / word);
    } else {
      out[i] = BigInt.asIntN(64, data64(a)[i & m]! * data64(b)[i & n]!);
    }
  }
}

/** Without the fraction; rows with a divisor of zero have no result. */
export function divideWords(a: Column, b: Column, out: BigInt64Array): Uint8Array | undefined {
  const { x, y, m, n, z } = operands(a, b, out);
  let valid: Uint8Array | undefined;
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const value = x[p + 1]! * word + (x[p]! >>> 0);
    const divisor = y[q + 1]! * word + (y[q]! >>> 0);
    if (divisor === 0) {
      valid ??= new Uint8Array(out.length).fill(1);
      valid[i] = 0;
    } else if (Math.abs(value) <= safe && Math.abs(divisor) <= safe) {
      // The remainder is exact, so the division has no fraction that could be rounded up.
      const quotient = (value - (value % divisor)) / divisor;
      z[2 * i] = quotient;
      z[2 * i + 1] = Math.floor(quotient / word);
    } else {
      out[i] = BigInt.asIntN(64, data64(a)[i & m]! / data64(b)[i & n]!);
    }
  }
  return valid;
}

/** Never negative: 0 ≤ result < |divisor|. Rows with a divisor of zero have no result. */
export function moduloWords(a: Column, b: Column, out: BigInt64Array): Uint8Array | undefined {
  const { x, y, m, n, z } = operands(a, b, out);
  let valid: Uint8Array | undefined;
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const value = x[p + 1]! * word + (x[p]! >>> 0);
    const divisor = y[q + 1]! * word + (y[q]! >>> 0);
    if (divisor === 0) {
      valid ??= new Uint8Array(out.length).fill(1);
      valid[i] = 0;
    } else if (Math.abs(value) <= safe && Math.abs(divisor) <= safe) {
      const remainder = value % divisor;
      const rest = remainder < 0 ? remainder + Math.abs(divisor) : remainder;
      z[2 * i] = rest;
      z[2 * i + 1] = Math.floor(rest / word);
    } else {
      out[i] = modulo(data64(a)[i & m]!, data64(b)[i & n]!);
    }
  }
  return valid;
}

/** Never negative: 0 ≤ result < |divisor|. */
export function modulo(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return rest >= 0n ? rest : divisor < 0n ? rest - divisor : rest + divisor;
}

/** The lower words of values shifted right by less than 32 bits. */
const shiftedLow = (low: number, high: number, shift: number) =>
  (shift === 0 ? low : (high << (32 - shift)) | (low >>> shift)) >>> 0;

/** Starts of bins of `width` units, which is positive. Rows whose start is below all 64-bit integers have none. */
export function binStarts(
  values: BigInt64Array,
  width: bigint,
): { readonly starts: BigInt64Array; readonly valid: Uint8Array | undefined } {
  const starts = new BigInt64Array(values.length);
  const [x, z] = [wordsOf(values), wordsOf(starts)];
  // Powers of two are shifted out of both sides: times are beyond 2^53 ticks, and their usual widths multiples of 2^7.
  let shift = 0;
  while (shift < 31 && (width >> BigInt(shift)) % 2n === 0n) shift++;
  const [scale, mask] = [2 ** shift, 2 ** shift - 1];
  const narrow = Number(width) / scale;
  const wide = narrow * scale > safe;
  const wordRest = word % narrow;
  let valid: Uint8Array | undefined;
  for (let i = 0; i < starts.length; i++) {
    const low = x[2 * i]!;
    const high = x[2 * i + 1]!;
    const value = high * (word / scale) + (low >>> shift);
    if (wide || (Math.abs(value) > safe && narrow >= 0x400_0000)) {
      const start = values[i]! - modulo(values[i]!, width);
      starts[i] = start;
      if (start === starts[i]) continue;
    } else {
      const whole = Math.abs(value) <= safe;
      // By words, when it is too long: the product below has no more than 52 bits.
      const rest = whole
        ? value % narrow
        : (((high >> shift) % narrow) * wordRest + shiftedLow(low, high, shift)) % narrow;
      const offset = (rest < 0 ? rest + narrow : rest) * scale + (low & mask);
      const lowStart = (low >>> 0) - (offset % word);
      const highStart = high - Math.floor(offset / word) - (lowStart < 0 ? 1 : 0);
      z[2 * i] = lowStart;
      z[2 * i + 1] = highStart;
      if (highStart >= -0x8000_0000) continue;
    }
    valid ??= new Uint8Array(starts.length).fill(1);
    valid[i] = 0;
  }
  return { starts, valid };
}

// -------------------------------------------------------------------- order

export function lessWords(a: Column, b: Column, out: Uint8Array): void {
  const [x, y, m, n] = [wordsOf(data64(a)), wordsOf(data64(b)), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const high = x[p + 1]!;
    const other = y[q + 1]!;
    out[i] = high < other || (high === other && x[p]! >>> 0 < y[q]! >>> 0) ? 1 : 0;
  }
}

export function atMostWords(a: Column, b: Column, out: Uint8Array): void {
  const [x, y, m, n] = [wordsOf(data64(a)), wordsOf(data64(b)), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    const high = x[p + 1]!;
    const other = y[q + 1]!;
    out[i] = high < other || (high === other && x[p]! >>> 0 <= y[q]! >>> 0) ? 1 : 0;
  }
}

export function equalWords(a: Column, b: Column, out: Uint8Array): void {
  const [x, y, m, n] = [wordsOf(data64(a)), wordsOf(data64(b)), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) {
    const p = 2 * (i & m);
    const q = 2 * (i & n);
    out[i] = x[p] === y[q] && x[p + 1] === y[q + 1] ? 1 : 0;
  }
}

/** Rows (1) that are no null in `valid` and lie between year 1 and the end of 9999; undefined when all do. */
export function withinDatetimes(ticks: BigInt64Array, valid: Uint8Array | undefined): Uint8Array | undefined {
  const words = wordsOf(ticks);
  const [maxHigh, maxLow] = [Number(maxDatetime >> 32n), Number(maxDatetime & 0xffff_ffffn)];
  let within = valid;
  for (let i = 0; i < ticks.length; i++) {
    const high = words[2 * i + 1]!;
    if (high >= 0 && (high < maxHigh || (high === maxHigh && words[2 * i]! >>> 0 <= maxLow))) continue;
    if (within === valid) within = valid ? valid.slice() : new Uint8Array(ticks.length).fill(1);
    within![i] = 0;
  }
  return within;
}
