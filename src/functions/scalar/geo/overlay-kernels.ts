import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import { contactsBetween, edgeKey } from "../../algorithms/geo/cuts.ts";
import {
  edgesMeet,
  edgesOfLines,
  type LineOverlay,
  lineInRegion,
  sharedByLines,
  unionOfLines,
} from "../../algorithms/geo/line-overlay.ts";
import { intersectionOf, unionOf } from "../../algorithms/geo/overlay.ts";
import { type Polygon, polygonContains } from "../../algorithms/geo/polygon.ts";
import { regionOf } from "../../algorithms/geo/region.ts";
import type { Point } from "../../algorithms/geo/sphere.ts";
import { Refusal } from "../../refusal.ts";
import {
  type LineArgument,
  lineArgument,
  lineGeometry,
  type PolygonArgument,
  polygonArgument,
  polygonGeometry,
  unitedPolygons,
} from "./geojson.ts";
import { type Geometry, geometryCollection, pointGeometry } from "./geometry.ts";

/* The kernels of overlays.ts. */

export function linesIntersect(left: Dynamic, right: Dynamic): boolean | null {
  return both(lineArgument, left, right, linesMeet);
}

export function lineIntersectsPolygon(line: Dynamic, area: Dynamic): boolean | null {
  const given = lineArgument(line, 0);
  const shape = polygonArgument(area, 1);
  return given && shape ? lineMeetsPolygon(given, shape) : null;
}

export function polygonsIntersect(left: Dynamic, right: Dynamic): boolean | null {
  return both(polygonArgument, left, right, polygonsMeet);
}

export function intersectionOfLines(left: Dynamic, right: Dynamic): Geometry | null {
  return both(lineArgument, left, right, (a, b) =>
    lineOverlay(sharedByLines(edgesOfLines(a.lines), edgesOfLines(b.lines))),
  );
}

export function partInPolygon(line: Dynamic, area: Dynamic): Geometry | null {
  const given = lineArgument(line, 0);
  const shape = polygonArgument(area, 1);
  if (!given || !shape) return null;
  if (given.lines.length > 1) throw new Refusal(0, "a line of several parts is not supported");
  return lineOverlay(lineInRegion(edgesOfLines(given.lines), regionOf(unitedPolygons(shape))));
}

export function intersectionOfPolygons(left: Dynamic, right: Dynamic): Geometry | null {
  return both(polygonArgument, left, right, (a, b) => polygonOverlay(unitedPolygons(a), unitedPolygons(b)));
}

export function uniteLines(value: Dynamic): Geometry | null {
  const shapes = everyShape(value, lineArgument);
  if (!shapes) return null;
  const lines = unionOfLines(shapes.flatMap((shape) => shape.lines));
  if (!lines) throw new Refusal(0, "lines that cross, branch or close are not supported");
  return lineGeometry(lines);
}

export function unitePolygons(value: Dynamic): Geometry | null {
  const shapes = everyShape(value, polygonArgument);
  return shapes ? polygonGeometry(unionOf(shapes.map(unitedPolygons))) : null;
}

function both<S, R>(
  read: (value: Dynamic, argument: number) => S | undefined,
  left: Dynamic,
  right: Dynamic,
  combine: (left: S, right: S) => R,
): R | null {
  const a = read(left, 0);
  const b = read(right, 1);
  return a !== undefined && b !== undefined ? combine(a, b) : null;
}

function everyShape<S>(
  value: Dynamic,
  read: (value: Dynamic, argument: number) => S | undefined,
): readonly S[] | undefined {
  if (!isArray(value)) return undefined;
  if (value.length === 0) throw new Refusal(0, "an empty array is not supported");
  const shapes = value.map((item) => read(item, 0));
  return shapes.every((shape) => shape !== undefined) ? shapes : undefined;
}

const touching = "the geometries touch where an edge has no end: rounding would decide whether they meet";

function linesMeet(left: LineArgument, right: LineArgument): boolean {
  const a = edgesOfLines(left.lines);
  const b = edgesOfLines(right.lines);
  if (edgesMeet(a, b)) return true;
  if (contactsBetween(a, b).length > 0) throw new Refusal(0, touching);
  return false;
}

function lineMeetsPolygon({ lines }: LineArgument, shape: PolygonArgument): boolean {
  const region = regionOf(unitedPolygons(shape));
  const found = lineInRegion(edgesOfLines(lines), region);
  if (found.lines.some((line) => !runsAlong(line, region.keys))) return true;
  if (found.touches) throw new Refusal(0, touching);
  if (found.lines.length > 0 || found.points.length > 0)
    throw new Refusal(
      0,
      "the line meets the boundary of the polygon alone, and it is not documented whether that counts",
    );
  return false;
}

/** True where the line is made of edges of the boundary. */
function runsAlong(line: readonly Point[], keys: ReadonlySet<string>): boolean {
  return line.slice(1).every((to, i) => keys.has(edgeKey(line[i]!, to)) || keys.has(edgeKey(to, line[i]!)));
}

function polygonsMeet(left: PolygonArgument, right: PolygonArgument): boolean {
  const a = regionOf(left.polygons);
  const b = regionOf(right.polygons);
  if (edgesMeet(a.edges, b.edges)) return true;
  if (holdsOne(left.polygons, right.polygons) || holdsOne(right.polygons, left.polygons)) return true;
  if (contactsBetween(a.edges, b.edges).length > 0) throw new Refusal(0, touching);
  return false;
}

/** For boundaries that do not meet: true where one of `inner` lies in one of `outer`. */
function holdsOne(outer: readonly Polygon[], inner: readonly Polygon[]): boolean {
  return inner.some(({ shell }) => outer.some((each) => polygonContains(each, shell.points[0]!)));
}

function lineOverlay({ lines, points, touches }: LineOverlay): Geometry {
  if (touches) throw new Refusal(0, touching);
  const [point, ...others] = points;
  if (lines.length === 0) {
    if (!point) return geometryCollection([]);
    if (others.length === 0) return pointGeometry(point);
    throw new Refusal(0, "geometries that meet in several points are not supported");
  }
  if (point) throw new Refusal(0, "geometries that share both lines and points are not supported");
  return lineGeometry(lines);
}

function polygonOverlay(left: readonly Polygon[], right: readonly Polygon[]): Geometry {
  const { polygons, points, bordersTouch } = intersectionOf(left, right);
  if (bordersTouch) throw new Refusal(0, "polygons whose borders run along one another are not supported");
  const [point, ...others] = points;
  if (!point) return polygons.length === 0 ? geometryCollection([]) : polygonGeometry(polygons);
  if (others.length > 0 || polygons.length > 1)
    throw new Refusal(0, "polygons that also meet in separate points are not supported");
  if (polygons.length === 0) return pointGeometry(point);
  return geometryCollection([pointGeometry(point), polygonGeometry(polygons)]);
}
