/*
 * Points of the unit sphere, and what is measured between them. Distances are in radians until someone multiplies by
 * `earthRadius`. The formulas are those of the S2 library, on which Kusto's geospatial functions stand.
 * https://s2geometry.io
 */

/** A unit vector. */
export type Point = readonly [x: number, y: number, z: number];
/** Longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number];

/** Metres: the sphere that Kusto measures on. */
export const earthRadius = 6_371_010;

const degree = Math.PI / 180;

export function pointAt([longitude, latitude]: Position): Point {
  const phi = latitude * degree;
  const theta = longitude * degree;
  const cos = Math.cos(phi);
  return [Math.cos(theta) * cos, Math.sin(theta) * cos, Math.sin(phi)];
}

export function positionOf([x, y, z]: Point): Position {
  // Adding zero makes -0 a 0, which lies on the other side of the antimeridian.
  const longitude = Math.atan2(y + 0, x + 0) / degree;
  return [longitude, Math.atan2(z, Math.sqrt(x * x + y * y)) / degree];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function add(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Point, by: number): Point {
  return [a[0] * by, a[1] * by, a[2] * by];
}

export function norm(a: Point): number {
  return Math.sqrt(dot(a, a));
}

export function normalize(a: Point): Point {
  const length = norm(a);
  return length === 0 ? a : scale(a, 1 / length);
}

export function samePoint(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/** The angle between two vectors; exact to the last digits also where it is tiny or near π. */
export function angle(a: Point, b: Point): number {
  return Math.atan2(norm(cross(a, b)), dot(a, b));
}

/** Twice the cross product of two unit vectors, without the loss of digits between close ones. */
export function robustCross(a: Point, b: Point): Point {
  return cross(add(a, b), subtract(b, a));
}

/** The point at distance `along` from `a` on the way to `b`. */
export function pointAtDistance(a: Point, b: Point, along: number): Point {
  if (along === 0) return a;
  const normal = robustCross(a, b);
  const tangent = normalize(cross(normal, a));
  return normalize(add(scale(a, Math.cos(along)), scale(tangent, Math.sin(along))));
}

/** The point a fraction of the way from `a` to `b`. */
export function interpolate(a: Point, b: Point, fraction: number): Point {
  if (fraction === 0) return a;
  if (fraction === 1) return b;
  return pointAtDistance(a, b, fraction * angle(a, b));
}

/** The point of the edge that is closest to `x`. */
export function project(x: Point, a: Point, b: Point): Point {
  if (samePoint(x, a) || samePoint(x, b)) return x;
  const normal = normalize(robustCross(a, b));
  const onCircle = subtract(x, scale(normal, dot(x, normal)));
  if (dot(cross(normal, a), onCircle) > 0 && dot(cross(normal, b), onCircle) < 0) return normalize(onCircle);
  return chord2(x, a) <= chord2(x, b) ? a : b;
}

/** The square of the straight distance through the sphere: orders points by distance without a root or an arc. */
export function chord2(a: Point, b: Point): number {
  const between = subtract(a, b);
  return dot(between, between);
}

/** The square of the straight distance from `x` to the edge. */
export function edgeChord2(x: Point, a: Point, b: Point): number {
  const toEnds = Math.min(chord2(x, a), chord2(x, b));
  const normal = robustCross(a, b);
  const beside = cross(normal, x);
  // The foot of the perpendicular lies between the ends.
  if (dot(beside, a) >= 0 || dot(beside, b) <= 0) return toEnds;
  const length2 = dot(normal, normal);
  const away = dot(x, normal);
  const shortfall = 1 - Math.sqrt(dot(beside, beside) / length2);
  return Math.min(toEnds, (away * away) / length2 + shortfall * shortfall);
}

/** The angle behind the square of a straight distance. */
export function angleOfChord2(length2: number): number {
  return 2 * Math.asin(Math.min(1, Math.sqrt(length2) / 2));
}

/** Clockwise from north, in [0, 2π); undefined between equal or opposite points and at the poles, where there is no north. */
export function azimuth(from: Point, to: Point): number | undefined {
  const normal = cross(from, to);
  if (norm(normal) < 1e-15) return undefined;
  const [x, y, z] = from;
  const flat = Math.sqrt(x * x + y * y);
  if (flat < 1e-15) return undefined;
  const east: Point = [-y / flat, x / flat, 0];
  const north = cross([x, y, z], east);
  const turned = Math.atan2(dot(to, east), dot(to, north));
  return turned < 0 ? turned + 2 * Math.PI : turned;
}
