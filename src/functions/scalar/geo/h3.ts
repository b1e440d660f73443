import type { Dynamic } from "../../../data/dynamic.ts";
import { areaOf } from "../../algorithms/geo/overlay.ts";
import { earthRadius, type Position } from "../../algorithms/geo/sphere.ts";
import { type FunctionSpec, family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, longitude, polygon, positionArgument, refuseRadius, wholeArgument } from "./arguments.ts";
import { geometry, polygonArgument } from "./geojson.ts";

/* Cells of the H3 grid: https://h3geo.org. Their arithmetic is Uber's own library, loaded when a query calls one of these. */

const h3 = library(() => import("h3-js"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(spec: FunctionSpec["name"], summary: string, overload: Overload): ScalarFunction {
  return declare({ name: spec, library: h3 }, summary, overload);
}

const h3cell = required("h3cell", "string");
const resolution = optional("resolution", "number");
const resolutions = [0, 15] as const;
const usualResolution = 6;
/** More cells than this make a null. */
const mostCells = 61_680;

export const h3Functions: readonly ScalarFunction[] = [
  define(
    "geo_point_to_h3cell",
    "The H3 cell around the point, of resolution 0 to 15, else 6; empty for a point or a resolution that is none.",
    rowwise([longitude, latitude, resolution], "string", (lng, lat, given) => {
      const position = positionArgument(lng, lat);
      const depth = wholeArgument(given, usualResolution, resolutions, 2);
      return position && depth !== undefined ? h3.get().latLngToCell(position[1], position[0], depth) : "";
    }),
  ),

  define(
    "geo_h3cell_to_central_point",
    "The centre of an H3 cell, as a GeoJSON point; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) => {
      if (!isCell(cell)) return null;
      const [lat, lng] = h3.get().cellToLatLng(cell);
      return geometry("Point", [lng, lat]);
    }),
  ),

  define(
    "geo_h3cell_to_polygon",
    "An H3 cell as a GeoJSON polygon; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) =>
      isCell(cell) ? geometry("Polygon", [h3.get().cellToBoundary(cell, true)]) : null,
    ),
  ),

  define(
    "geo_h3cell_neighbors",
    "The cells around an H3 cell: six, around a pentagon five; null for text that is none.",
    rowwise([h3cell], "dynamic", (cell) => (isCell(cell) ? h3.get().gridDisk(cell, 1).slice(1) : null)),
  ),

  define(
    "geo_h3cell_rings",
    "The rings of cells around an H3 cell up to a distance of 142, the cell itself first; null for arguments that are none.",
    rowwise([h3cell, required("distance", "number")], "dynamic", (cell, given) => {
      const distance = wholeArgument(given, 0, [0, 142], 1);
      return isCell(cell) && distance !== undefined ? h3.get().gridDiskDistances(cell, distance) : null;
    }),
  ),

  define(
    "geo_h3cell_children",
    "The cells of a finer resolution, by one where nothing else is said and by five at most; null beyond that.",
    rowwise([h3cell, resolution], "dynamic", (cell, given) => {
      if (!isCell(cell)) return null;
      const own = h3.get().getResolution(cell);
      const depth = wholeArgument(given, own + 1, [1, 15], 1);
      return depth === undefined || depth < own || depth > own + 5 ? null : h3.get().cellToChildren(cell, depth);
    }),
  ),

  define(
    "geo_h3cell_parent",
    "The cell of a coarser resolution, by one where nothing else is said; empty where there is none.",
    rowwise([h3cell, resolution], "string", (cell, given) => {
      if (!isCell(cell)) return "";
      const own = h3.get().getResolution(cell);
      const depth = wholeArgument(given, own - 1, [0, 14], 1);
      return depth === undefined || depth > own ? "" : h3.get().cellToParent(cell, depth);
    }),
  ),

  define(
    "geo_h3cell_level",
    "The resolution of an H3 cell, 0 to 15; null for text that is none.",
    rowwise([h3cell], "int", (cell) => (isCell(cell) ? h3.get().getResolution(cell) : null)),
  ),

  define(
    "geo_polygon_to_h3cells",
    "The H3 cells of a resolution (0 to 15, else 6) whose centre lies in the polygon, in no particular order; null for more than 61680 cells.",
    rowwise([polygon, resolution, optional("radius", "number")], "dynamic", (value, given, radius) => {
      refuseRadius(radius, 2);
      const shape = polygonArgument(value, 0);
      const depth = wholeArgument(given, usualResolution, resolutions, 1);
      if (!shape || depth === undefined) return null;
      const { getHexagonAreaAvg, polygonToCells } = h3.get();
      // Far too many need not be counted: cells of one resolution differ by less than a factor of two.
      const squareMetres = areaOf(shape.polygons) * earthRadius ** 2;
      if (squareMetres / getHexagonAreaAvg(depth, "m2") > 4 * mostCells * shape.polygons.length) return null;
      const cells = new Set(shape.positions.flatMap((rings) => polygonToCells(rings.map(mutable), depth, true)));
      return cells.size > mostCells ? null : ([...cells] satisfies Dynamic);
    }),
  ),
];

function mutable(ring: readonly Position[]): number[][] {
  return ring.map(([lng, lat]) => [lng, lat]);
}

function isCell(text: string): boolean {
  return /^[0-9a-f]{15}$/i.test(text) && h3.get().isValidCell(text);
}
