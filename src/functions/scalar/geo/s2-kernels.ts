import type { Cell } from "../../../data/column.ts";
import type { Dynamic } from "../../../data/dynamic.ts";
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
import { Refusal } from "../../refusal.ts";
import { pointArgument, refuseRadius, wholeArgument } from "./arguments.ts";
import { lineArgument, polygonArgument, unitedPolygons } from "./geojson.ts";
import { type Geometry, geometry, pointGeometry } from "./geometry.ts";

/* The kernels of s2.ts. */

type Given = NonNullable<Cell>;

/** More cells than this make a null. */
const mostCells = 65_536;

function levelArgument(given: Given | undefined, argument: number): number | undefined {
  return wholeArgument(given, 11, [0, deepestLevel], argument);
}

export function cellAround(lng: Given, lat: Given, level: Given | undefined): string {
  const point = pointArgument(lng, lat);
  const depth = levelArgument(level, 2);
  return point && depth !== undefined ? tokenOf(squareAround(point, depth)) : "";
}

export function centre(token: string): Geometry | null {
  const square = squareOfToken(token);
  return square ? pointGeometry(centreOf(square)) : null;
}

export function polygonOfCell(token: string): Geometry | null {
  const square = squareOfToken(token);
  if (!square) return null;
  const corners = cornersOf(square).map(positionOf);
  return geometry("Polygon", [[...corners, corners[0]!]]);
}

export function neighbours(token: string): Dynamic {
  const square = squareOfToken(token);
  if (!square) return null;
  const tokens = neighboursOf(square).map(tokenOf);
  if (new Set([...tokens, tokenOf(square)]).size < 9)
    throw new Refusal(0, "a cell where three faces of the cube meet does not have eight neighbours");
  return [7, 0, 1, 2, 3, 5, 4, 6].map((at) => tokens[at]!);
}

export function coverPolygon(value: Dynamic, level: Given | undefined, radius: Given | undefined): Dynamic {
  refuseRadius(radius, 2);
  const shape = polygonArgument(value, 0);
  const depth = levelArgument(level, 1);
  if (!shape || depth === undefined) return null;
  const polygons = unitedPolygons(shape);
  const cells = covering(
    regionOf(polygons).edges,
    (point) => polygons.some((each) => polygonContains(each, point)),
    depth,
    mostCells,
  );
  return cells?.map(tokenOf) ?? null;
}

export function coverLine(value: Dynamic, level: Given | undefined, radius: Given | undefined): Dynamic {
  refuseRadius(radius, 2);
  const line = lineArgument(value, 0);
  const depth = levelArgument(level, 1);
  if (!line || depth === undefined) return null;
  return covering(edgesOfLines(line.lines), () => false, depth, mostCells)?.map(tokenOf) ?? null;
}
