import { edgesOfLines } from "../../algorithms/geo/line-overlay.ts";
import { polygonContains } from "../../algorithms/geo/polygon.ts";
import { regionOf } from "../../algorithms/geo/region.ts";
import {
  centreOf,
  cornersOf,
  deepestLevel,
  neighboursOf,
  squareAround,
  squareOfToken,
  tokenOf,
} from "../../algorithms/geo/s2-cell.ts";
import { covering } from "../../algorithms/geo/s2-covering.ts";
import { positionOf } from "../../algorithms/geo/sphere.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, lineString, longitude, pointArgument, polygon, refuseRadius, wholeArgument } from "./arguments.ts";
import { geometry, lineArgument, pointGeometry, polygonArgument, unitedPolygons } from "./geojson.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const s2cell = required("s2cell", "string");
const level = optional("level", "number");
const levels = [0, deepestLevel] as const;
const usualLevel = 11;
/** More cells than this make a null. */
const mostCells = 65_536;

export const s2Functions: readonly ScalarFunction[] = [
  define(
    "geo_point_to_s2cell",
    "The token of the S2 cell around the point, of level 0 to 30, else 11; empty for a point or a level that is none.",
    rowwise([longitude, latitude, level], "string", (lng, lat, given) => {
      const point = pointArgument(lng, lat);
      const depth = wholeArgument(given, usualLevel, levels, 2);
      return point && depth !== undefined ? tokenOf(squareAround(point, depth)) : "";
    }),
  ),

  define(
    "geo_s2cell_to_central_point",
    "The centre of an S2 cell, as a GeoJSON point; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => {
      const square = squareOfToken(token);
      return square ? pointGeometry(centreOf(square)) : null;
    }),
  ),

  define(
    "geo_s2cell_to_polygon",
    "An S2 cell as a GeoJSON polygon; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => {
      const square = squareOfToken(token);
      if (!square) return null;
      const corners = cornersOf(square).map(positionOf);
      return geometry("Polygon", [[...corners, corners[0]!]]);
    }),
  ),

  define(
    "geo_s2cell_neighbors",
    "The tokens of the eight cells around; null for text that is no token.",
    rowwise([s2cell], "dynamic", (token) => {
      const square = squareOfToken(token);
      if (!square) return null;
      const tokens = neighboursOf(square).map(tokenOf);
      if (new Set([...tokens, tokenOf(square)]).size < 9)
        throw new Refusal(0, "a cell where three faces of the cube meet does not have eight neighbours");
      return [7, 0, 1, 2, 3, 5, 4, 6].map((at) => tokens[at]!);
    }),
  ),

  define(
    "geo_polygon_to_s2cells",
    "The tokens of the S2 cells of a level (0 to 30, else 11) that cover the polygon; null for more than 65536 cells.",
    rowwise([polygon, level, optional("radius", "number")], "dynamic", (value, given, radius) => {
      refuseRadius(radius, 2);
      const shape = polygonArgument(value, 0);
      const depth = wholeArgument(given, usualLevel, levels, 1);
      if (!shape || depth === undefined) return null;
      const polygons = unitedPolygons(shape);
      const cells = covering(
        regionOf(polygons).edges,
        (point) => polygons.some((each) => polygonContains(each, point)),
        depth,
        mostCells,
      );
      return cells?.map(tokenOf) ?? null;
    }),
  ),

  define(
    "geo_line_to_s2cells",
    "The tokens of the S2 cells of a level (0 to 30, else 11) that cover the line; null for more than 65536 cells.",
    rowwise([lineString, level, optional("radius", "number")], "dynamic", (value, given, radius) => {
      refuseRadius(radius, 2);
      const line = lineArgument(value, 0);
      const depth = wholeArgument(given, usualLevel, levels, 1);
      if (!line || depth === undefined) return null;
      return covering(edgesOfLines(line.lines), () => false, depth, mostCells)?.map(tokenOf) ?? null;
    }),
  ),
];
