import type { PluginDefinition } from "../plugin.ts";
import { geoLookupParams, geoLookupSchema, runGeoLookup } from "./geo-lookup.ts";

const lookupKey = "LookupLineKey";

export const geoLineLookup: PluginDefinition = {
  kind: "plugin",
  name: "geo_line_lookup",
  aliases: [],
  summary:
    "Rows of the input joined to every row of the lookup table whose line is at most the radius in metres away from their point.",
  docs: "https://learn.microsoft.com/kusto/query/geo-line-lookup-plugin",
  params: geoLookupParams(lookupKey, "required"),
  schema: { from: "arguments", of: (call) => geoLookupSchema(call, lookupKey) },
  run: (run) => runGeoLookup(run, lookupKey, "line"),
};
