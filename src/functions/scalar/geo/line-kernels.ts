import type { Cell } from "../../../data/column.ts";
import type { Dynamic } from "../../../data/dynamic.ts";
import {
  closestPoint,
  distinctEdges,
  edgeCentroid,
  fractionAlong,
  lineLength,
  pointAlong,
} from "../../algorithms/geo/line.ts";
import { add, angle, angleOfChord2, earthRadius, normalize, type Point } from "../../algorithms/geo/sphere.ts";
import { Refusal } from "../../refusal.ts";
import { pointArgument, refuseSpheroid } from "./arguments.ts";
import { densifiedOnMap, densifyTolerance } from "./densify.ts";
import { lineArgument } from "./geojson.ts";
import { type Geometry, geometry, pointGeometry } from "./geometry.ts";

/* The kernels of lines.ts. */

type Given = NonNullable<Cell>;

export function length(value: Dynamic): number | null {
  const line = lineArgument(value, 0);
  return line ? edgesOf(line.lines).reduce((sum, [a, b]) => sum + angle(a, b), 0) * earthRadius : null;
}

export function centroid(value: Dynamic): Geometry | null {
  const line = lineArgument(value, 0);
  if (!line) return null;
  const mass = edgesOf(line.lines).reduce<Point>((sum, [a, b]) => add(sum, edgeCentroid(a, b)), [0, 0, 0]);
  return pointGeometry(normalize(mass));
}

export function distance(lng: Given, lat: Given, value: Dynamic): number | null {
  const closest = closestOn(value, pointArgument(lng, lat));
  return closest ? angleOfChord2(closest.chord2) * earthRadius : null;
}

export function closest(lng: Given, lat: Given, value: Dynamic): Geometry | null {
  const found = closestOn(value, pointArgument(lng, lat));
  return found ? pointGeometry(found.point) : null;
}

export function interpolate(value: Dynamic, fraction: Given): Geometry | null {
  const line = singleLine(value);
  const share = Number(fraction);
  return line && share >= 0 && share <= 1 ? pointGeometry(pointAlong(line, share)) : null;
}

export function locate(value: Dynamic, lng: Given, lat: Given, spheroid: Given | undefined): number | null {
  refuseSpheroid(spheroid, 3);
  const line = singleLine(value);
  const point = pointArgument(lng, lat);
  return line && point && lineLength(line) > 0 ? fractionAlong(line, point) : null;
}

export function densify(value: Dynamic, tolerance: Given | undefined): Geometry | null {
  const line = lineArgument(value, 0);
  const metres = densifyTolerance(tolerance);
  if (!line || metres === undefined) return null;
  const dense = line.positions.map((positions) => densifiedOnMap(positions, metres));
  return geometry(line.kind, line.kind === "LineString" ? (dense[0] ?? []) : dense);
}

/** The edges of several lines are those of their union. */
function edgesOf(lines: readonly (readonly Point[])[]): readonly (readonly [Point, Point])[] {
  const [only] = lines;
  if (lines.length > 1 || !only) return distinctEdges(lines);
  return only.slice(1).map((point, i) => [only[i]!, point] as const);
}

function closestOn(value: Dynamic, point: Point | undefined) {
  const line = lineArgument(value, 2);
  if (!line || !point) return undefined;
  return line.lines.map((points) => closestPoint(points, point)).reduce((a, b) => (b.chord2 < a.chord2 ? b : a));
}

/** The points of a LineString; null where the value is no line. */
function singleLine(value: Dynamic): readonly Point[] | undefined {
  const line = lineArgument(value, 0);
  if (line?.kind === "MultiLineString") throw new Refusal(0, "a line of several parts is not supported");
  return line?.lines[0];
}
