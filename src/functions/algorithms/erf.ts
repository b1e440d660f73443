/* The error function by the rational approximations of FreeBSD's s_erf.c (Sun Microsystems, 1993). */

const efx = 1.283_791_670_955_125_9e-1;
const erx = 8.450_629_115_104_675e-1;
/** |x| < 0.84375 */
const pp = [
  1.2837916709551256e-1, -3.250421072470015e-1, -2.848174957559851e-2, -5.770270296489442e-3, -2.3763016656650163e-5,
];
const qq = [
  1, 3.9791722395915535e-1, 6.50222499887673e-2, 5.081306281875766e-3, 1.3249473800432164e-4, -3.960228278775368e-6,
];
/** 0.84375 ≤ |x| < 1.25 */
const pa = [
  -2.3621185607526594e-3, 4.1485611868374833e-1, -3.722078760357013e-1, 3.1834661990116175e-1, -1.1089469428239668e-1,
  3.5478304325618236e-2, -2.166375594868791e-3,
];
const qa = [
  1, 1.0642088040084423e-1, 5.40397917702171e-1, 7.182865441419627e-2, 1.2617121980876164e-1, 1.363708391202905e-2,
  1.1984499846799107e-2,
];
/** 1.25 ≤ |x| < 1/0.35 */
const ra = [
  -9.864944034847148e-3, -6.938585727071818e-1, -1.0558626225323291e1, -6.2375332450326006e1, -1.6239666946257347e2,
  -1.8460509290671104e2, -8.12874355063066e1, -9.814329344169145,
];
const sa = [
  1, 1.9651271667439257e1, 1.3765775414351904e2, 4.3456587747522923e2, 6.453872717332679e2, 4.2900814002756783e2,
  1.0863500554177944e2, 6.570249770319282, -6.04244152148581e-2,
];
/** 1/0.35 ≤ |x| < 28 */
const rb = [
  -9.8649429247001e-3, -7.99283237680523e-1, -1.7757954917754752e1, -1.6063638485582192e2, -6.375664433683896e2,
  -1.0250951316110772e3, -4.835191916086514e2,
];
const sb = [
  1, 3.033806074348246e1, 3.257925129965739e2, 1.536729586084437e3, 3.1998582195085955e3, 2.5530504064331644e3,
  4.7452854120695537e2, -2.244095244658582e1,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

export function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < 0.84375) {
    if (size < 2 ** -28) return x + efx * x;
    const square = x * x;
    return x + x * (polynomial(pp, square) / polynomial(qq, square));
  }
  const above = size < 1.25 ? erx + middle(size) : size >= 6 ? 1 : 1 - tail(size);
  return x < 0 ? -above : above;
}

/** 1 - erf(x), without the loss of digits. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size < 0.84375) {
    const square = x * x;
    const ratio = polynomial(pp, square) / polynomial(qq, square);
    return x < 0.25 ? 1 - (x + x * ratio) : 0.5 - (x - 0.5 + x * ratio);
  }
  if (size < 1.25) return x < 0 ? 1 + (erx + middle(size)) : 1 - erx - middle(size);
  if (size >= 28) return x < 0 ? 2 : 0;
  return x < -6 ? 2 : x < 0 ? 2 - tail(size) : tail(size);
}

function middle(size: number): number {
  return polynomial(pa, size - 1) / polynomial(qa, size - 1);
}

/** erfc for 1.25 ≤ x < 28. */
function tail(size: number): number {
  const inverse = 1 / (size * size);
  const [top, bottom] = size < 1 / 0.35 ? [ra, sa] : [rb, sb];
  const ratio = polynomial(top, inverse) / polynomial(bottom, inverse);
  // The square of a value with few digits is exact: exp() would enlarge its rounding.
  const rounded = Math.fround(size);
  return (Math.exp(-rounded * rounded - 0.5625) * Math.exp((rounded - size) * (rounded + size) + ratio)) / size;
}
