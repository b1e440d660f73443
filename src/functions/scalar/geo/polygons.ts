import { type Loop, loopCentroid, loopChord2, loopPerimeter } from "../../algorithms/geo/loop.ts";
import { type Polygon, polygonContains } from "../../algorithms/geo/polygon.ts";
import { add, angleOfChord2, earthRadius, normalize, type Point, subtract } from "../../algorithms/geo/sphere.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import type { ScalarFunction } from "../../signature.ts";
import { latitude, longitude, pointArgument, polygon } from "./arguments.ts";
import { pointGeometry, polygonArgument } from "./geojson.ts";

/* Polygons and multi-polygons in GeoJSON; edges are the shortest ways on the sphere. Null for a value that is none. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const geoPolygonFunctions: readonly ScalarFunction[] = [
  define(
    "geo_point_in_polygon",
    "True when the point lies in the polygon; null for a point or a polygon that is none.",
    rowwise([longitude, latitude, polygon], "bool", (lng, lat, value) => {
      const point = pointArgument(lng, lat);
      const shape = polygonArgument(value, 2);
      return point && shape ? shape.polygons.some((one) => polygonContains(one, point)) : null;
    }),
  ),

  define(
    "geo_distance_point_to_polygon",
    "The shortest distance in metres from the point to the polygon, 0 inside of it; null for arguments that are none.",
    rowwise([longitude, latitude, polygon], "real", (lng, lat, value) => {
      const point = pointArgument(lng, lat);
      const shape = polygonArgument(value, 2);
      if (!point || !shape) return null;
      if (shape.polygons.some((one) => polygonContains(one, point))) return 0;
      const chords = shape.polygons.flatMap(loopsOf).map((loop) => loopChord2(loop, point).chord2);
      return angleOfChord2(Math.min(...chords)) * earthRadius;
    }),
  ),

  define(
    "geo_polygon_area",
    "The area of the polygon in square metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      return shape.polygons.reduce((sum, one) => sum + areaOf(one), 0) * earthRadius ** 2;
    }),
  ),

  define(
    "geo_polygon_perimeter",
    "The length of the boundary of the polygon in metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      return shape.polygons.flatMap(loopsOf).reduce((sum, loop) => sum + loopPerimeter(loop), 0) * earthRadius;
    }),
  ),

  define(
    "geo_polygon_centroid",
    "The centre of mass of the polygon, as a GeoJSON point; null for a value that is no polygon.",
    rowwise([polygon], "dynamic", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      const mass = shape.polygons.reduce<Point>((sum, one) => add(sum, massOf(one)), [0, 0, 0]);
      return pointGeometry(normalize(mass));
    }),
  ),
];

function loopsOf({ shell, holes }: Polygon): readonly Loop[] {
  return [shell, ...holes];
}

/** In steradians. */
function areaOf({ shell, holes }: Polygon): number {
  return holes.reduce((area, hole) => area - hole.area, shell.area);
}

function massOf({ shell, holes }: Polygon): Point {
  return holes.reduce((mass, hole) => subtract(mass, loopCentroid(hole)), loopCentroid(shell));
}
