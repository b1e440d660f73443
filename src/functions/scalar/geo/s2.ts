import { family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, lineString, longitude, polygon } from "./arguments.ts";

/* Cells of the S2 grid: https://s2geometry.io. */

const kernels = library(() => import("./s2-kernels.ts"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(name: string, summary: string, overload: Overload): ScalarFunction {
  return declare({ name, library: kernels }, summary, overload);
}

const s2cell = required("s2cell", "string");
const level = optional("level", "number");
const radius = optional("radius", "number");

export const s2Functions: readonly ScalarFunction[] = [
  define(
    "geo_point_to_s2cell",
    "The token of the S2 cell around the point, of level 0 to 30, else 11; empty for a point or a level that is none.",
    rowwise([longitude, latitude, level], "string", (lng, lat, depth) => kernels.get().cellAround(lng, lat, depth)),
  ),

  define(
    "geo_s2cell_to_central_point",
    "The centre of an S2 cell, as a GeoJSON point; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => kernels.get().centre(token)),
  ),

  define(
    "geo_s2cell_to_polygon",
    "An S2 cell as a GeoJSON polygon; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => kernels.get().polygonOfCell(token)),
  ),

  define(
    "geo_s2cell_neighbors",
    "The tokens of the eight cells around; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => kernels.get().neighbours(token)),
  ),

  define(
    "geo_polygon_to_s2cells",
    "The tokens of the S2 cells of a level (0 to 30, else 11) that cover the polygon; null for more than 65536 cells.",
    rowwise([polygon, level, radius], "dynamic", (area, depth, metres) =>
      kernels.get().coverPolygon(area, depth, metres),
    ),
  ),

  define(
    "geo_line_to_s2cells",
    "The tokens of the S2 cells of a level (0 to 30, else 11) that cover the line; null for more than 65536 cells.",
    rowwise([lineString, level, radius], "dynamic", (line, depth, metres) =>
      kernels.get().coverLine(line, depth, metres),
    ),
  ),
];
