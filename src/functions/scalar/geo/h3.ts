import { family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, longitude, polygon } from "./arguments.ts";

/* Cells of the H3 grid: https://h3geo.org. Their arithmetic is Uber's own library. */

const kernels = library(() => import("./h3-kernels.ts"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(name: string, summary: string, overload: Overload): ScalarFunction {
  return declare({ name, library: kernels }, summary, overload);
}

const h3cell = required("h3cell", "string");
const resolution = optional("resolution", "number");

export const h3Functions: readonly ScalarFunction[] = [
  define(
    "geo_point_to_h3cell",
    "The H3 cell around the point, of resolution 0 to 15, else 6; empty for a point or a resolution that is none.",
    rowwise([longitude, latitude, resolution], "string", (lng, lat, depth) =>
      kernels.get().cellAround(lng, lat, depth),
    ),
  ),

  define(
    "geo_h3cell_to_central_point",
    "The centre of an H3 cell, as a GeoJSON point; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) => kernels.get().centre(cell)),
  ),

  define(
    "geo_h3cell_to_polygon",
    "An H3 cell as a GeoJSON polygon; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) => kernels.get().polygonOfCell(cell)),
  ),

  define(
    "geo_h3cell_neighbors",
    "The cells around an H3 cell: six, around a pentagon five; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) => kernels.get().neighbours(cell)),
  ),

  define(
    "geo_h3cell_rings",
    "The rings of cells around an H3 cell up to a distance of 142, the cell itself first; null for arguments that are none.",
    rowwise([h3cell, required("distance", "number")], "dynamic", (cell, distance) =>
      kernels.get().rings(cell, distance),
    ),
  ),

  define(
    "geo_h3cell_children",
    "The cells of a finer resolution, by one where nothing else is said and by five at most; null beyond that.",
    rowwise([h3cell, resolution], "dynamic", (cell, depth) => kernels.get().children(cell, depth)),
  ),

  define(
    "geo_h3cell_parent",
    "The cell of a coarser resolution, by one where nothing else is said; empty where there is none.",
    rowwise([h3cell, resolution], "string", (cell, depth) => kernels.get().parent(cell, depth)),
  ),

  define(
    "geo_h3cell_level",
    "The resolution of an H3 cell, 0 to 15; null for text that is none.",
    rowwise([h3cell], "int", (cell) => kernels.get().level(cell)),
  ),

  define(
    "geo_polygon_to_h3cells",
    "The H3 cells of a resolution (0 to 15, else 6) whose centre lies in the polygon, in no particular order; null for more than 61680 cells.",
    rowwise([polygon, resolution, optional("radius", "number")], "dynamic", (area, depth, radius) =>
      kernels.get().fillPolygon(area, depth, radius),
    ),
  ),
];
