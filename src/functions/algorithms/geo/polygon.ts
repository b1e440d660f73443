import { crossingSign, orderedCcw } from "./crossings.ts";
import { type Edge, ringEdges, someClosePair } from "./edge-pairs.ts";
import { isCounterclockwise, type Loop, loopContains, loopOf } from "./loop.ts";
import { interpolate, type Point, samePoint } from "./sphere.ts";

/* Polygons as GeoJSON has them: a shell and the holes in it. */

export interface Polygon {
  readonly shell: Loop;
  readonly holes: readonly Loop[];
}

/** Rings that make no polygon: Kusto gives null for `invalid` ones; what it does with a `strayHole` it does not say. */
export type Fault = "invalid" | "strayHole";

/** The polygon within rings of distinct points, the shell first. */
export function polygonOf(rings: readonly (readonly Point[])[]): Polygon | Fault {
  const [shell, ...holes] = rings;
  if (!shell || !rings.every(isRing)) return "invalid";
  const edges = rings.flatMap((points, chain) => ringEdges(points, chain));
  const incident = incidentEdges(edges);
  if (someClosePair(edges, clash) || touchingRingsCross(incident)) return "invalid";
  const polygon = { shell: loopOf(shell), holes: holes.map(loopOf) };
  for (const [i, hole] of polygon.holes.entries()) {
    if (!within(hole, polygon.shell)) return "strayHole";
    if (polygon.holes.some((other, j) => i !== j && within(hole, other))) return "strayHole";
  }
  return polygon;
}

function isRing(points: readonly Point[]): boolean {
  if (points.length < 3 || new Set(points.map(String)).size < points.length) return false;
  return points.every((point, i) => !areOpposite(point, points[(i + 1) % points.length]!));
}

/** Between opposite points there is no shortest way. */
export function areOpposite(a: Point, b: Point): boolean {
  return Math.abs(a[0] + b[0]) < 1e-14 && Math.abs(a[1] + b[1]) < 1e-14 && Math.abs(a[2] + b[2]) < 1e-14;
}

/** True where the edges cross, or are one and the same. */
function clash(a: Edge, b: Edge): boolean {
  const met = crossingSign(a.a, a.b, b.a, b.b);
  if (met !== 0) return met > 0;
  return (samePoint(a.a, b.a) && samePoint(a.b, b.b)) || (samePoint(a.a, b.b) && samePoint(a.b, b.a));
}

/** Of each point, the ends of the edges that lead to it and away from it, ring by ring. */
type Incident = ReadonlyMap<string, { point: Point; wedges: { before: Point; after: Point }[] }>;

function incidentEdges(edges: readonly Edge[]): Incident {
  const incident = new Map<string, { point: Point; wedges: { before: Point; after: Point }[] }>();
  const chains = new Map<number, Edge[]>();
  for (const edge of edges) {
    const chain = chains.get(edge.chain);
    if (chain) chain.push(edge);
    else chains.set(edge.chain, [edge]);
  }
  for (const chain of chains.values()) {
    for (const [i, { a, b }] of chain.entries()) {
      const key = String(a);
      const entry = incident.get(key) ?? { point: a, wedges: [] };
      entry.wedges.push({ before: chain[(i + chain.length - 1) % chain.length]!.a, after: b });
      incident.set(key, entry);
    }
  }
  return incident;
}

/** Rings may touch at a vertex, but not pass through one another there. */
function touchingRingsCross(incident: Incident): boolean {
  for (const { point, wedges } of incident.values()) {
    for (const [i, one] of wedges.entries()) {
      for (const other of wedges.slice(i + 1)) {
        const enters = orderedCcw(one.after, other.before, one.before, point);
        if (enters !== orderedCcw(one.after, other.after, one.before, point)) return true;
      }
    }
  }
  return false;
}

/** For loops that do not cross: true where `inner` lies in `outer`. */
function within(inner: Loop, outer: Loop): boolean {
  if (inner.area > outer.area) return false;
  const corners = new Set(outer.points.map(String));
  const free = inner.points.findIndex((point) => !corners.has(String(point)));
  if (free >= 0) return loopContains(outer, inner.points[free]!);
  // All vertices are shared, and not all edges.
  const edges = new Set(ringEdges(outer.points, 0).map(({ a, b }) => `${a} ${b}`));
  const own = ringEdges(inner.points, 0).find(({ a, b }) => !edges.has(`${a} ${b}`));
  return own === undefined || loopContains(outer, interpolate(own.a, own.b, 0.5));
}

/** The polygons between closed chains that do not cross, the interior on the left of each. */
export function polygonsOf(chains: readonly (readonly Point[])[]): readonly Polygon[] {
  const loops = chains.map((points) => ({ loop: loopOf(points), hole: !isCounterclockwise(points) }));
  const shells = loops.filter(({ hole }) => !hole).map(({ loop }) => loop);
  const holes = new Map<Loop, Loop[]>(shells.map((shell) => [shell, []]));
  for (const { loop, hole } of loops) {
    if (!hole) continue;
    const around = shells.filter((shell) => within(loop, shell)).sort((x, y) => x.area - y.area);
    if (around[0]) holes.get(around[0])?.push(loop);
  }
  return shells.map((shell) => ({ shell, holes: holes.get(shell) ?? [] }));
}

export function polygonContains(polygon: Polygon, point: Point): boolean {
  return loopContains(polygon.shell, point) && !polygon.holes.some((hole) => loopContains(hole, point));
}
