import type { Edge } from "./edge-pairs.ts";
import { centreOf, cornersOf, quartersOf, type Square } from "./s2-cell.ts";
import { cross, dot, normalize, type Point } from "./sphere.ts";

/* The S2 cells of one level that a shape touches. */

/** Cells are taken for touched when they are closer than rounding can tell. */
const slack = 2e-15;

/**
 * The cells of `level` that the edges touch or whose centre `contains` takes, in the order of the curve; undefined where
 * they are more than `most`.
 */
export function covering(
  edges: readonly Edge[],
  contains: (point: Point) => boolean,
  level: number,
  most: number,
): readonly Square[] | undefined {
  const cells: Square[] = [];
  for (let face = 0; face < 6; face++) {
    if (!cover({ face, i: 0, j: 0, level: 0 }, face & 1, edges)) return undefined;
  }
  return cells;

  /** False once there are too many. `near` are the edges that touch the parent. */
  function cover(square: Square, orientation: number, near: readonly Edge[]): boolean {
    const planes = planesOf(square);
    const touching = near.filter((edge) => touches(edge, planes));
    if (touching.length === 0) return !contains(centreOf(square)) || fill(square, orientation);
    if (square.level === level) return cells.push(square) <= most;
    return quartersOf(square, orientation).every((quarter) => cover(quarter.square, quarter.orientation, touching));
  }

  /** All of a square that lies within. */
  function fill(square: Square, orientation: number): boolean {
    if (cells.length + 4 ** (level - square.level) > most) return false;
    if (square.level === level) cells.push(square);
    else for (const quarter of quartersOf(square, orientation)) fill(quarter.square, quarter.orientation);
    return true;
  }
}

/** The planes through the sides of the square and the centre of the sphere; the square is on the positive side of all. */
function planesOf(square: Square): readonly Point[] {
  const corners = cornersOf(square);
  return corners.map((corner, i) => normalize(cross(corner, corners[(i + 1) % 4]!)));
}

function touches({ a, b }: Edge, planes: readonly Point[]): boolean {
  // The arc as the chord below it: from the centre of the sphere, they are one.
  let [from, to] = [0, 1];
  for (const plane of planes) {
    const start = dot(plane, a) + slack;
    const end = dot(plane, b) + slack;
    if (start < 0 && end < 0) return false;
    if (start < 0) from = Math.max(from, start / (start - end));
    else if (end < 0) to = Math.min(to, start / (start - end));
    if (from > to) return false;
  }
  return true;
}
