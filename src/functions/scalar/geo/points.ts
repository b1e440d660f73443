import type { Cell } from "../../../data/column.ts";
import { angle, azimuth, earthRadius, type Point } from "../../algorithms/geo/sphere.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { pointArgument, refuseSpheroid } from "./arguments.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const p1 = [required("p1_longitude", "number"), required("p1_latitude", "number")] as const;
const p2 = [required("p2_longitude", "number"), required("p2_latitude", "number")] as const;
const p3 = [required("p3_longitude", "number"), required("p3_latitude", "number")] as const;

export const geoPointFunctions: readonly ScalarFunction[] = [
  define(
    "geo_distance_2points",
    "The shortest distance in metres between two points of the Earth, taken as a sphere; null for a point that is none.",
    rowwise([...p1, ...p2, optional("use_spheroid", "number")], "real", distance),
    rowwise([...p1, ...p2, optional("use_spheroid", "bool")], "real", distance),
  ),

  define(
    "geo_azimuth",
    "The direction of the second point as seen from the first, in radians clockwise from north; null for equal or opposite points.",
    rowwise([...p1, ...p2], "real", (lng1, lat1, lng2, lat2) => {
      const from = pointArgument(lng1, lat1);
      const to = pointArgument(lng2, lat2);
      return from && to ? (direction(from, to, lat1, 1) ?? null) : null;
    }),
  ),

  define(
    "geo_angle",
    "The angle in radians at the second point, clockwise from the way to the first to the way to the third.",
    rowwise([...p1, ...p2, ...p3], "real", (lng1, lat1, lng2, lat2, lng3, lat3) => {
      const first = pointArgument(lng1, lat1);
      const at = pointArgument(lng2, lat2);
      const last = pointArgument(lng3, lat3);
      if (!first || !at || !last) return null;
      const before = direction(at, first, lat2, 3);
      const after = direction(at, last, lat2, 3);
      if (before === undefined || after === undefined) return null;
      return after < before ? after - before + 2 * Math.PI : after - before;
    }),
  ),

  define(
    "geo_point_in_circle",
    "True when the point lies in the circle, whose radius is in metres along the sphere; null for a point or circle that is none.",
    rowwise(
      [
        required("p_longitude", "number"),
        required("p_latitude", "number"),
        required("pc_longitude", "number"),
        required("pc_latitude", "number"),
        required("c_radius", "number"),
      ],
      "bool",
      (lng, lat, centreLng, centreLat, radius) => {
        const point = pointArgument(lng, lat);
        const centre = pointArgument(centreLng, centreLat);
        return point && centre && Number(radius) > 0 ? angle(point, centre) * earthRadius <= Number(radius) : null;
      },
    ),
  ),
];

type Given = NonNullable<Cell>;

function distance(lng1: Given, lat1: Given, lng2: Given, lat2: Given, spheroid: Given | undefined): number | null {
  refuseSpheroid(spheroid, 4);
  const from = pointArgument(lng1, lat1);
  const to = pointArgument(lng2, lat2);
  return from && to ? angle(from, to) * earthRadius : null;
}

function direction(from: Point, to: Point, lat: Given, argument: number): number | undefined {
  if (Math.abs(Number(lat)) === 90) throw new Refusal(argument, "a pole has no direction north");
  return azimuth(from, to);
}
