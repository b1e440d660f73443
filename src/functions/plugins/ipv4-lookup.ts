import { networkBase, parseIpv4 } from "../algorithms/ipv4.ts";
import type { PluginDefinition } from "../plugin.ts";
import { type AddressFamily, lookupSchema, runLookup } from "./ip-lookup.ts";

const ipv4: AddressFamily = {
  words: 1,
  parse: (text, words) => {
    const ip = parseIpv4(text);
    if (!ip) return -1;
    words[0] = networkBase(ip.address, ip.length);
    return ip.length;
  },
  sourceKey: "SourceIPv4Key",
  lookupKey: "IPv4LookupKey",
  first: "source",
};

export const ipv4Lookup: PluginDefinition = {
  kind: "plugin",
  name: "ipv4_lookup",
  aliases: [],
  summary: "Rows of the input joined to every row of the lookup table whose network contains the address.",
  docs: "https://learn.microsoft.com/kusto/query/ipv4-lookup-plugin",
  params: [
    { name: "LookupTable", kind: "table", presence: "required" },
    { name: ipv4.sourceKey, kind: "column", type: "string", presence: "required" },
    { name: ipv4.lookupKey, kind: "lookup", type: "string", presence: "required" },
    { name: "ExtraKey", kind: "both", presence: "repeated" },
    { name: "return_unmatched", kind: "constant", type: "bool", presence: "optional" },
  ],
  schema: { from: "arguments", of: (call) => lookupSchema(call, ipv4) },
  run: (run) => runLookup(run, ipv4),
};
