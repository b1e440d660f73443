import type { Batches } from "../../data/batch.ts";
import { isNumeric, type Schema } from "../../data/types.ts";
import { library } from "../library.ts";
import type { PluginCall, PluginParam, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, constantOf } from "./arguments.ts";
import type { Radius, ShapeKind } from "./geo-lookup-kernels.ts";
import { addedColumns, joinedColumns, joinLookup } from "./lookup-join.ts";

/* geo_polygon_lookup and geo_line_lookup: points of the input, shapes of the lookup table. */

const kernels = library(() => import("./geo-lookup-kernels.ts"));

export function geoLookupParams(lookupKey: string, radius: "required" | "optional"): readonly PluginParam[] {
  return [
    { name: "LookupTable", kind: "table", presence: "required" },
    { name: lookupKey, kind: "lookup", type: "dynamic", presence: "required" },
    { name: "SourceLongitude", kind: "column", presence: "required" },
    { name: "SourceLatitude", kind: "column", presence: "required" },
    { name: "radius", kind: "constant", type: "real", presence: radius },
    { name: "return_unmatched", kind: "constant", type: "bool", presence: "optional" },
    // Tells the cluster how to spread the work; the result is the same with any.
    { name: "lookup_area_radius", kind: "constant", type: "real", presence: "optional" },
    { name: "return_lookup_key", kind: "constant", type: "bool", presence: "optional" },
  ];
}

export function geoLookupSchema(call: PluginCall, lookupKey: string): Schema {
  for (const name of ["SourceLongitude", "SourceLatitude"]) {
    const column = argumentOf(call, name, "column");
    if (!isNumeric(column.type)) throw new Refusal(name, `\`${column.name}\` is ${column.type}, not a number`);
  }
  radiusOf(call);
  return joinedColumns(call, columnsAdded(call, lookupKey));
}

export async function* runGeoLookup(run: PluginRun, lookupKey: string, kind: ShapeKind): Batches {
  await kernels.load();
  const { matchesNear, shapesOf } = kernels.get();
  const lookup = run.tables[0]!;
  const column = lookup.column(argumentOf(run, lookupKey, "lookup").index);
  const shapes = shapesOf(column, lookup.length, kind, radiusOf(run));
  const longitude = argumentOf(run, "SourceLongitude", "column").index;
  const latitude = argumentOf(run, "SourceLatitude", "column").index;
  yield* joinLookup(run, columnsAdded(run, lookupKey), (batch) => matchesNear(shapes, batch, longitude, latitude));
}

function radiusOf(call: PluginCall): Radius {
  const radius = constantOf(call, "radius");
  if (radius === undefined) return undefined;
  if (typeof radius === "number" && radius >= 0) return radius;
  throw new Refusal("radius", "the radius is a distance in metres, and none below 0");
}

/** The shapes themselves come out only where they are asked for. */
function columnsAdded(call: PluginCall, lookupKey: string): readonly number[] {
  const returned = constantOf(call, "return_lookup_key") === true;
  return addedColumns(call, new Set(returned ? [] : [argumentOf(call, lookupKey, "lookup").index]));
}
