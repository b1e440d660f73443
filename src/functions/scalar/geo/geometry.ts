import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import { realOf } from "../../../data/json.ts";
import { type Point, type Position, positionOf } from "../../algorithms/geo/sphere.ts";

/* GeoJSON from positions: RFC 7946. */

export type Geometry = Dynamic;

export function geometry(type: string, coordinates: Dynamic): Geometry {
  return new Map<string, Dynamic>([
    ["type", type],
    ["coordinates", reals(coordinates)],
  ]);
}

/** Coordinates are reals, also where they are whole; 0 has no sign. */
function reals(value: Dynamic): Dynamic {
  if (typeof value === "number") return realOf(value + 0);
  return isArray(value) ? value.map(reals) : value;
}

export function pointGeometry(point: Point): Geometry {
  return geometry("Point", positionOf(point));
}

export function geometryCollection(geometries: readonly Geometry[]): Geometry {
  return new Map<string, Dynamic>([
    ["type", "GeometryCollection"],
    ["geometries", geometries],
  ]);
}

/** The position; undefined where there is none on Earth. */
export function validPosition(longitude: number | undefined, latitude: number | undefined): Position | undefined {
  if (longitude === undefined || latitude === undefined) return undefined;
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
}
