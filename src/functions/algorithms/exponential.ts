/*
 * The exponential and the natural logarithm, to the nearest double but for one result in some hundreds or thousands, as
 * C libraries and so Kusto have them. Those of `Math` are the double next to it for one in ten and one in a hundred:
 * `Math.log(3)` ends in 096 in place of 098. What a double loses is carried along in a second one.
 */

const ln2High = 0.6931471803691238; // with zeros behind, so that its multiples up to 1074 are exact
const ln2Low = 1.9082149292705877e-10;

export function exponential(x: number): number {
  if (!(Math.abs(x) < 745)) return Math.exp(x); // there it is no more than 0, infinite or the least double
  const exponent = Math.round(x / Math.LN2);
  const rough = x - exponent * ln2High;
  const r = rough - exponent * ln2Low;
  const rLow = rough - r - exponent * ln2Low;
  // 1 + r + r²/2 + …, the first three with what their rounding loses.
  const square = exactProduct(r, r);
  let series = 0;
  for (let n = 16; n >= 3; n--) series = (series * r + 1) / n;
  const rest = (series * r * square.product) / 2;
  const low = rLow + r * rLow + square.low / 2 + rest;
  const second = exactSum(r, square.product / 2);
  const first = exactSum(1, second.sum);
  return scaled(first.sum + (first.low + (second.low + low)), exponent);
}

export function naturalLog(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log(x);
  const { exponent, fraction } = parts(x);
  // ln x = exponent ln 2 + 2 artanh s, with s as the sum of two doubles.
  const below = exactSum(1, fraction);
  const above = fraction - 1;
  const s = above / below.sum;
  const back = exactProduct(s, below.sum);
  const sLow = (above - back.product - back.low - s * below.low) / below.sum;
  const square = s * s;
  let series = 0;
  for (let n = 25; n >= 3; n -= 2) series = series * square + 1 / n;
  const total = exactSum(exponent * ln2High, 2 * s);
  return total.sum + (total.low + (2 * sLow + 2 * s * square * series + exponent * ln2Low));
}

/** x as a fraction between √½ and √2 times a power of two. */
function parts(x: number): { readonly exponent: number; readonly fraction: number } {
  const exponent = Math.round(Math.log2(x));
  const fraction = scaled(x, -exponent);
  if (fraction >= Math.SQRT2) return { exponent: exponent + 1, fraction: fraction / 2 };
  if (fraction < Math.SQRT1_2) return { exponent: exponent - 1, fraction: fraction * 2 };
  return { exponent, fraction };
}

/** x times a power of two, which may itself be too large or too small for a double. */
function scaled(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

function exactSum(a: number, b: number): { readonly sum: number; readonly low: number } {
  const sum = a + b;
  const added = sum - a;
  return { sum, low: a - (sum - added) + (b - added) };
}

/** Of two doubles of middling size. */
function exactProduct(a: number, b: number): { readonly product: number; readonly low: number } {
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  const product = a * b;
  return { product, low: aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

/** A double as the sum of two of half its digits. */
function halves(x: number): readonly [number, number] {
  const shifted = 134_217_729 * x;
  const high = shifted - (shifted - x);
  return [high, x - high];
}
