import { sign } from "./exact-sign.ts";
import {
  add,
  chord2,
  cross,
  dot,
  edgeChord2,
  norm,
  normalize,
  type Point,
  robustCross,
  samePoint,
  scale,
} from "./sphere.ts";

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

/** The point where two edges cross, which they do. */
export function crossingPoint(a: Point, b: Point, c: Point, d: Point): Point {
  const line = cross(normalize(robustCross(a, b)), normalize(robustCross(c, d)));
  // Of edges that lie on one great circle, as far as rounding can tell, an end is as good as any point between.
  if (norm(line) < 1e-14) return sharedEnd(a, b, c, d);
  const middle = add(add(a, b), add(c, d));
  const point = scale(normalize(line), dot(line, middle) < 0 ? -1 : 1);
  return reaches(point, a, b) && reaches(point, c, d) ? point : sharedEnd(a, b, c, d);
}

/** For a point on the great circle of the edge: true where the edge reaches it. */
function reaches(x: Point, a: Point, b: Point): boolean {
  const length2 = chord2(a, b) * (1 + 1e-12);
  return chord2(x, a) <= length2 && chord2(x, b) <= length2;
}

/** The end that lies closest to the other edge; of equally close ones always the same. */
function sharedEnd(a: Point, b: Point, c: Point, d: Point): Point {
  const ends = [
    { point: a, away: edgeChord2(a, c, d) },
    { point: b, away: edgeChord2(b, c, d) },
    { point: c, away: edgeChord2(c, a, b) },
    { point: d, away: edgeChord2(d, a, b) },
  ].map(({ point, away }) => ({ point, away: Math.max(away, 3.2e-30) }));
  ends.sort((p, q) => p.away - q.away || p.point[0] - q.point[0] || p.point[1] - q.point[1]);
  return ends[0]!.point;
}
