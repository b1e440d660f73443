import { family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, optional, type ScalarFunction } from "../../signature.ts";
import { latitude, longitude, polygon } from "./arguments.ts";

/*
 * Polygons and multi-polygons in GeoJSON; edges are the shortest ways on the sphere, and polygons that overlap count
 * together once. Null for a value that is none.
 */

const kernels = library(() => import("./polygon-kernels.ts"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(name: string, summary: string, ...overloads: readonly [Overload, ...Overload[]]): ScalarFunction {
  return declare({ name, library: kernels }, summary, ...overloads);
}

const tolerance = optional("tolerance", "number");

export const geoPolygonFunctions: readonly ScalarFunction[] = [
  define(
    "geo_point_in_polygon",
    "True when the point lies in the polygon; null for a point or a polygon that is none.",
    rowwise([longitude, latitude, polygon], "bool", (lng, lat, area) => kernels.get().contains(lng, lat, area)),
  ),

  define(
    "geo_distance_point_to_polygon",
    "The shortest distance in metres from the point to the polygon, 0 inside of it; null for arguments that are none.",
    rowwise([longitude, latitude, polygon], "real", (lng, lat, area) => kernels.get().distance(lng, lat, area)),
  ),

  define(
    "geo_closest_point_on_polygon",
    "The point of the polygon that is closest to the point, as GeoJSON: inside of it the point itself.",
    rowwise([longitude, latitude, polygon], "dynamic", (lng, lat, area) => kernels.get().closest(lng, lat, area)),
  ),

  define(
    "geo_polygon_area",
    "The area of the polygon in square metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (area) => kernels.get().area(area)),
  ),

  define(
    "geo_polygon_perimeter",
    "The length of the boundary of the polygon in metres; null for a value that is no polygon.",
    rowwise([polygon], "real", (area) => kernels.get().perimeter(area)),
  ),

  define(
    "geo_polygon_centroid",
    "The centre of mass of the polygon, as a GeoJSON point; null for a value that is no polygon.",
    rowwise([polygon], "dynamic", (area) => kernels.get().centroid(area)),
  ),

  define(
    "geo_polygon_densify",
    "The polygon with points added until no arc is further than the tolerance (0.1 to 10000 metres, else 10) from the straight edge on the map.",
    rowwise([polygon, tolerance, optional("preserve_crossing", "number")], "dynamic", (area, metres) =>
      kernels.get().densify(area, metres),
    ),
    rowwise([polygon, tolerance, optional("preserve_crossing", "bool")], "dynamic", (area, metres) =>
      kernels.get().densify(area, metres),
    ),
  ),
];
