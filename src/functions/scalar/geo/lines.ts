import { family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, lineString, longitude } from "./arguments.ts";

/* Lines in GeoJSON; edges are the shortest ways on the sphere. Null for a value that is none. */

const kernels = library(() => import("./line-kernels.ts"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(name: string, summary: string, ...overloads: readonly [Overload, ...Overload[]]): ScalarFunction {
  return declare({ name, library: kernels }, summary, ...overloads);
}

const tolerance = optional("tolerance", "number");

export const geoLineFunctions: readonly ScalarFunction[] = [
  define(
    "geo_line_length",
    "The length of the line in metres; what several lines share counts once. Null for a value that is no line.",
    rowwise([lineString], "real", (line) => kernels.get().length(line)),
  ),

  define(
    "geo_line_centroid",
    "The centre of mass of the line, as a GeoJSON point; null for a value that is no line.",
    rowwise([lineString], "dynamic", (line) => kernels.get().centroid(line)),
  ),

  define(
    "geo_distance_point_to_line",
    "The shortest distance in metres from the point to the line; null for a point or a line that is none.",
    rowwise([longitude, latitude, lineString], "real", (lng, lat, line) => kernels.get().distance(lng, lat, line)),
  ),

  define(
    "geo_closest_point_on_line",
    "The point of the line that is closest to the point, as GeoJSON; null for a point or a line that is none.",
    rowwise([longitude, latitude, lineString], "dynamic", (lng, lat, line) => kernels.get().closest(lng, lat, line)),
  ),

  define(
    "geo_line_interpolate_point",
    "The point a fraction of the way along the line, as GeoJSON; null for a fraction outside of 0 to 1.",
    rowwise([lineString, required("fraction", "number")], "dynamic", (line, fraction) =>
      kernels.get().interpolate(line, fraction),
    ),
  ),

  define(
    "geo_line_locate_point",
    "How far along the line its closest point to the point lies, from 0 at the start to 1 at the end.",
    rowwise([lineString, longitude, latitude, optional("use_spheroid", "number")], "real", (...args) =>
      kernels.get().locate(...args),
    ),
    rowwise([lineString, longitude, latitude, optional("use_spheroid", "bool")], "real", (...args) =>
      kernels.get().locate(...args),
    ),
  ),

  define(
    "geo_line_densify",
    "The line with points added until no arc is further than the tolerance (0.1 to 10000 metres, else 10) from the straight edge on the map.",
    rowwise([lineString, tolerance, optional("preserve_crossing", "number")], "dynamic", (line, metres) =>
      kernels.get().densify(line, metres),
    ),
    rowwise([lineString, tolerance, optional("preserve_crossing", "bool")], "dynamic", (line, metres) =>
      kernels.get().densify(line, metres),
    ),
  ),
];
