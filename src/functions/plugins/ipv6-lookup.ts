import type { PluginDefinition } from "../plugin.ts";
import { addresses } from "../scalar/ipv6.ts";
import { type AddressFamily, lookupSchema, runLookup } from "./ip-lookup.ts";

const ipv6: AddressFamily = {
  words: 4,
  parse: (text, words) => {
    const { networkBase6, parseIpv6 } = addresses.get();
    const ip = parseIpv6(text);
    if (!ip) return -1;
    words.set(networkBase6(ip.words, ip.length));
    return ip.length;
  },
  sourceKey: "SourceIPv6Key",
  lookupKey: "IPv6LookupKey",
  first: "lookup",
};

export const ipv6Lookup: PluginDefinition = {
  kind: "plugin",
  name: "ipv6_lookup",
  aliases: [],
  summary:
    "Rows of the input joined to every row of the lookup table whose network contains the address, IPv6 or IPv4.",
  docs: "https://learn.microsoft.com/kusto/query/ipv6-lookup-plugin",
  params: [
    { name: "LookupTable", kind: "table", presence: "required" },
    { name: ipv6.sourceKey, kind: "column", type: "string", presence: "required" },
    { name: ipv6.lookupKey, kind: "lookup", type: "string", presence: "required" },
    { name: "return_unmatched", kind: "constant", type: "bool", presence: "optional" },
  ],
  schema: { from: "arguments", of: (call) => lookupSchema(call, ipv6) },
  async *run(run) {
    await addresses.load();
    yield* runLookup(run, ipv6);
  },
};
