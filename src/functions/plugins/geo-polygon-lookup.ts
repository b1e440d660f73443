import type { PluginDefinition } from "../plugin.ts";
import { geoLookupParams, geoLookupSchema, runGeoLookup } from "./geo-lookup.ts";

const lookupKey = "LookupPolygonKey";

export const geoPolygonLookup: PluginDefinition = {
  kind: "plugin",
  name: "geo_polygon_lookup",
  aliases: [],
  summary:
    "Rows of the input joined to every row of the lookup table whose polygon contains their point, or is at most the radius in metres away.",
  docs: "https://learn.microsoft.com/kusto/query/geo-polygon-lookup-plugin",
  params: geoLookupParams(lookupKey, "optional"),
  schema: { from: "arguments", of: (call) => geoLookupSchema(call, lookupKey) },
  run: (run) => runGeoLookup(run, lookupKey, "polygon"),
};
