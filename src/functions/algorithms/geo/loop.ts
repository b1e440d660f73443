import { angleContainsVertex, edgeOrVertexCrossing } from "./crossings.ts";
import { add, angle, cross, dot, edgeChord2, normalize, type Point, scale, subtract } from "./sphere.ts";

/*
 * A closed chain of edges and the smaller of the two regions that it bounds: vertices run counterclockwise around it.
 * As in s2/s2loop.cc: of several loops around a vertex exactly one contains it.
 */

export interface Loop {
  /** At least three, distinct, the first not repeated. */
  readonly points: readonly Point[];
  readonly originInside: boolean;
  /** The area in steradians, at most 2π. */
  readonly area: number;
  /** No point of the region makes a smaller dot product with the centre; -1 where the region is too large to say. */
  readonly cap: { readonly centre: Point; readonly leastDot: number };
}

/** A point on no edge that anybody draws: the number of edges between it and another one says which side that is on. */
const origin: Point = [-0.0099994664350250197, 0.0025924542609324121, 0.99994664350250195];

/** The loop through `points`, turned around where they run clockwise. */
export function loopOf(points: readonly Point[]): Loop {
  const signed = smallerArea(points);
  const ordered = signed < 0 ? points.toReversed() : points;
  const area = Math.abs(signed);
  const vertexInside = angleContainsVertex(ordered[0]!, ordered[1]!, ordered[2]!);
  const originInside = vertexInside !== crossesOdd(ordered, ordered[1]!);
  return { points: ordered, originInside, area, cap: capOf(ordered) };
}

/** True where the vertices run counterclockwise around the smaller region. */
export function isCounterclockwise(points: readonly Point[]): boolean {
  return smallerArea(points) >= 0;
}

export function loopContains({ points, originInside, cap }: Loop, point: Point): boolean {
  if (dot(cap.centre, point) < cap.leastDot) return false;
  return originInside !== crossesOdd(points, point);
}

/** True where the arc from the origin to `point` crosses an odd number of edges. */
function crossesOdd(points: readonly Point[], point: Point): boolean {
  const normal = cross(origin, point);
  let odd = false;
  let before = points[points.length - 1]!;
  let sideBefore = side(normal, before);
  for (const vertex of points) {
    const next = side(normal, vertex);
    if ((next === 0 || next !== sideBefore) && edgeOrVertexCrossing(origin, point, before, vertex)) odd = !odd;
    before = vertex;
    sideBefore = next;
  }
  return odd;
}

/** 0 where rounding leaves it open. */
function side(normal: Point, point: Point): number {
  const distance = dot(normal, point);
  return distance > 1e-15 ? 1 : distance < -1e-15 ? -1 : 0;
}

function capOf(points: readonly Point[]): Loop["cap"] {
  const centre = normalize(points.reduce(add));
  const least = points.reduce((min, point) => Math.min(min, dot(centre, point)), 1);
  // A cap below a hemisphere holds the arcs between its points too.
  return { centre, leastDot: least > 1e-9 ? least - 1e-12 : -2 };
}

/** The area of the smaller region; negative where the vertices run clockwise around it. */
function smallerArea(points: readonly Point[]): number {
  const full = 4 * Math.PI;
  // Taking a whole sphere off where there is none would cost a small polygon half of its digits.
  const signed = signedArea(points) % full;
  if (signed > 2 * Math.PI) return signed - full;
  return signed <= -2 * Math.PI ? signed + full : signed;
}

/** In steradians; positive where the vertices run counterclockwise, and right up to multiples of 4π. */
function signedArea(points: readonly Point[]): number {
  const [first] = points;
  let sum = 0;
  for (let i = 2; i < points.length; i++) sum += triangleArea(first!, points[i - 1]!, points[i]!);
  return sum;
}

function triangleArea(a: Point, b: Point, c: Point): number {
  const volume = dot(a, cross(subtract(b, a), subtract(c, a)));
  return 2 * Math.atan2(volume, 1 + dot(a, b) + dot(b, c) + dot(c, a));
}

/** The mean of all points of the region, times its area. */
export function loopCentroid({ points }: Loop): Point {
  const [first] = points;
  let sum: Point = [0, 0, 0];
  for (let i = 2; i < points.length; i++) sum = add(sum, triangleCentroid(first!, points[i - 1]!, points[i]!));
  return sum;
}

/** Signed as the area. J. E. Brock, "The Inertia Tensor for a Spherical Triangle", as in s2/s2centroids.cc. */
function triangleCentroid(a: Point, b: Point, c: Point): Point {
  const ra = overSine(angle(b, c));
  const rb = overSine(angle(c, a));
  const rc = overSine(angle(a, b));
  const x: Point = [a[0], b[0] - a[0], c[0] - a[0]];
  const y: Point = [a[1], b[1] - a[1], c[1] - a[1]];
  const z: Point = [a[2], b[2] - a[2], c[2] - a[2]];
  const r: Point = [ra, rb - ra, rc - ra];
  return scale([dot(cross(y, z), r), dot(cross(z, x), r), dot(cross(x, y), r)], 0.5);
}

function overSine(value: number): number {
  return value === 0 ? 1 : value / Math.sin(value);
}

/** In radians. */
export function loopPerimeter({ points }: Loop): number {
  let sum = 0;
  let before = points[points.length - 1]!;
  for (const vertex of points) {
    sum += angle(before, vertex);
    before = vertex;
  }
  return sum;
}

/** The square of the straight distance from `point` to the boundary, and the edge that is closest. */
export function loopChord2({ points }: Loop, point: Point): { readonly chord2: number; readonly edge: [Point, Point] } {
  let best = Number.POSITIVE_INFINITY;
  let edge: [Point, Point] = [points[0]!, points[1]!];
  let before = points[points.length - 1]!;
  for (const vertex of points) {
    const distance = edgeChord2(point, before, vertex);
    if (distance < best) {
      best = distance;
      edge = [before, vertex];
    }
    before = vertex;
  }
  return { chord2: best, edge };
}
