import {
  cellToBoundary,
  cellToChildren,
  cellToLatLng,
  cellToParent,
  getHexagonAreaAvg,
  getResolution,
  gridDisk,
  gridDiskDistances,
  isValidCell,
  latLngToCell,
  polygonToCells,
} from "h3-js";
import type { Cell } from "../../../data/column.ts";
import type { Dynamic } from "../../../data/dynamic.ts";
import { areaOf } from "../../algorithms/geo/overlay.ts";
import { earthRadius, type Position } from "../../algorithms/geo/sphere.ts";
import { positionArgument, refuseRadius, wholeArgument } from "./arguments.ts";
import { polygonArgument } from "./geojson.ts";
import { type Geometry, geometry } from "./geometry.ts";

/* The kernels of h3.ts. */

type Given = NonNullable<Cell>;

/** More cells than this make a null. */
const mostCells = 61_680;

function resolutionArgument(given: Given | undefined, argument: number): number | undefined {
  return wholeArgument(given, 6, [0, 15], argument);
}

function isCell(text: string): boolean {
  return /^[0-9a-f]{15}$/i.test(text) && isValidCell(text);
}

export function cellAround(lng: Given, lat: Given, resolution: Given | undefined): string {
  const position = positionArgument(lng, lat);
  const depth = resolutionArgument(resolution, 2);
  return position && depth !== undefined ? latLngToCell(position[1], position[0], depth) : "";
}

export function centre(cell: string): Geometry | null {
  if (!isCell(cell)) return null;
  const [lat, lng] = cellToLatLng(cell);
  return geometry("Point", [lng, lat]);
}

export function polygonOfCell(cell: string): Geometry | null {
  return isCell(cell) ? geometry("Polygon", [cellToBoundary(cell, true)]) : null;
}

export function neighbours(cell: string): Dynamic {
  return isCell(cell) ? gridDisk(cell, 1).slice(1) : null;
}

export function rings(cell: string, given: Given): Dynamic {
  const distance = wholeArgument(given, 0, [0, 142], 1);
  return isCell(cell) && distance !== undefined ? gridDiskDistances(cell, distance) : null;
}

export function children(cell: string, resolution: Given | undefined): Dynamic {
  if (!isCell(cell)) return null;
  const own = getResolution(cell);
  const depth = wholeArgument(resolution, own + 1, [1, 15], 1);
  return depth === undefined || depth < own || depth > own + 5 ? null : cellToChildren(cell, depth);
}

export function parent(cell: string, resolution: Given | undefined): string {
  if (!isCell(cell)) return "";
  const own = getResolution(cell);
  const depth = wholeArgument(resolution, own - 1, [0, 14], 1);
  return depth === undefined || depth > own ? "" : cellToParent(cell, depth);
}

export function level(cell: string): number | null {
  return isCell(cell) ? getResolution(cell) : null;
}

export function fillPolygon(value: Dynamic, resolution: Given | undefined, radius: Given | undefined): Dynamic {
  refuseRadius(radius, 2);
  const shape = polygonArgument(value, 0);
  const depth = resolutionArgument(resolution, 1);
  if (!shape || depth === undefined) return null;
  // Far too many need not be counted: cells of one resolution differ by less than a factor of two.
  const squareMetres = areaOf(shape.polygons) * earthRadius ** 2;
  if (squareMetres / getHexagonAreaAvg(depth, "m2") > 4 * mostCells * shape.polygons.length) return null;
  const cells = new Set(shape.positions.flatMap((polygon) => polygonToCells(polygon.map(mutable), depth, true)));
  return cells.size > mostCells ? null : [...cells];
}

function mutable(ring: readonly Position[]): number[][] {
  return ring.map(([lng, lat]) => [lng, lat]);
}
