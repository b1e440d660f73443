import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openDocument } from "../src/documents/open.ts";

/** The generic queries of one engine. Each gives one row: how many rows the real query has, and a sum over them. */
export type Generic = Readonly<Record<"a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j", string>>;

/** What each of them asks. */
export const genericTitles: Generic = {
  a: "summarize count(), dcount(RemoteIP) by DeviceName, top 10",
  b: 'where RemoteUrl has "login", count by hour',
  c: "join with 1M devices, sum by platform",
  d: "matches regex, extract, count",
  e: "sort by Timestamp desc, take 1000",
  f: "make_set and arg_max by DeviceName",
  g: "parse_json and mv-expand of 1M bags",
  h: "has_any of 100 terms",
  i: "leftanti join with 200k addresses",
  j: "make-series by day and process",
};

/** Shares of the sums by which engines may differ: counts of distinct values are estimates. */
export const tolerances: Partial<Record<keyof Generic, number>> = { a: 0.03 };

export const terms = Array.from({ length: 100 }, (_, i) => `host${i * 83 + 5}`);

export const kqlGeneric: Generic = {
  a: "DeviceNetworkEvents | summarize n = count(), d = dcount(RemoteIP) by DeviceName | top 10 by n | summarize count(), sum(n + d)",
  b: 'DeviceNetworkEvents | where RemoteUrl has "login" | summarize n = count() by bin(Timestamp, 1h) | summarize count(), sum(n)',
  c: "DeviceNetworkEvents | join kind=inner Devices on DeviceId | summarize s = sum(Score) by Platform | summarize count(), sum(s)",
  d: 'DeviceNetworkEvents | where RemoteUrl matches regex @"host\\d+\\.example\\.com/(login|api)" | summarize n = count() by h = extract(@"host(\\d+)\\.", 1, RemoteUrl) | summarize count(), sum(n)',
  e: "DeviceNetworkEvents | sort by Timestamp desc | take 1000 | summarize count(), sum(strlen(RemoteUrl))",
  f: "DeviceNetworkEvents | summarize ips = make_set(RemoteIP, 100), (t, url) = arg_max(Timestamp, RemoteUrl) by DeviceName | summarize count(), sum(array_length(ips) + strlen(url))",
  g: "Bags | mv-expand item = parse_json(Fields).items | where isnotnull(item) | summarize count(), sum(tolong(item.v))",
  h: `DeviceNetworkEvents | where RemoteUrl has_any (${terms.map((term) => `"${term}"`).join(", ")}) | summarize count(), count()`,
  i: "DeviceNetworkEvents | join kind=leftanti Known on RemoteIP | summarize count(), count()",
  j: "DeviceNetworkEvents | make-series n = count() on Timestamp from datetime(2025-05-01) to datetime(2025-05-31) step 1d by InitiatingProcessFileName | summarize count(), sum(array_sum(n))",
};

const page = "queries/network-connection-from-msbuild-with-asn-enrichment.md";
export const networksUrl = "https://firewalliplists.gypthecat.com/lists/kusto/kusto-cidr-asn.csv.zip";

/** The query of the page, and one more step that looks at its columns and gives what can be compared. */
export function kqlSeed(root: string): string {
  const found = openDocument(page, readFileSync(join(root, page), "utf8"), "1");
  if ("message" in found || !found[0]) throw new Error("the page has no query");
  return `${found[0].text}
| summarize count(), sum(CIDRASN), sum(strlen(DeviceName) + strlen(RemoteUrl) + strlen(InitiatingProcessCommandLine) + strlen(CIDRASNName))`;
}
