import { family } from "../../family.ts";
import { library } from "../../library.ts";
import { rowwise } from "../../lift.ts";
import { type Overload, required, type ScalarFunction } from "../../signature.ts";
import { lineString, polygon } from "./arguments.ts";

/*
 * What geometries have in common, and what they make together. Where the documentation does not say what comes out
 * (several separate points, borders that run along one another), nothing does.
 */

const kernels = library(() => import("./overlay-kernels.ts"));
const declare = family({ docs: "https://learn.microsoft.com/kusto/query" });

function define(name: string, summary: string, overload: Overload): ScalarFunction {
  return declare({ name, library: kernels }, summary, overload);
}

const twoLines = [required("lineString1", "dynamic"), required("lineString2", "dynamic")] as const;
const twoPolygons = [required("polygon1", "dynamic"), required("polygon2", "dynamic")] as const;

export const geoOverlayFunctions: readonly ScalarFunction[] = [
  define(
    "geo_intersects_2lines",
    "True when the lines cross or share a point; null for a value that is no line.",
    rowwise(twoLines, "bool", (left, right) => kernels.get().linesIntersect(left, right)),
  ),

  define(
    "geo_intersects_line_with_polygon",
    "True when a part of the line lies in the polygon; null for a line or a polygon that is none.",
    rowwise([lineString, polygon], "bool", (line, area) => kernels.get().lineIntersectsPolygon(line, area)),
  ),

  define(
    "geo_intersects_2polygons",
    "True when the polygons overlap or share a point; null for a value that is no polygon.",
    rowwise(twoPolygons, "bool", (left, right) => kernels.get().polygonsIntersect(left, right)),
  ),

  define(
    "geo_intersection_2lines",
    "The point or the line that both lines share, as GeoJSON; an empty collection where there is none.",
    rowwise(twoLines, "dynamic", (left, right) => kernels.get().intersectionOfLines(left, right)),
  ),

  define(
    "geo_intersection_line_with_polygon",
    "The part of the line that lies in the polygon, as GeoJSON; an empty collection where there is none.",
    rowwise([lineString, polygon], "dynamic", (line, area) => kernels.get().partInPolygon(line, area)),
  ),

  define(
    "geo_intersection_2polygons",
    "What both polygons cover, as GeoJSON; an empty collection where that is nothing.",
    rowwise(twoPolygons, "dynamic", (left, right) => kernels.get().intersectionOfPolygons(left, right)),
  ),

  define(
    "geo_union_polygons_array",
    "What the polygons of the array cover together, as GeoJSON; null where one of them is none.",
    rowwise([required("polygons", "dynamic")], "dynamic", (polygons) => kernels.get().unitePolygons(polygons)),
  ),

  define(
    "geo_union_lines_array",
    "The lines of the array with what they share only once, as GeoJSON; null where one of them is none.",
    rowwise([required("lineStrings", "dynamic")], "dynamic", (lines) => kernels.get().uniteLines(lines)),
  ),
];
