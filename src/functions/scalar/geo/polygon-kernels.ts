import type { Cell } from "../../../data/column.ts";
import type { Dynamic } from "../../../data/dynamic.ts";
import { type Loop, loopCentroid, loopChord2, loopPerimeter } from "../../algorithms/geo/loop.ts";
import { areaOf } from "../../algorithms/geo/overlay.ts";
import { type Polygon, polygonContains } from "../../algorithms/geo/polygon.ts";
import {
  add,
  angleOfChord2,
  earthRadius,
  normalize,
  type Point,
  project,
  subtract,
} from "../../algorithms/geo/sphere.ts";
import { pointArgument } from "./arguments.ts";
import { densifiedOnMap, densifyTolerance } from "./densify.ts";
import { type PolygonArgument, polygonArgument, unitedPolygons } from "./geojson.ts";
import { type Geometry, geometry, pointGeometry } from "./geometry.ts";

/* The kernels of polygons.ts. */

type Given = NonNullable<Cell>;

export function contains(lng: Given, lat: Given, value: Dynamic): boolean | null {
  const point = pointArgument(lng, lat);
  const shape = polygonArgument(value, 2);
  return point && shape ? holds(shape, point) : null;
}

export function distance(lng: Given, lat: Given, value: Dynamic): number | null {
  const point = pointArgument(lng, lat);
  const shape = polygonArgument(value, 2);
  if (!point || !shape) return null;
  return holds(shape, point) ? 0 : angleOfChord2(closestEdge(shape, point).chord2) * earthRadius;
}

export function closest(lng: Given, lat: Given, value: Dynamic): Geometry | null {
  const point = pointArgument(lng, lat);
  const shape = polygonArgument(value, 2);
  if (!point || !shape) return null;
  if (holds(shape, point)) return geometry("Point", [Number(lng), Number(lat)]);
  const [a, b] = closestEdge(shape, point).edge;
  return pointGeometry(project(point, a, b));
}

export function area(value: Dynamic): number | null {
  const shape = polygonArgument(value, 0);
  return shape ? areaOf(unitedPolygons(shape)) * earthRadius ** 2 : null;
}

export function perimeter(value: Dynamic): number | null {
  const shape = polygonArgument(value, 0);
  if (!shape) return null;
  const loops = unitedPolygons(shape).flatMap(loopsOf);
  return loops.reduce((sum, loop) => sum + loopPerimeter(loop), 0) * earthRadius;
}

export function centroid(value: Dynamic): Geometry | null {
  const shape = polygonArgument(value, 0);
  if (!shape) return null;
  const mass = unitedPolygons(shape).reduce<Point>((sum, one) => add(sum, massOf(one)), [0, 0, 0]);
  return pointGeometry(normalize(mass));
}

export function densify(value: Dynamic, tolerance: Given | undefined): Geometry | null {
  const shape = polygonArgument(value, 0);
  const metres = densifyTolerance(tolerance);
  if (!shape || metres === undefined) return null;
  const dense = shape.positions.map((rings) => rings.map((ring) => densifiedOnMap(ring, metres)));
  return geometry(shape.kind, shape.kind === "Polygon" ? (dense[0] ?? []) : dense);
}

function holds({ polygons }: PolygonArgument, point: Point): boolean {
  return polygons.some((one) => polygonContains(one, point));
}

function loopsOf({ shell, holes }: Polygon): readonly Loop[] {
  return [shell, ...holes];
}

function closestEdge(shape: PolygonArgument, point: Point) {
  const edges = shape.polygons.flatMap(loopsOf).map((loop) => loopChord2(loop, point));
  return edges.reduce((a, b) => (b.chord2 < a.chord2 ? b : a));
}

function massOf({ shell, holes }: Polygon): Point {
  return holes.reduce((mass, hole) => subtract(mass, loopCentroid(hole)), loopCentroid(shell));
}
