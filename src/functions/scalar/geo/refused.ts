import type { ScalarType } from "../../../data/types.ts";
import { family } from "../../family.ts";
import { columnar } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { type Overload, optional, type Param, required, type ScalarFunction } from "../../signature.ts";
import { latitude, lineString, longitude, polygon } from "./arguments.ts";

/* Geospatial functions whose results nobody documents, or that need what is not here. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const radius = required("radius", "number");
const tolerance = optional("tolerance", "number");

const buffers = "the documentation shows none of the polygons that it makes";
const simplifies = "which points it leaves out is not documented";

export const refusedGeoFunctions: readonly ScalarFunction[] = [
  refused("geo_point_buffer", [longitude, latitude, radius, tolerance], "dynamic", buffers),
  refused("geo_line_buffer", [lineString, radius, tolerance], "dynamic", buffers),
  refused("geo_polygon_buffer", [polygon, radius, tolerance], "dynamic", buffers),
  refused("geo_line_simplify", [lineString, tolerance], "dynamic", simplifies),
  refused("geo_polygon_simplify", [polygon, tolerance], "dynamic", simplifies),
  refused("geo_simplify_polygons_array", [required("polygons", "dynamic"), tolerance], "dynamic", simplifies),
  define(
    "geo_info_from_ip_address",
    "A bag with country, state, city, latitude and longitude of an IP address, out of a table that the engine is given.",
    refusal(
      "geo_info_from_ip_address",
      [required("ip", "string")],
      "dynamic",
      "it needs a table of networks and their places: give one with `--locations FILE.csv`",
    ),
  ),
];

function refused(name: string, params: readonly Param[], returns: ScalarType, why: string): ScalarFunction {
  return define(name, `Not supported: ${why}.`, refusal(name, params, returns, why));
}

function refusal(name: string, params: readonly Param[], returns: ScalarType, why: string): Overload {
  return columnar(params, returns, () => {
    throw new Refusal(name, why);
  });
}
