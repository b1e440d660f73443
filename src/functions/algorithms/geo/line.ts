import { add, angle, edgeChord2, norm, type Point, pointAtDistance, project, scale, subtract } from "./sphere.ts";

/* Chains of arcs. */

/** In radians. */
export function lineLength(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += angle(points[i - 1]!, points[i]!);
  return sum;
}

/** Of all edges of several lines each once, whichever way it runs and however often. */
export function distinctEdges(lines: readonly (readonly Point[])[]): readonly (readonly [Point, Point])[] {
  const edges = new Map<string, readonly [Point, Point]>();
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const edge = [line[i - 1]!, line[i]!] as const;
      const key = edge.map(String).sort().join(" ");
      if (!edges.has(key)) edges.set(key, edge);
    }
  }
  return [...edges.values()];
}

/** The mean of all points of the edge, times its length. */
export function edgeCentroid(a: Point, b: Point): Point {
  const sum = add(a, b);
  const cosine = norm(sum);
  return cosine === 0 ? [0, 0, 0] : scale(sum, norm(subtract(a, b)) / cosine);
}

export interface ClosestPoint {
  readonly point: Point;
  /** The square of the straight distance. */
  readonly chord2: number;
  /** The edge that it lies on. */
  readonly index: number;
}

/** The point of the line that is closest to `x`; of equally close ones the first. */
export function closestPoint(points: readonly Point[], x: Point): ClosestPoint {
  let best = Number.POSITIVE_INFINITY;
  let index = 0;
  for (let i = 1; i < points.length; i++) {
    const distance = edgeChord2(x, points[i - 1]!, points[i]!);
    if (distance >= best) continue;
    best = distance;
    index = i - 1;
  }
  return { point: project(x, points[index]!, points[index + 1]!), chord2: best, index };
}

/** The point a fraction of the way along the line. */
export function pointAlong(points: readonly Point[], fraction: number): Point {
  if (fraction <= 0) return points[0]!;
  let left = fraction * lineLength(points);
  for (let i = 1; i < points.length; i++) {
    const length = angle(points[i - 1]!, points[i]!);
    if (left < length) return pointAtDistance(points[i - 1]!, points[i]!, left);
    left -= length;
  }
  return points[points.length - 1]!;
}

/** Where along the line its closest point to `x` lies: 0 is the start, 1 the end. */
export function fractionAlong(points: readonly Point[], x: Point): number {
  const { point, index } = closestPoint(points, x);
  const before = lineLength(points.slice(0, index + 1)) + angle(points[index]!, point);
  return Math.min(1, before / lineLength(points));
}
