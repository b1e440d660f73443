import { Refusal } from "../../refusal.ts";
import { orderedCcw } from "./crossings.ts";
import { type Cuts, contactsBetween, cutsBetween, distinctPoints, edgeKey, sameChord2 } from "./cuts.ts";
import { someMeeting } from "./edge-pairs.ts";
import { type Polygon, polygonsOf } from "./polygon.ts";
import { leadsInside, type Region, regionOf } from "./region.ts";
import { chord2, edgeChord2, type Point, samePoint } from "./sphere.ts";

/*
 * The union and the intersection of two regions. Each boundary is cut where it meets the other one; a piece is part of the
 * result or not by the side of the other region on which it lies, and the pieces make the new loops. All decisions are
 * exact, only the points where edges cross are rounded. As in s2/s2boolean_operation.cc, down to where loops start.
 */

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
  /** True where borders run along one another, or a vertex lies on an edge, beside the polygons. */
  readonly bordersTouch: boolean;
}

/** In steradians. */
export function areaOf(polygons: readonly Polygon[]): number {
  return polygons.reduce((sum, { shell, holes }) => holes.reduce((left, { area }) => left - area, sum + shell.area), 0);
}

/** A result that cannot be right is none: the last resort where all decisions were exact and yet the boundaries tangled. */
function checkArea(area: number, left: number, right: number, wanted: "union" | "intersection"): void {
  const [least, most] = wanted === "union" ? [Math.max(left, right), left + right] : [0, Math.min(left, right)];
  if (area < least - 1e-12 || area > most + 1e-12) throw tangled();
}

function tangled(): Refusal {
  return new Refusal(0, "boundaries lie closer together than rounding can tell");
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
  // Beyond a hemisphere nobody knows which side of a loop is meant.
  if (areaOf(left) + areaOf(right) > 2 * Math.PI)
    throw new Refusal(0, "polygons of more than half of the Earth are not supported");
  const a = regionOf(left);
  const b = regionOf(right);
  const cuts = cutsBetween(a.edges, b.edges);
  const outside = wanted === "union";
  const pieces = [...piecesOf(a, b, cuts, 0, !outside, true), ...piecesOf(b, a, cuts, a.edges.length, !outside, false)];
  const kept = withoutDoubles(splitAtVertices(pieces));
  const polygons = polygonsOf(assembled(kept));
  checkArea(areaOf(polygons), areaOf(left), areaOf(right), wanted);
  if (outside) return { polygons, points: [], bordersTouch: false };
  const used = new Set(kept.flatMap((piece) => [String(piece.a), String(piece.b)]));
  const shared = a.edges.map((edge) => edge.a).filter((point) => b.corners.has(String(point)));
  const contacts = contactsBetween(a.edges, b.edges);
  return {
    polygons,
    points: distinctPoints(shared).filter((point) => !used.has(String(point))),
    bordersTouch:
      a.edges.some((edge) => b.keys.has(edgeKey(edge.b, edge.a))) || contacts.some((point) => !used.has(String(point))),
  };
}

// ---------------------------------------------------------------------- pieces

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
    if (other.keys.has(edgeKey(a, b))) {
      if (shared) pieces.push({ a, b, rank });
      at = undefined;
      continue;
    }
    if (other.keys.has(edgeKey(b, a))) {
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

/** Pieces that pass by a vertex closer than rounding can tell, led through it. */
function splitAtVertices(pieces: readonly Piece[]): readonly Piece[] {
  const vertices = distinctPoints(pieces.flatMap(({ a, b }) => [a, b]));
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

/** Without pieces of no length, and without pairs that run to and fro. */
function withoutDoubles(pieces: readonly Piece[]): readonly Piece[] {
  const kept = new Map<string, Piece>();
  for (const piece of pieces) {
    if (samePoint(piece.a, piece.b)) continue;
    if (!kept.delete(edgeKey(piece.b, piece.a))) kept.set(edgeKey(piece.a, piece.b), piece);
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
    if (path.length > 0) throw tangled();
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
