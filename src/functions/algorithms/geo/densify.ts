import { angle, chord2, dot, earthRadius, interpolate, type Position, pointAt } from "./sphere.ts";

/*
 * Edges that are straight on a map of longitude and latitude, as short ones that are arcs: halved until none strays
 * further than a tolerance. As in s2/s2edge_tessellator.cc.
 */

/** Where along an edge the two are furthest apart, or near enough; 1 minus it is the other place. */
const widest = 0.31215691082248315;
/** What is measured there, as a share of the largest distance that can hide behind it. */
const share = 0.8382999256988851;

/** True where the way between the two on the map is also the shorter one around the Earth. */
export function isShortOnMap(a: Position, b: Position): boolean {
  return Math.abs(a[0] - b[0]) <= 180;
}

/** The chain of positions with others between; none of its arcs is further than `tolerance` metres from the map's edge. */
export function densified(positions: readonly Position[], tolerance: number): readonly Position[] {
  const half = (share * tolerance) / earthRadius / 2;
  const limit = 4 * Math.sin(half) ** 2;
  const [first, ...rest] = positions;
  const chain: Position[] = first ? [first] : [];
  let before = first;
  for (const position of rest) {
    if (before) appendEdge(before, position, limit, chain);
    before = position;
  }
  return chain;
}

function appendEdge(a: Position, b: Position, limit: number, chain: Position[]): void {
  if (largestError2(a, b) <= limit) {
    chain.push(b);
    return;
  }
  const middle = between(a, b, 0.5);
  appendEdge(a, middle, limit, chain);
  appendEdge(middle, b, limit, chain);
}

function between(a: Position, b: Position, fraction: number): Position {
  return [a[0] + (b[0] - a[0]) * fraction, a[1] + (b[1] - a[1]) * fraction];
}

/** The square of a straight distance. */
function largestError2(a: Position, b: Position): number {
  const from = pointAt(a);
  const to = pointAt(b);
  // Beyond a quarter of the globe the measure is no good.
  if (dot(from, to) < -1e-14) return Number.POSITIVE_INFINITY;
  if (angle(from, to) === 0) return 0;
  const errors = [widest, 1 - widest].map((at) => chord2(interpolate(from, to, at), pointAt(between(a, b, at))));
  return Math.max(...errors);
}
