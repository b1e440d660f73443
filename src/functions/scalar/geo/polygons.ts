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
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { optional, type ScalarFunction } from "../../signature.ts";
import { latitude, longitude, pointArgument, polygon } from "./arguments.ts";
import { densifiedOnMap, densifyTolerance } from "./densify.ts";
import { geometry, type PolygonArgument, pointGeometry, polygonArgument, unitedPolygons } from "./geojson.ts";

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
      return angleOfChord2(closestEdge(shape, point).chord2) * earthRadius;
    }),
  ),

  define(
    "geo_closest_point_on_polygon",
    "The point of the polygon that is closest to the point, as GeoJSON: inside of it the point itself.",
    rowwise([longitude, latitude, polygon], "dynamic", (lng, lat, value) => {
      const point = pointArgument(lng, lat);
      const shape = polygonArgument(value, 2);
      if (!point || !shape) return null;
      if (shape.polygons.some((one) => polygonContains(one, point)))
        return geometry("Point", [Number(lng), Number(lat)]);
      const [a, b] = closestEdge(shape, point).edge;
      return pointGeometry(project(point, a, b));
    }),
  ),

  define(
    "geo_polygon_area",
    "The area of the polygon in square metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      return areaOf(unitedPolygons(shape)) * earthRadius ** 2;
    }),
  ),

  define(
    "geo_polygon_perimeter",
    "The length of the boundary of the polygon in metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      const loops = unitedPolygons(shape).flatMap(loopsOf);
      return loops.reduce((sum, loop) => sum + loopPerimeter(loop), 0) * earthRadius;
    }),
  ),

  define(
    "geo_polygon_centroid",
    "The centre of mass of the polygon, as a GeoJSON point; null for a value that is no polygon.",
    rowwise([polygon], "dynamic", (value) => {
      const shape = polygonArgument(value, 0);
      if (!shape) return null;
      const mass = unitedPolygons(shape).reduce<Point>((sum, one) => add(sum, massOf(one)), [0, 0, 0]);
      return pointGeometry(normalize(mass));
    }),
  ),

  define(
    "geo_polygon_densify",
    "The polygon with points added until no arc is further than the tolerance (0.1 to 10000 metres, else 10) from the straight edge on the map.",
    rowwise([polygon, optional("tolerance", "number"), optional("preserve_crossing", "number")], "dynamic", densify),
    rowwise([polygon, optional("tolerance", "number"), optional("preserve_crossing", "bool")], "dynamic", densify),
  ),
];

function densify(value: Dynamic, tolerance: NonNullable<Cell> | undefined): Dynamic {
  const shape = polygonArgument(value, 0);
  const metres = densifyTolerance(tolerance);
  if (!shape || metres === undefined) return null;
  const dense = shape.positions.map((rings) => rings.map((ring) => densifiedOnMap(ring, metres)));
  return geometry(shape.kind, shape.kind === "Polygon" ? (dense[0] ?? []) : dense);
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
