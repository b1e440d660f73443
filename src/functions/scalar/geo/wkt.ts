import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import type { Position } from "../../algorithms/geo/sphere.ts";
import { parseWkt, type WktGeometry } from "../../algorithms/geo/wkt.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { required, type ScalarFunction } from "../../signature.ts";
import { type Geometry, geometry, geometryCollection, validPosition } from "./geometry.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const wktFunctions: readonly ScalarFunction[] = [
  define(
    "geo_from_wkt",
    "The geometry in well-known text, as GeoJSON; null for text that is none.",
    rowwise([required("wkt", "string")], "dynamic", (text) => geometryIn(text)),
    rowwise([required("wkt", "dynamic")], "dynamic", (value) => {
      if (isArray(value)) throw new Refusal(0, "an array of texts is not supported");
      return typeof value === "string" ? geometryIn(value) : null;
    }),
  ),
];

function geometryIn(text: string): Dynamic {
  const found = parseWkt(text);
  return found ? geoJson(found) : null;
}

function geoJson(given: WktGeometry): Geometry {
  switch (given.kind) {
    case "GeometryCollection":
      return geometryCollection(given.geometries.map(geoJson));
    case "Point":
      return geometry(given.kind, onEarth(given.coordinates));
    case "LineString":
    case "MultiPoint":
      return geometry(given.kind, given.coordinates.map(onEarth));
    case "Polygon":
    case "MultiLineString":
      return geometry(
        given.kind,
        given.coordinates.map((line) => line.map(onEarth)),
      );
    case "MultiPolygon":
      return geometry(
        given.kind,
        given.coordinates.map((rings) => rings.map((ring) => ring.map(onEarth))),
      );
  }
}

function onEarth([longitude, latitude]: Position): Position {
  const position = validPosition(longitude, latitude);
  if (!position) throw new Refusal(0, "a position that is not on Earth is not supported");
  return position;
}
