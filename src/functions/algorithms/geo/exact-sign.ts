import { type Point, samePoint } from "./sphere.ts";

/*
 * On which side of an arc does a point lie? Asked by every test of crossing or containment; answers that contradict one
 * another would make nonsense of a polygon, so they are exact, and three points are never on one great circle: where they
 * are, an infinitesimal shift that is the same for every question decides. As in s2/s2predicates.cc.
 */

/** Above these bounds the sign of a determinant of rounded numbers is right. */
const roughError = 1.8274 * 2.220446049250313e-16;
const stableError = 3.2321 * 2.220446049250313e-16;

/** 1 where a, b, c turn left (counterclockwise), -1 where they turn right, 0 only where two of them are equal. */
export function sign(a: Point, b: Point, c: Point): number {
  const rough =
    (a[1] * b[2] - a[2] * b[1]) * c[0] + (a[2] * b[0] - a[0] * b[2]) * c[1] + (a[0] * b[1] - a[1] * b[0]) * c[2];
  if (rough > roughError) return 1;
  if (rough < -roughError) return -1;
  if (samePoint(a, b) || samePoint(b, c) || samePoint(c, a)) return 0;
  return stableSign(a, b, c) || exactSign(a, b, c);
}

/** From the two shortest sides, where close points lose the fewest digits; 0 where it cannot tell. */
function stableSign(a: Point, b: Point, c: Point): number {
  const ab: Point = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const bc: Point = [c[0] - b[0], c[1] - b[1], c[2] - b[2]];
  const ca: Point = [a[0] - c[0], a[1] - c[1], a[2] - c[2]];
  const ab2 = length2(ab);
  const bc2 = length2(bc);
  const ca2 = length2(ca);
  if (ab2 >= bc2 && ab2 >= ca2) return stableDeterminant(ca, bc, c, ca2 * bc2);
  if (bc2 >= ca2) return stableDeterminant(ab, ca, a, ab2 * ca2);
  return stableDeterminant(bc, ab, b, bc2 * ab2);
}

function length2(a: Point): number {
  return a[0] * a[0] + a[1] * a[1] + a[2] * a[2];
}

function stableDeterminant(e: Point, f: Point, at: Point, size2: number): number {
  const value =
    (e[1] * f[2] - e[2] * f[1]) * at[0] + (e[2] * f[0] - e[0] * f[2]) * at[1] + (e[0] * f[1] - e[1] * f[0]) * at[2];
  const error = stableError * Math.sqrt(size2);
  return value < -error ? 1 : value > error ? -1 : 0;
}

type Exact = readonly [bigint, bigint, bigint];

function exactSign(a: Point, b: Point, c: Point): number {
  const sorted = [a, b, c];
  let turns = 1;
  // Each exchange turns the order around.
  for (const [i, j] of [
    [0, 1],
    [1, 2],
    [0, 1],
  ] as const) {
    if (compare(sorted[i]!, sorted[j]!) <= 0) continue;
    [sorted[i], sorted[j]] = [sorted[j]!, sorted[i]!];
    turns = -turns;
  }
  const [x, y, z] = exactly(sorted);
  const normal = exactCross(y!, z!);
  const determinant = x![0] * normal[0] + x![1] * normal[1] + x![2] * normal[2];
  return turns * (signOf(determinant) || shiftedSign(x!, y!, z!, normal));
}

function compare(a: Point, b: Point): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function signOf(value: bigint): number {
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

function exactCross(a: Exact, b: Exact): Exact {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/**
 * The sign of the determinant of a < b < c, which is zero, after each coordinate has been shifted: a.z by the most, then
 * a.y, a.x, b.z, …, c.x, each by infinitely less than the one before. The first coefficient that is not zero counts.
 * Edelsbrunner and Mücke, "Simulation of Simplicity", table 4-ii.
 */
function shiftedSign(a: Exact, b: Exact, c: Exact, bCrossC: Exact): number {
  return (
    signOf(bCrossC[2]) ||
    signOf(bCrossC[1]) ||
    signOf(bCrossC[0]) ||
    signOf(c[0] * a[1] - c[1] * a[0]) ||
    signOf(c[0]) ||
    -signOf(c[1]) ||
    signOf(c[2] * a[0] - c[0] * a[2]) ||
    signOf(c[2]) ||
    signOf(a[0] * b[1] - a[1] * b[0]) ||
    -signOf(b[0]) ||
    signOf(b[1]) ||
    signOf(a[0]) ||
    1
  );
}

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** The coordinates as integers, all in the same unit. */
function exactly(points: readonly Point[]): Exact[] {
  const parts = points.map((point) => point.map(partsOf));
  const least = Math.min(...parts.flat().map(({ exponent }) => exponent));
  return parts.map(([x, y, z]) => [x!, y!, z!].map((part) => part.mantissa << BigInt(part.exponent - least)) as never);
}

function partsOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  // Zero takes part in no choice of unit.
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  float[0] = value;
  const raw = bits[0]!;
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = raw & 0xf_ffff_ffff_ffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10_0000_0000_0000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) };
}
