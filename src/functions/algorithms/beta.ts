import { gamma, logGamma } from "./gamma.ts";

/* The beta distribution on [0, 1] with shapes a, b > 0. */

/**
 * x^(a − less) (1 − x)^(b − less) / B(a, b): from Γ itself where nothing leaves the range of a real, since logarithms
 * cost digits.
 */
function overBeta(x: number, a: number, b: number, less: 0 | 1): number {
  const [p, q] = [a - less, b - less];
  if (a + b <= 171) {
    // 1 − x is exact from a half on.
    const powers = x ** p * (x < 0.5 ? Math.exp(q * Math.log1p(-x)) : (1 - x) ** q);
    const direct = powers * (gamma(a + b) / (gamma(a) * gamma(b)));
    if (direct > 0 && Number.isFinite(direct)) return direct;
  }
  return Math.exp(p * Math.log(x) + q * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b));
}

/** The density at 0 < x < 1. */
export function betaDensity(x: number, a: number, b: number): number {
  return overBeta(x, a, b, 1);
}

/** The regularized incomplete beta function: the probability of at most x, 0 ≤ x ≤ 1. */
export function betaProbability(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = overBeta(x, a, b, 0);
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** By Lentz's method; converges in about √max(a, b) steps on the side where it is called. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return result;
}

/** The x whose probability is `p`, 0 < p ≤ 1. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p >= 1) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step++) {
    const error = betaProbability(x, a, b) - p;
    if (error === 0) return x;
    if (error > 0) high = x;
    else low = x;
    // Newton's step, or half of what is left where it would leave the bracket.
    const newton = x - error / betaDensity(x, a, b);
    const next = newton > low && newton < high ? newton : low + (high - low) / 2;
    if (next === x || high - low <= Number.EPSILON * high) return next;
    x = next;
  }
  return x;
}

/** Probability that Student's t with `freedom` degrees is at least as far from 0 as `t`, on either side. */
export function studentTwoSided(t: number, freedom: number): number {
  return betaProbability(freedom / (freedom + t * t), freedom / 2, 0.5);
}
