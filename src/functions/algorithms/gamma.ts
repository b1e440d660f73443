/** Godfrey's coefficients of the Lanczos series for g = 607/128: relative error below 1e-14. */
const g = 607 / 128;
const series = [
  0.999_999_999_999_997_1, 57.156_235_665_862_92, -59.597_960_355_475_49, 14.136_097_974_741_746,
  -0.491_913_816_097_620_2, 3.399_464_998_481_189e-5, 4.652_362_892_704_858e-5, -9.837_447_530_487_956e-5,
  1.580_887_032_249_125e-4, -2.102_644_417_241_048_8e-4, 2.174_396_181_152_126_5e-4, -1.643_181_065_367_639e-4,
  8.441_822_398_385_275e-5, -2.619_083_840_158_141e-5, 3.689_918_265_953_163e-6,
];

/** n! for n from 0 to 170, each rounded once. */
const factorials: readonly number[] = (() => {
  const list = [1];
  let exact = 1n;
  for (let n = 1n; n <= 170n; n++) {
    exact *= n;
    list.push(Number(exact));
  }
  return list;
})();

function lanczosSum(x: number): number {
  let sum = series[0]!;
  for (let i = 1; i < series.length; i++) sum += series[i]! / (x + i);
  return sum;
}

/** Γ(x): infinite at 0, NaN at negative integers, as in C. */
export function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x === 0) return 1 / x;
    return x < 0 ? Number.NaN : x <= 171 ? factorials[x - 1]! : Number.POSITIVE_INFINITY;
  }
  if (x < 0.5) return Math.PI / (sinPi(x) * gamma(1 - x));
  if (x > 171.7) return x;
  const shifted = x - 1;
  const base = shifted + g + 0.5;
  // The power is taken in two halves, since the whole overflows before Γ does.
  const half = base ** ((shifted + 0.5) / 2);
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-base) * half * lanczosSum(shifted);
}

/** log |Γ(x)|: infinite at 0 and negative integers. */
export function logGamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (Number.isInteger(x) && x <= 171) return x <= 0 ? Number.POSITIVE_INFINITY : Math.log(factorials[x - 1]!);
  if (x < 0.5) return Math.log(Math.PI / Math.abs(sinPi(x))) - logGamma(1 - x);
  if (x < 100) return Math.log(Math.abs(gamma(x)));
  // Stirling's series: the next term is below 1e-17 here.
  const inverse = 1 / (x * x);
  const tail = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + tail;
}

/** sin(πx), exact in the integral part of x. */
function sinPi(x: number): number {
  const rest = x - 2 * Math.floor(x / 2);
  return rest <= 0.5
    ? Math.sin(Math.PI * rest)
    : rest < 1.5
      ? Math.sin(Math.PI * (1 - rest))
      : Math.sin(Math.PI * (rest - 2));
}
