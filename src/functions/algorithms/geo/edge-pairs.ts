import { chord2, type Point } from "./sphere.ts";

/** An arc of a line or a ring. */
export interface Edge {
  readonly a: Point;
  readonly b: Point;
  /** The chain that it belongs to: the ring of a polygon, a line of several. */
  readonly chain: number;
  /** Its place in the chain. */
  readonly index: number;
}

export function lineEdges(points: readonly Point[], chain: number): Edge[] {
  return points.slice(1).map((b, index) => ({ a: points[index]!, b, chain, index }));
}

/** The last edge leads back to the first point. */
export function ringEdges(points: readonly Point[], chain: number): Edge[] {
  return points.map((a, index) => ({ a, b: points[(index + 1) % points.length]!, chain, index }));
}

interface Box {
  readonly edge: Edge;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Calls `visit` with every pair of edges that may meet, one from each list; stops where it returns true. */
export function someMeeting(
  left: readonly Edge[],
  right: readonly Edge[],
  visit: (left: Edge, right: Edge) => boolean,
): boolean {
  const lefts = new Set(left);
  return someClosePair([...left, ...right], (a, b) => {
    const fromLeft = lefts.has(a);
    if (fromLeft === lefts.has(b)) return false;
    return fromLeft ? visit(a, b) : visit(b, a);
  });
}

/** Calls `visit` with every pair of edges that may meet; stops where it returns true. */
export function someClosePair(edges: readonly Edge[], visit: (a: Edge, b: Edge) => boolean): boolean {
  const boxes = edges.map(boxOf);
  const axis = widestAxis(boxes);
  boxes.sort((a, b) => a.low[axis]! - b.low[axis]!);
  // A sweep along one axis: `open` are the boxes that the sweep line has entered and not left.
  let open: Box[] = [];
  for (const box of boxes) {
    const start = box.low[axis]!;
    open = open.filter(({ high }) => high[axis]! >= start);
    for (const other of open) if (overlap(box, other) && visit(other.edge, box.edge)) return true;
    open.push(box);
  }
  return false;
}

function boxOf(edge: Edge): Box {
  // An arc strays from its chord by less than an eighth of the square of its length.
  const slack = chord2(edge.a, edge.b) / 4 + 1e-15;
  return {
    edge,
    low: edge.a.map((value, i) => Math.min(value, edge.b[i]!) - slack),
    high: edge.a.map((value, i) => Math.max(value, edge.b[i]!) + slack),
  };
}

function overlap(a: Box, b: Box): boolean {
  for (let i = 0; i < 3; i++) if (a.low[i]! > b.high[i]! || b.low[i]! > a.high[i]!) return false;
  return true;
}

function widestAxis(boxes: readonly Box[]): number {
  const spread = [0, 1, 2].map((i) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const box of boxes) {
      low = Math.min(low, box.low[i]!);
      high = Math.max(high, box.high[i]!);
    }
    return high - low;
  });
  return spread.indexOf(Math.max(...spread));
}
