import { sign } from "./exact-sign.ts";
import { cross, normalize, type Point, samePoint } from "./sphere.ts";

/* Where edges meet: as in s2/s2edge_crossings.cc. An edge is the shorter arc between two points. */

/** 1 where the edges cross inside both, 0 where they share an end, else -1. */
export function crossingSign(a: Point, b: Point, c: Point, d: Point): number {
  if (samePoint(a, c) || samePoint(a, d) || samePoint(b, c) || samePoint(b, d)) return 0;
  const acb = -sign(a, b, c);
  if (sign(a, b, d) !== acb) return -1;
  if (-sign(c, d, b) !== acb) return -1;
  return sign(c, d, a) === acb ? 1 : -1;
}

/** True where a, b, c are met in this order, turning counterclockwise around `o`. */
export function orderedCcw(a: Point, b: Point, c: Point, o: Point): boolean {
  let sum = 0;
  if (sign(b, o, a) >= 0) sum++;
  if (sign(c, o, b) >= 0) sum++;
  if (sign(a, o, c) > 0) sum++;
  return sum >= 2;
}

/** An arbitrary direction at `a`, always the same one: who holds it holds the vertex. */
function referenceDirection(a: Point): Point {
  const [x, y, z] = a.map(Math.abs) as unknown as Point;
  const other: Point =
    x > y ? (x > z ? [0.012, 0.0053, 1] : [0.012, 1, 0.00457]) : y > z ? [1, 0.0053, 0.00457] : [0.012, 1, 0.00457];
  return normalize(cross(a, other));
}

/** True where the angle a, b, c (interior on the left) holds its vertex `b`: of all polygons around it exactly one does. */
export function angleContainsVertex(a: Point, b: Point, c: Point): boolean {
  return !orderedCcw(referenceDirection(b), c, a, b);
}

/** For edges that share an end: true where this counts as a crossing, so that parities come out right. */
function vertexCrossing(a: Point, b: Point, c: Point, d: Point): boolean {
  if (samePoint(a, b) || samePoint(c, d)) return false;
  if (samePoint(a, c)) return samePoint(b, d) || orderedCcw(referenceDirection(a), d, b, a);
  if (samePoint(b, d)) return orderedCcw(referenceDirection(b), c, a, b);
  if (samePoint(a, d)) return samePoint(b, c) || orderedCcw(referenceDirection(a), c, b, a);
  return samePoint(b, c) && orderedCcw(referenceDirection(b), d, a, b);
}

export function edgeOrVertexCrossing(a: Point, b: Point, c: Point, d: Point): boolean {
  const found = crossingSign(a, b, c, d);
  return found === 0 ? vertexCrossing(a, b, c, d) : found > 0;
}
