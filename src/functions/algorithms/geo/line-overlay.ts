import { crossingSign } from "./crossings.ts";
import { contactsBetween, cutsBetween, distinctPoints, edgeKey, sameChord2 } from "./cuts.ts";
import { type Edge, lineEdges, someClosePair, someMeeting } from "./edge-pairs.ts";
import { leadsInside, type Region } from "./region.ts";
import { chord2, type Point, samePoint } from "./sphere.ts";

/* Where lines meet lines and polygons. */

export interface LineOverlay {
  /** What both share, as chains of at least two points, in the order of the first line. */
  readonly lines: readonly (readonly Point[])[];
  /** Points that both share beside the chains. */
  readonly points: readonly Point[];
  /** True where an end of an edge lies on an edge of the other, and rounding would decide whether they meet. */
  readonly touches: boolean;
}

export function edgesOfLines(lines: readonly (readonly Point[])[]): readonly Edge[] {
  return lines.flatMap((points, chain) => lineEdges(points, chain));
}

/** True where edges cross or share an end. */
export function edgesMeet(left: readonly Edge[], right: readonly Edge[]): boolean {
  return someMeeting(left, right, (a, b) => crossingSign(a.a, a.b, b.a, b.b) >= 0);
}

/** What the lines share: the edges that both have, and the points where others cross or meet. */
export function sharedByLines(left: readonly Edge[], right: readonly Edge[]): LineOverlay {
  const keys = new Set(right.flatMap(({ a, b }) => [edgeKey(a, b), edgeKey(b, a)]));
  const lines = chained(left.map(({ a, b, chain }) => ({ a, b, chain, kept: keys.has(edgeKey(a, b)) })));
  const ends = new Set(right.flatMap(({ a, b }) => [String(a), String(b)]));
  const shared = left.flatMap(({ a, b }) => [a, b]).filter((point) => ends.has(String(point)));
  const crossed = [...cutsBetween(left, right).values()].flat();
  return { lines, points: beside([...shared, ...crossed], lines), touches: contactsBetween(left, right).length > 0 };
}

/** The part of a line that lies in a region, its boundary included. */
export function lineInRegion(line: readonly Edge[], region: Region): LineOverlay {
  const cuts = cutsBetween(line, region.edges);
  const pieces: Piece[] = [];
  let inside: boolean | undefined;
  let chain = -1;
  for (const edge of line) {
    const { a, b } = edge;
    const along = region.keys.has(edgeKey(a, b)) || region.keys.has(edgeKey(b, a));
    if (along) {
      pieces.push({ a, b, chain: edge.chain, kept: true });
      inside = undefined;
      continue;
    }
    if (edge.chain !== chain || region.corners.has(String(a))) inside = undefined;
    chain = edge.chain;
    inside ??= leadsInside(region, a, b);
    let from = a;
    for (const to of [...(cuts.get(edge) ?? []), b]) {
      pieces.push({ a: from, b: to, chain, kept: inside });
      from = to;
      if (to !== b) inside = !inside;
    }
  }
  const lines = chained(pieces);
  const shared = line.flatMap(({ a, b }) => [a, b]).filter((point) => region.corners.has(String(point)));
  return { lines, points: beside(shared, lines), touches: contactsBetween(line, region.edges).length > 0 };
}

interface Piece {
  readonly a: Point;
  readonly b: Point;
  readonly chain: number;
  readonly kept: boolean;
}

/** Pieces that follow one another are one line. */
function chained(pieces: readonly Piece[]): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  let open: Point[] | undefined;
  let chain = -1;
  for (const piece of pieces) {
    if (samePoint(piece.a, piece.b)) continue;
    const last = open?.[open.length - 1];
    if (!piece.kept) open = undefined;
    else if (open && last && piece.chain === chain && samePoint(last, piece.a)) open.push(piece.b);
    else {
      open = [piece.a, piece.b];
      lines.push(open);
    }
    chain = piece.chain;
  }
  return lines;
}

/** Those of the points that are on none of the lines, each once. */
function beside(points: readonly Point[], lines: readonly (readonly Point[])[]): readonly Point[] {
  const on = new Set(lines.flat().map(String));
  const rest: Point[] = [];
  for (const point of distinctPoints(points)) {
    if (!on.has(String(point)) && !rest.some((other) => chord2(other, point) <= sameChord2)) rest.push(point);
  }
  return rest;
}

/**
 * Lines that share edges and ends as lines that share none: each edge once, in the order in which it first appears.
 * Undefined where they branch, cross, or run along one another in opposite directions: there is more than one way then.
 */
export function unionOfLines(lines: readonly (readonly Point[])[]): readonly (readonly Point[])[] | undefined {
  const next = new Map<string, Edge>();
  const before = new Map<string, Edge>();
  const kept: Edge[] = [];
  for (const edge of edgesOfLines(lines)) {
    const known = next.get(String(edge.a));
    if (known && samePoint(known.b, edge.b)) continue;
    if (known || before.has(String(edge.b))) return undefined;
    next.set(String(edge.a), edge);
    before.set(String(edge.b), edge);
    kept.push(edge);
  }
  const used = new Set<Edge>();
  const result: Point[][] = [];
  for (const edge of kept) {
    if (used.has(edge) || before.has(String(edge.a))) continue;
    const chain: Point[] = [edge.a];
    for (let at: Edge | undefined = edge; at; at = next.get(String(at.b))) {
      used.add(at);
      chain.push(at.b);
    }
    result.push(chain);
  }
  // What is left are rings, which may start anywhere.
  return used.size === kept.length && !someClosePair(kept, (a, b) => crossingSign(a.a, a.b, b.a, b.b) > 0)
    ? result
    : undefined;
}
