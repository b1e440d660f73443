import type { Batch } from "../../data/batch.ts";
import type { Column } from "../../data/column.ts";
import { type Ball, type BallTree, ballTree, visitBalls } from "../algorithms/geo/ball-tree.ts";
import type { Loop } from "../algorithms/geo/loop.ts";
import { type Polygon, polygonContains } from "../algorithms/geo/polygon.ts";
import { add, angle, angleOfChord2, earthRadius, edgeChord2, normalize, type Point } from "../algorithms/geo/sphere.ts";
import { cellReader } from "../lift.ts";
import { pointArgument } from "../scalar/geo/arguments.ts";
import { lineArgument, polygonArgument } from "../scalar/geo/geojson.ts";
import type { Matches } from "./lookup-join.ts";

/*
 * The rows of a lookup table whose shape is around a point, or near it. Shapes come apart into polygons and edges, so
 * that a long road or a country of islands costs a point only what lies around it.
 */

/** In metres from the border; undefined where the point has to lie in the polygon. */
export type Radius = number | undefined;
export type ShapeKind = "polygon" | "line";

type Piece =
  | { readonly kind: "area"; readonly row: number; readonly polygon: Polygon }
  | { readonly kind: "edge"; readonly row: number; readonly a: Point; readonly b: Point };

interface Shapes {
  readonly kind: ShapeKind;
  readonly length: number;
  readonly radius: Radius;
  readonly pieces: readonly Piece[];
  readonly tree: BallTree;
}

/** By the column of shapes, which never changes: a table in memory is looked up in by one query after another. */
const built = new WeakMap<Column, Shapes>();

export function shapesOf(column: Column, length: number, kind: ShapeKind, radius: Radius): Shapes {
  const before = built.get(column);
  if (before && before.kind === kind && before.length === length && before.radius === radius) return before;
  const pieces = piecesOf(column, length, kind, radius);
  const tree = ballTree(pieces.map((piece) => ballAround(piece, radius)));
  const shapes: Shapes = { kind, length, radius, pieces, tree };
  built.set(column, shapes);
  return shapes;
}

/** Of every row that has a valid shape; another one is near nothing. */
function piecesOf(column: Column, length: number, kind: ShapeKind, radius: Radius): readonly Piece[] {
  const shape = cellReader(column);
  const pieces: Piece[] = [];
  const addEdges = (row: number, points: readonly Point[]): void => {
    for (let i = 1; i < points.length; i++) pieces.push({ kind: "edge", row, a: points[i - 1]!, b: points[i]! });
  };
  for (let row = 0; row < length; row++) {
    const value = shape(row);
    // A value of another type is no shape, and a null neither.
    if (!(value instanceof Map)) continue;
    if (kind === "line") {
      for (const points of lineArgument(value, 0)?.lines ?? []) addEdges(row, points);
      continue;
    }
    for (const polygon of polygonArgument(value, 0)?.polygons ?? []) {
      pieces.push({ kind: "area", row, polygon });
      if (radius === undefined) continue;
      for (const { points } of [polygon.shell, ...polygon.holes]) addEdges(row, [...points, ...points.slice(0, 1)]);
    }
  }
  return pieces;
}

/** Rounding must not leave out what the exact test would let in: this is some millimetres. */
const slack = 1e-9;

function ballAround(piece: Piece, radius: Radius): Ball {
  if (piece.kind === "area") return ballAroundLoop(piece.polygon.shell);
  const { a, b } = piece;
  const reach = angle(a, b) / 2 + (radius ?? 0) / earthRadius;
  return {
    centre: normalize(add(a, b)),
    radius: (reach >= Math.PI ? 2 : 2 * Math.sin(reach / 2)) + slack,
  };
}

function ballAroundLoop({ cap: { centre, leastDot } }: Loop): Ball {
  return { centre, radius: (leastDot <= -1 ? 2 : Math.sqrt(Math.max(0, 2 - 2 * leastDot))) + slack };
}

/** The rows of shapes that match the points of a batch, in ascending order. */
export function matchesNear(shapes: Shapes, batch: Batch, longitude: number, latitude: number): Matches {
  const lng = cellReader(batch.column(longitude));
  const lat = cellReader(batch.column(latitude));
  const { pieces, tree, radius } = shapes;
  return (row) => {
    const x = lng(row);
    const y = lat(row);
    const point = x === null || y === null ? undefined : pointArgument(x, y);
    if (!point) return [];
    const rows = new Set<number>();
    visitBalls(tree, point, (index) => {
      const piece = pieces[index]!;
      if (!rows.has(piece.row) && isMatch(piece, point, radius)) rows.add(piece.row);
    });
    return rows.size < 2 ? [...rows] : [...rows].sort((a, b) => a - b);
  };
}

function isMatch(piece: Piece, point: Point, radius: Radius): boolean {
  if (piece.kind === "area") return polygonContains(piece.polygon, point);
  return angleOfChord2(edgeChord2(point, piece.a, piece.b)) * earthRadius <= (radius ?? 0);
}
