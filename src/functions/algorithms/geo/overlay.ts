import { crossingPoint, crossingSign, orderedCcw } from "./crossings.ts";
import { someMeeting } from "./edge-pairs.ts";
import { type Loop, loopContains } from "./loop.ts";
import { type Polygon, polygonsOf } from "./polygon.ts";
import { chord2, edgeChord2, type Point, samePoint } from "./sphere.ts";

/*
 * The union and the intersection of two regions. Each boundary is cut where it meets the other one; a piece is part of the
 * result or not by the side of the other region on which it lies, and the pieces make the new loops. All decisions are
 * exact, only the points where edges cross are rounded. As in s2/s2boolean_operation.cc, down to where loops start.
 */

/** A boundary edge, the interior of its region on the left. */
interface DirectedEdge {
  readonly a: Point;
  readonly b: Point;
  readonly chain: number;
  readonly index: number;
}

interface Region {
  readonly edges: readonly DirectedEdge[];
  readonly loops: readonly Loop[];
  /** By vertex: the loops through it, with the points before and after it, counterclockwise around the loop. */
  readonly corners: ReadonlyMap<string, readonly Corner[]>;
  /** The edges, from point to point. */
  readonly keys: ReadonlySet<string>;
}

interface Corner {
  readonly loop: Loop;
  readonly before: Point;
  readonly after: Point;
}

/** A piece of a boundary; `rank` is the place of its edge among all of both regions. */
interface Piece {
  readonly a: Point;
  readonly b: Point;
  readonly rank: number;
}

export interface Overlay {
  readonly polygons: readonly Polygon[];
  /** Points that the regions share beside the polygons, each in both boundaries. */
  readonly points: readonly Point[];
  /** True where the regions share a border that is part of no polygon, or a vertex of one lies on an edge of the other. */
  readonly bordersTouch: boolean;
}

/** Boundaries that rounding has tangled: no result would be right. */
export class TooClose extends Error {}

/** In steradians. */
export function areaOf(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, { shell, holes }) => holes.reduce((left, { area }) => left - area, sum + shell.area), 0);
}

/** A result that cannot be right is none: the last resort where all decisions were exact and yet the boundaries tangled. */
function checkArea(area: number, left: number, right: number, wanted: "union" | "intersection"): void {
  const [least, most] = wanted === "union" ? [Math.max(left, right), left + right] : [0, Math.min(left, right)];
  if (area < least - 1e-12 || area > most + 1e-12) throw new TooClose();
}

/** The union of polygons that are valid each; they may overlap and touch. */
export function unionOf(regions: readonly (readonly Polygon[])[]): readonly Polygon[] {
  // Always the two with the fewest vertices, as S2 does it: the order decides where the loops start.
  const queue = regions.map((polygons) => ({ polygons, size: vertexCount(polygons) }));
  for (;;) {
    queue.sort((x, y) => x.size - y.size);
    const [first, second] = queue.splice(0, 2);
    if (!first) return [];
    if (!second) return first.polygons;
    const { polygons } = overlay(first.polygons, second.polygons, "union");
    queue.push({ polygons, size: first.size + second.size });
  }
}

export function intersectionOf(left: readonly Polygon[], right: readonly Polygon[]): Overlay {
  return overlay(left, right, "intersection");
}

function vertexCount(polygons: readonly Polygon[]): number {
  return polygons.reduce(
    (sum, { shell, holes }) => holes.reduce((n, { points }) => n + points.length, sum + shell.points.length),
    0,
  );
}

function overlay(left: readonly Polygon[], right: readonly Polygon[], wanted: "union" | "intersection"): Overlay {
  const a = regionOf(left);
  const b = regionOf(right);
  const cuts = cutsBetween(a, b);
  const outside = wanted === "union";
  const pieces = [...piecesOf(a, b, cuts, 0, !outside, true), ...piecesOf(b, a, cuts, a.edges.length, !outside, false)];
  const kept = withoutDoubles(splitAtVertices(pieces));
  const polygons = polygonsOf(assembled(kept));
  checkArea(areaOf(polygons), areaOf(left), areaOf(right), wanted);
  if (outside) return { polygons, points: [], bordersTouch: false };
  const used = new Set(kept.flatMap((piece) => [String(piece.a), String(piece.b)]));
  const shared = a.edges.map((edge) => edge.a).filter((point) => b.corners.has(String(point)));
  return {
    polygons,
    points: distinct(shared).filter((point) => !used.has(String(point))),
    bordersTouch: a.edges.some((edge) => b.keys.has(keyOf(edge.b, edge.a))) || vertexOnEdge(a.edges, b.edges),
  };
}

function distinct(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [String(point), point])).values()];
}

function keyOf(a: Point, b: Point): string {
  return `${a} ${b}`;
}

// ---------------------------------------------------------------------- regions

function regionOf(polygons: readonly Polygon[]): Region {
  const edges: DirectedEdge[] = [];
  const loops: Loop[] = [];
  const corners = new Map<string, Corner[]>();
  for (const { shell, holes } of polygons) {
    for (const loop of [shell, ...holes]) {
      const { points } = loop;
      const directed = loop === shell ? points : points.toReversed();
      for (const [index, a] of directed.entries())
        edges.push({ a, b: directed[(index + 1) % directed.length]!, chain: loops.length, index });
      for (const [i, point] of points.entries()) {
        const key = String(point);
        const corner = {
          loop,
          before: points[(i + points.length - 1) % points.length]!,
          after: points[(i + 1) % points.length]!,
        };
        corners.set(key, [...(corners.get(key) ?? []), corner]);
      }
      loops.push(loop);
    }
  }
  return { edges, loops, corners, keys: new Set(edges.map(({ a, b }) => keyOf(a, b))) };
}

/** True where the way from a vertex of the region, or from any other point, leads into it. */
function leadsInside({ loops, corners }: Region, from: Point, to: Point): boolean {
  const here = corners.get(String(from)) ?? [];
  let inside = false;
  for (const loop of loops) {
    const own = here.filter((corner) => corner.loop === loop);
    const within =
      own.length === 0
        ? loopContains(loop, from)
        : own.some(({ before, after }) => orderedCcw(after, to, before, from));
    if (within) inside = !inside;
  }
  return inside;
}

// ---------------------------------------------------------------------- cutting

type Cuts = ReadonlyMap<DirectedEdge, readonly Point[]>;

/** The points at which edges of the two regions cross, in the order of each edge. */
function cutsBetween(a: Region, b: Region): Cuts {
  const cuts = new Map<DirectedEdge, Point[]>();
  someMeeting(a.edges, b.edges, (left, right) => {
    if (crossingSign(left.a, left.b, right.a, right.b) <= 0) return false;
    const found = crossingPoint(left.a, left.b, right.a, right.b);
    const known = [left.a, left.b, right.a, right.b, ...(cuts.get(left) ?? []), ...(cuts.get(right) ?? [])];
    // What rounding alone keeps apart is one point.
    const point = known.find((other) => chord2(other, found) <= sameChord2) ?? found;
    for (const edge of [left, right]) {
      const list = cuts.get(edge);
      if (list) list.push(point);
      else cuts.set(edge, [point]);
    }
    return false;
  });
  for (const [edge, points] of cuts) points.sort((p, q) => chord2(edge.a, p) - chord2(edge.a, q));
  return cuts;
}

/** The pieces of the boundary of `region` that lie inside of `other`, or outside; what both run along counts if `shared`. */
function piecesOf(
  region: Region,
  other: Region,
  cuts: Cuts,
  firstRank: number,
  inside: boolean,
  shared: boolean,
): Piece[] {
  const pieces: Piece[] = [];
  let at: boolean | undefined;
  let chain = -1;
  for (const [i, edge] of region.edges.entries()) {
    const { a, b } = edge;
    const rank = firstRank + i;
    if (other.keys.has(keyOf(a, b))) {
      if (shared) pieces.push({ a, b, rank });
      at = undefined;
      continue;
    }
    if (other.keys.has(keyOf(b, a))) {
      at = undefined;
      continue;
    }
    if (edge.chain !== chain || other.corners.has(String(a))) at = undefined;
    chain = edge.chain;
    at ??= leadsInside(other, a, b);
    let from = a;
    for (const cut of cuts.get(edge) ?? []) {
      if (at === inside) pieces.push({ a: from, b: cut, rank });
      from = cut;
      at = !at;
    }
    if (at === inside) pieces.push({ a: from, b, rank });
  }
  return pieces;
}

/** What rounding alone keeps apart is one: the square of a straight distance, 60 nm on Earth. */
const sameChord2 = 1e-28;

/** Pieces that pass by a vertex closer than rounding can tell, led through it. */
function splitAtVertices(pieces: readonly Piece[]): readonly Piece[] {
  const vertices = distinct(pieces.flatMap(({ a, b }) => [a, b]));
  const sites = vertices.map((point, index) => ({ a: point, b: point, chain: 1, index }));
  const edges = pieces.map(({ a, b }, index) => ({ a, b, chain: 0, index }));
  const on = new Map<number, Point[]>();
  const merged = new Map<Point, Point>();
  someMeeting(edges, sites, (edge, { a: site }) => {
    if (samePoint(site, edge.a) || samePoint(site, edge.b)) return false;
    if (edgeChord2(site, edge.a, edge.b) > sameChord2) return false;
    for (const end of [edge.a, edge.b]) if (chord2(site, end) <= sameChord2) merge(merged, site, end);
    on.set(edge.index, [...(on.get(edge.index) ?? []), site]);
    return false;
  });
  const placed = (point: Point): Point => merged.get(point) ?? point;
  return pieces.flatMap(({ a, b, rank }, i) => {
    const stops = (on.get(i) ?? []).sort((p, q) => chord2(a, p) - chord2(a, q));
    const chain = [a, ...stops, b].map(placed);
    return chain.slice(1).map((end, j) => ({ a: chain[j]!, b: end, rank }));
  });
}

/** Of two points that are one the lesser stands for both, whoever finds them. */
function merge(merged: Map<Point, Point>, p: Point, q: Point): void {
  const [from, to] = String(p) < String(q) ? [q, p] : [p, q];
  merged.set(from, merged.get(to) ?? to);
}

/** True where a vertex of one region lies on an edge of the other, as far as rounding can tell. */
function vertexOnEdge(left: readonly DirectedEdge[], right: readonly DirectedEdge[]): boolean {
  const touches = (edge: DirectedEdge, point: Point): boolean =>
    !samePoint(point, edge.a) && !samePoint(point, edge.b) && edgeChord2(point, edge.a, edge.b) <= sameChord2;
  return someMeeting(left, right, (a, b) => touches(a, b.a) || touches(a, b.b) || touches(b, a.a) || touches(b, a.b));
}

/** Without pieces of no length, and without pairs that run to and fro. */
function withoutDoubles(pieces: readonly Piece[]): readonly Piece[] {
  const kept = new Map<string, Piece>();
  for (const piece of pieces) {
    if (samePoint(piece.a, piece.b)) continue;
    if (!kept.delete(keyOf(piece.b, piece.a))) kept.set(keyOf(piece.a, piece.b), piece);
  }
  return [...kept.values()];
}

// ---------------------------------------------------------------------- loops

/** Closed chains of the pieces, none of which visits a point twice. */
function assembled(pieces: readonly Piece[]): readonly (readonly Point[])[] {
  const leaving = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = String(piece.a);
    const list = leaving.get(key);
    if (list) list.push(piece);
    else leaving.set(key, [piece]);
  }
  const loops: (readonly Piece[])[] = [];
  const used = new Set<Piece>();
  for (const start of pieces) {
    if (used.has(start)) continue;
    let path: Piece[] = [];
    for (let next: Piece | undefined = start; next && !used.has(next); next = leftmost(leaving, next, used)) {
      used.add(next);
      path.push(next);
      const end: Point = next.b;
      const back = path.findIndex((piece) => samePoint(piece.a, end));
      if (back < 0) continue;
      loops.push(rotated(path.slice(back)));
      path = path.slice(0, back);
    }
    if (path.length > 0) throw new TooClose();
  }
  return loops.sort(([a], [b]) => a!.rank - b!.rank).map((loop) => loop.map((piece) => piece.a));
}

/** The sharpest turn to the left: the interior lies between the two pieces. */
function leftmost(
  leaving: ReadonlyMap<string, readonly Piece[]>,
  { a, b }: Piece,
  used: ReadonlySet<Piece>,
): Piece | undefined {
  let best: Piece | undefined;
  for (const piece of leaving.get(String(b)) ?? []) {
    if (used.has(piece)) continue;
    if (!best || orderedCcw(best.b, piece.b, a, b)) best = piece;
  }
  return best;
}

/** The last piece is the one of the highest rank, and the last of several that follow one another. */
function rotated(loop: readonly Piece[]): readonly Piece[] {
  const highest = Math.max(...loop.map(({ rank }) => rank));
  let last = loop.findIndex(({ rank }) => rank === highest);
  while (loop[(last + 1) % loop.length]!.rank === highest && last < 2 * loop.length) last++;
  const start = (last + 1) % loop.length;
  return [...loop.slice(start), ...loop.slice(0, start)];
}
