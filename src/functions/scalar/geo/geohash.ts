import {
  geohashNeighbours,
  geohashOf,
  geohashRectangle,
  longestGeohash,
  type Rectangle,
} from "../../algorithms/geo/geohash.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { latitude, longitude, positionArgument, wholeArgument } from "./arguments.ts";
import { geometry } from "./geometry.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const geohash = required("geohash", "string");

export const geohashFunctions: readonly ScalarFunction[] = [
  define(
    "geo_point_to_geohash",
    "The geohash of the point, of 1 to 18 letters, 5 where nothing else is said; empty for a point or a length that is none.",
    rowwise([longitude, latitude, optional("accuracy", "number")], "string", (lng, lat, accuracy) => {
      const position = positionArgument(lng, lat);
      const length = wholeArgument(accuracy, 5, [1, longestGeohash], 2);
      return position && length !== undefined ? geohashOf(position, length) : "";
    }),
  ),

  define(
    "geo_geohash_to_central_point",
    "The centre of the cell of a geohash, as a GeoJSON point; null for text that is none.",
    rowwise([geohash], "dynamic", (text) => {
      const cell = geohashRectangle(text);
      return cell ? geometry("Point", [(cell.west + cell.east) / 2, (cell.south + cell.north) / 2]) : null;
    }),
  ),

  define(
    "geo_geohash_to_polygon",
    "The cell of a geohash, as a GeoJSON polygon; null for text that is none.",
    rowwise([geohash], "dynamic", (text) => {
      const cell = geohashRectangle(text);
      return cell ? geometry("Polygon", [ring(cell)]) : null;
    }),
  ),

  define(
    "geo_geohash_neighbors",
    "The geohashes of the eight cells around; null for text that is no geohash.",
    rowwise([geohash], "dynamic", (text) => {
      const cell = geohashRectangle(text);
      if (!cell) return null;
      if (cell.north === 90 || cell.south === -90)
        throw new Refusal(0, "a cell at a pole does not have neighbours all around");
      return geohashNeighbours(cell, text.length);
    }),
  ),
];

function ring({ west, east, south, north }: Rectangle) {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
