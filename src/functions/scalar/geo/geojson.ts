import { type Bag, type Dynamic, isArray, isBag, isTyped } from "../../../data/dynamic.ts";
import { unionOf } from "../../algorithms/geo/overlay.ts";
import { areOpposite, type Polygon, polygonOf } from "../../algorithms/geo/polygon.ts";
import { type Point, type Position, pointAt, positionOf, samePoint } from "../../algorithms/geo/sphere.ts";
import { Refusal } from "../../refusal.ts";
import { type Geometry, geometry, validPosition } from "./geometry.ts";

/*
 * Geometries in GeoJSON: RFC 7946, and what Kusto asks of it beyond that. What is not valid is undefined here and null in
 * the result.
 */

export interface LineArgument {
  readonly kind: "LineString" | "MultiLineString";
  readonly positions: readonly (readonly Position[])[];
  readonly lines: readonly (readonly Point[])[];
}

export interface PolygonArgument {
  readonly kind: "Polygon" | "MultiPolygon";
  /** Polygon, ring, position; the last position of a ring is the first one again. */
  readonly positions: readonly (readonly (readonly Position[])[])[];
  readonly polygons: readonly Polygon[];
}

/** The same value comes with every row: a literal of the query, a polygon that many rows are joined to. */
function remembering<T>(read: (bag: Bag, argument: number) => T | undefined) {
  const known = new WeakMap<Bag, { readonly shape: T | undefined }>();
  return (value: Dynamic, argument: number): T | undefined => {
    if (!isBag(value)) return undefined;
    const before = known.get(value);
    if (before) return before.shape;
    const shape = read(value, argument);
    known.set(value, { shape });
    return shape;
  };
}

/** A LineString or MultiLineString; undefined where the value is no valid one. */
export const lineArgument = remembering<LineArgument>((bag, argument) => {
  const kind = bag.get("type");
  if (kind !== "LineString" && kind !== "MultiLineString") return undefined;
  const coordinates = bag.get("coordinates") ?? null;
  const lists = kind === "LineString" ? [coordinates] : listOf(coordinates, (item) => item);
  const positions = lists?.map((list) => listOf(list, (item) => positionIn(item, argument)));
  if (!positions || positions.length === 0 || !positions.every((line) => line !== undefined)) return undefined;
  const lines = positions.map((line) => line.map(pointAt));
  if (lines.some((line) => line.length < 2)) return undefined;
  for (const line of lines) {
    for (const [i, point] of line.entries()) {
      const next = line[i + 1];
      if (!next) continue;
      if (areOpposite(point, next)) return undefined;
      if (samePoint(point, next)) throw new Refusal(argument, "a line that stays at one point is not supported");
    }
  }
  return { kind, positions, lines };
});

/** A Polygon or MultiPolygon; undefined where the value is no valid one. */
export const polygonArgument = remembering<PolygonArgument>((bag, argument) => {
  const kind = bag.get("type");
  if (kind !== "Polygon" && kind !== "MultiPolygon") return undefined;
  const coordinates = bag.get("coordinates") ?? null;
  const lists = kind === "Polygon" ? [coordinates] : listOf(coordinates, (item) => item);
  const positions = lists?.map((rings) => listOf(rings, (ring) => listOf(ring, (item) => positionIn(item, argument))));
  if (!positions || positions.length === 0 || !positions.every((rings) => rings !== undefined)) return undefined;
  const polygons: Polygon[] = [];
  for (const rings of positions) {
    if (!rings.every(isClosed)) return undefined;
    const polygon = polygonOf(rings.map((ring) => ring.slice(0, -1).map(pointAt)));
    if (polygon === "invalid") return undefined;
    if (polygon === "strayHole")
      throw new Refusal(argument, "a hole that lies outside of its polygon is not supported");
    polygons.push(polygon);
  }
  return { kind, positions, polygons };
});

function isClosed(ring: readonly Position[]): boolean {
  const first = ring[0];
  const last = ring[ring.length - 1];
  return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
}

/** Every item of the array read; undefined where one cannot be. */
function listOf<T>(value: Dynamic, read: (item: Dynamic) => T | undefined): T[] | undefined {
  if (!isArray(value)) return undefined;
  const items = value.map(read);
  return items.every((item) => item !== undefined) ? items : undefined;
}

function positionIn(value: Dynamic, argument: number): Position | undefined {
  if (!isArray(value) || value.length < 2) return undefined;
  const [longitude, latitude] = value.map(numberIn);
  const position = validPosition(longitude, latitude);
  if (position && value.length > 2) throw new Refusal(argument, "a position with an altitude is not supported");
  return position;
}

function numberIn(value: Dynamic): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  return isTyped(value) && (value.typed === "real" || value.typed === "int" || value.typed === "decimal")
    ? Number(value.value)
    : undefined;
}

/** One line or several. */
export function lineGeometry(lines: readonly (readonly Point[])[]): Geometry {
  const [first, ...others] = lines.map((line) => line.map(positionOf));
  return others.length === 0 && first
    ? geometry("LineString", first)
    : geometry("MultiLineString", first ? [first, ...others] : []);
}

/** One polygon or several; holes run clockwise. */
export function polygonGeometry(polygons: readonly Polygon[]): Geometry {
  const rings = polygons.map(({ shell, holes }) => [
    ring(shell.points),
    ...holes.map((hole) => ring(hole.points.toReversed())),
  ]);
  const [first, ...others] = rings;
  return others.length === 0 && first ? geometry("Polygon", first) : geometry("MultiPolygon", rings);
}

function ring(points: readonly Point[]): readonly Position[] {
  return [...points, ...points.slice(0, 1)].map(positionOf);
}

const united = new WeakMap<PolygonArgument, readonly Polygon[]>();

/** The polygons without what they have in common: as they are where there is but one. */
export function unitedPolygons(shape: PolygonArgument): readonly Polygon[] {
  if (shape.polygons.length === 1) return shape.polygons;
  const known = united.get(shape);
  if (known) return known;
  const polygons = unionOf(shape.polygons.map((polygon) => [polygon]));
  united.set(shape, polygons);
  return polygons;
}
