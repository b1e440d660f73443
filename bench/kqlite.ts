import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { TableSource } from "../src/data/batch.ts";
import { collect } from "../src/data/concat.ts";
import { openDocument } from "../src/documents/open.ts";
import { createDatabase } from "../src/engine/database.ts";
import { externalTable } from "../src/engine/external.ts";
import { fileInput, openTableFile, tableFile } from "../src/node/files.ts";
import { nodeInflaters } from "../src/node/inflate.ts";
import type { Timed } from "./duckdb.ts";

const seconds = (from: bigint) => Number(process.hrtime.bigint() - from) / 1e9;

export const page = "queries/network-connection-from-msbuild-with-asn-enrichment.md";

function seedQuery(): string {
  const found = openDocument(page, readFileSync(page, "utf8"), "1");
  if ("message" in found || !found[0]) throw new Error("the page has no query");
  return found[0].text;
}

/** The query of the page, and one more step that gives what can be compared. */
const compared = `${seedQuery()}\n| summarize rows = count(), sum = sum(CIDRASN)`;

/** Process start, reading both files, and the answer on standard output. */
export function kqliteCold(events: string, zip: string): Timed {
  const start = process.hrtime.bigint();
  const url = "https://firewalliplists.gypthecat.com/lists/kusto/kusto-cidr-asn.csv.zip";
  const args = [
    "dist/cli/main.js",
    "run",
    "-e",
    compared,
    "-t",
    `DeviceNetworkEvents=${events}`,
    "-x",
    `${url}=${zip}`,
  ];
  const text = execFileSync(process.execPath, [...args, "-f", "csv"], { encoding: "utf8" });
  const [rows = "0", sum = "0"] = text.split("\n")[1]?.split(",") ?? [];
  return { rows: Number(rows), sum: Number(sum), seconds: seconds(start) };
}

async function inMemory(source: TableSource): Promise<TableSource> {
  const all = new Set(source.schema.keys());
  const batch = await collect(source.scan({ columns: all }), source.schema);
  for (const index of all) batch.column(index);
  return {
    schema: source.schema,
    scan: async function* () {
      yield batch;
    },
  };
}

/** With both tables in memory; the median of `runs`. */
export async function kqliteWarm(events: string, zip: string, runs: number): Promise<Timed> {
  const table = await inMemory(await openTableFile(await tableFile(events, "DeviceNetworkEvents")));
  let prefixes: TableSource | undefined;
  const database = createDatabase({
    tables: new Map([["DeviceNetworkEvents", table]]),
    clock: () => 0n,
    external: (request) => {
      if (prefixes) return prefixes;
      const source = externalTable(request, { resolve: () => fileInput(zip), inflaters: nodeInflaters });
      return {
        schema: source.schema,
        async *scan(wanted) {
          prefixes ??= await inMemory(source);
          yield* prefixes.scan(wanted);
        },
      };
    },
  });
  const times: Timed[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = process.hrtime.bigint();
    const { results } = await database.query(compared);
    const [rows, sum] = [0, 1].map((index) => results[0]?.rows.column(index));
    if (rows?.type !== "long" || sum?.type !== "long") throw new Error("the query gives two longs");
    times.push({ rows: Number(rows.data[0]), sum: Number(sum.data[0]), seconds: seconds(start) });
  }
  const sorted = times.slice(1).sort((a, b) => a.seconds - b.seconds);
  const median = sorted[sorted.length >> 1];
  if (!median) throw new Error("a benchmark needs a run");
  return median;
}
