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
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, lineString, longitude, pointArgument, refuseSpheroid } from "./arguments.ts";
import { densifiedOnMap, densifyTolerance } from "./densify.ts";
import { type Geometry, geometry, lineArgument, pointGeometry } from "./geojson.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

type Given = NonNullable<Cell>;

export const geoLineFunctions: readonly ScalarFunction[] = [
  define(
    "geo_line_length",
    "The length of the line in metres; what several lines share counts once. Null for a value that is no line.",
    rowwise([lineString], "real", (value) => {
      const line = lineArgument(value, 0);
      return line ? edgesOf(line.lines).reduce((sum, [a, b]) => sum + angle(a, b), 0) * earthRadius : null;
    }),
  ),

  define(
    "geo_line_centroid",
    "The centre of mass of the line, as a GeoJSON point; null for a value that is no line.",
    rowwise([lineString], "dynamic", (value) => {
      const line = lineArgument(value, 0);
      if (!line) return null;
      const mass = edgesOf(line.lines).reduce<Point>((sum, [a, b]) => add(sum, edgeCentroid(a, b)), [0, 0, 0]);
      return pointGeometry(normalize(mass));
    }),
  ),

  define(
    "geo_distance_point_to_line",
    "The shortest distance in metres from the point to the line; null for a point or a line that is none.",
    rowwise([longitude, latitude, lineString], "real", (lng, lat, value) => {
      const closest = closestOn(value, pointArgument(lng, lat));
      return closest ? angleOfChord2(closest.chord2) * earthRadius : null;
    }),
  ),

  define(
    "geo_closest_point_on_line",
    "The point of the line that is closest to the point, as GeoJSON; null for a point or a line that is none.",
    rowwise([longitude, latitude, lineString], "dynamic", (lng, lat, value) => {
      const closest = closestOn(value, pointArgument(lng, lat));
      return closest ? pointGeometry(closest.point) : null;
    }),
  ),

  define(
    "geo_line_interpolate_point",
    "The point a fraction of the way along the line, as GeoJSON; null for a fraction outside of 0 to 1.",
    rowwise([lineString, required("fraction", "number")], "dynamic", (value, fraction) => {
      const line = singleLine(value);
      const share = Number(fraction);
      return line && share >= 0 && share <= 1 ? pointGeometry(pointAlong(line, share)) : null;
    }),
  ),

  define(
    "geo_line_locate_point",
    "How far along the line its closest point to the point lies, from 0 at the start to 1 at the end.",
    rowwise([lineString, longitude, latitude, optional("use_spheroid", "number")], "real", locate),
    rowwise([lineString, longitude, latitude, optional("use_spheroid", "bool")], "real", locate),
  ),

  define(
    "geo_line_densify",
    "The line with points added until no arc is further than the tolerance (0.1 to 10000 metres, else 10) from the straight edge on the map.",
    rowwise([lineString, optional("tolerance", "number"), optional("preserve_crossing", "number")], "dynamic", densify),
    rowwise([lineString, optional("tolerance", "number"), optional("preserve_crossing", "bool")], "dynamic", densify),
  ),
];

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

function locate(value: Dynamic, lng: Given, lat: Given, spheroid: Given | undefined): number | null {
  refuseSpheroid(spheroid, 3);
  const line = singleLine(value);
  const point = pointArgument(lng, lat);
  return line && point && lineLength(line) > 0 ? fractionAlong(line, point) : null;
}

function densify(value: Dynamic, tolerance: Given | undefined): Geometry | null {
  const line = lineArgument(value, 0);
  const metres = densifyTolerance(tolerance);
  if (!line || metres === undefined) return null;
  const dense = line.positions.map((positions) => densifiedOnMap(positions, metres));
  return geometry(line.kind, line.kind === "LineString" ? (dense[0] ?? []) : dense);
}
