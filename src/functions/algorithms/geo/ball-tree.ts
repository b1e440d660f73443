import { chord2, type Point } from "./sphere.ts";

/*
 * Which of many shapes may be near a point: every shape lies in a ball, and balls that lie close together share a box.
 * Boxes are those of space, not of longitudes and latitudes: there are no poles and no antimeridian in them.
 */

export interface Ball {
  /** A point of the sphere. */
  readonly centre: Point;
  /** Straight through the sphere; 2 reaches all of it. */
  readonly radius: number;
}

export interface BallTree {
  readonly balls: readonly Ball[];
  /** Positions of balls, those of a node next to each other. */
  readonly order: Int32Array;
  readonly root: Node | undefined;
}

interface Node {
  readonly from: number;
  readonly to: number;
  readonly least: Point;
  readonly most: Point;
  /** None below a node of few balls. */
  readonly children: readonly Node[];
}

const fewBalls = 4;

export function ballTree(balls: readonly Ball[]): BallTree {
  const order = Int32Array.from(balls.keys());
  return { balls, order, root: balls.length === 0 ? undefined : nodeOf(balls, order, 0, order.length) };
}

function nodeOf(balls: readonly Ball[], order: Int32Array, from: number, to: number): Node {
  const least: [number, number, number] = [2, 2, 2];
  const most: [number, number, number] = [-2, -2, -2];
  const own = order.subarray(from, to);
  for (const index of own) {
    const { centre, radius } = balls[index]!;
    for (const axis of axes) {
      least[axis] = Math.min(least[axis], centre[axis] - radius);
      most[axis] = Math.max(most[axis], centre[axis] + radius);
    }
  }
  if (to - from <= fewBalls) return { from, to, least, most, children: [] };
  const axis = widest(balls, own);
  own.sort((a, b) => balls[a]!.centre[axis] - balls[b]!.centre[axis]);
  const middle = (from + to) >> 1;
  const children = [nodeOf(balls, order, from, middle), nodeOf(balls, order, middle, to)];
  return { from, to, least, most, children };
}

const axes = [0, 1, 2] as const;

/** The axis along which the centres are spread most. */
function widest(balls: readonly Ball[], own: Int32Array): 0 | 1 | 2 {
  const spread = axes.map((axis) => {
    let least = 1;
    let most = -1;
    for (const index of own) {
      const at = balls[index]!.centre[axis];
      if (at < least) least = at;
      if (at > most) most = at;
    }
    return most - least;
  });
  return axes.reduce((best, axis) => (spread[axis]! > spread[best]! ? axis : best));
}

/** Calls `visit` with the position of every ball that the point lies in. */
export function visitBalls({ balls, order, root }: BallTree, point: Point, visit: (index: number) => void): void {
  const open = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isInBox(node, point)) continue;
    if (node.children.length > 0) {
      open.push(...node.children);
      continue;
    }
    for (let i = node.from; i < node.to; i++) {
      const index = order[i]!;
      const { centre, radius } = balls[index]!;
      if (chord2(centre, point) <= radius * radius) visit(index);
    }
  }
}

function isInBox({ least, most }: Node, [x, y, z]: Point): boolean {
  return x >= least[0] && x <= most[0] && y >= least[1] && y <= most[1] && z >= least[2] && z <= most[2];
}
