import { crossingPoint, crossingSign } from "./crossings.ts";
import { type Edge, someMeeting } from "./edge-pairs.ts";
import { chord2, edgeChord2, type Point, samePoint } from "./sphere.ts";

/* Where the edges of two shapes cut and touch one another. */

/** What rounding alone keeps apart is one: the square of a straight distance, 60 nm on Earth. */
export const sameChord2 = 1e-28;

export type Cuts = ReadonlyMap<Edge, readonly Point[]>;

/** The points at which edges of the two lists cross, in the order of each edge. */
export function cutsBetween(left: readonly Edge[], right: readonly Edge[]): Cuts {
  const cuts = new Map<Edge, Point[]>();
  someMeeting(left, right, (one, other) => {
    if (crossingSign(one.a, one.b, other.a, other.b) <= 0) return false;
    const found = crossingPoint(one.a, one.b, other.a, other.b);
    const known = [one.a, one.b, other.a, other.b, ...(cuts.get(one) ?? []), ...(cuts.get(other) ?? [])];
    const point = known.find((each) => chord2(each, found) <= sameChord2) ?? found;
    for (const edge of [one, other]) {
      const list = cuts.get(edge);
      if (list) list.push(point);
      else cuts.set(edge, [point]);
    }
    return false;
  });
  for (const [edge, points] of cuts) points.sort((p, q) => chord2(edge.a, p) - chord2(edge.a, q));
  return cuts;
}

/** The ends of edges that lie on an edge of the other list, between its ends, as far as rounding can tell. */
export function contactsBetween(left: readonly Edge[], right: readonly Edge[]): readonly Point[] {
  const contacts: Point[] = [];
  const note = (edge: Edge, point: Point) => {
    if (samePoint(point, edge.a) || samePoint(point, edge.b)) return;
    if (edgeChord2(point, edge.a, edge.b) <= sameChord2) contacts.push(point);
  };
  someMeeting(left, right, (one, other) => {
    for (const end of [other.a, other.b]) note(one, end);
    for (const end of [one.a, one.b]) note(other, end);
    return false;
  });
  return distinctPoints(contacts);
}

export function distinctPoints(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [String(point), point])).values()];
}

export function edgeKey(a: Point, b: Point): string {
  return `${a} ${b}`;
}
