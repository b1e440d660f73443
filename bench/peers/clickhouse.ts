import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Engine } from "../answer.ts";
import type { Generic } from "../queries.ts";

/*
 * ClickHouse (chdb) with the best SQL that we know. Seed: what the events leave is kept in a table of its own, since a
 * common table expression would read them twice; networks are found as in DuckDB, with 33 keys per address.
 */

interface Session {
  query(sql: string, format: string): string;
}

export function clickHousePackage(root: string): string | undefined {
  const path = join(root, "bench/peers/clickhouse/package.json");
  return existsSync(join(root, "bench/peers/clickhouse/node_modules/chdb")) ? path : undefined;
}

export function openClickHouse(packagePath: string): Engine {
  const { Session } = createRequire(packagePath)("chdb") as { Session: new () => Session };
  const session = new Session();
  session.query("SET max_threads = 2", "CSV");
  return {
    run(text) {
      const [rows = "0", sum = "0"] = session.query(text, "TSV").trim().split("\n")[0]?.split("\t") ?? [];
      return Promise.resolve({ rows: Number(rows), sum: Number(sum) });
    },
  };
}

export function clickHouseFile(path: string): string {
  if (path.endsWith(".parquet")) return `file('${path}', Parquet)`;
  return path.endsWith(".ndjson") ? `file('${path}', JSONEachRow)` : `file('${path}', CSVWithNames)`;
}

export function clickHouseSeed(events: string, networks: string): readonly string[] {
  return [
    "DROP TABLE IF EXISTS public",
    `CREATE TABLE public ENGINE = Memory AS
     SELECT * EXCEPT ip, toUInt32(assumeNotNull(ip)) AS address
     FROM (SELECT *, toIPv4OrNull(assumeNotNull(RemoteIP)) AS ip FROM ${events} WHERE lower(assumeNotNull(InitiatingProcessFileName)) = 'msbuild.exe')
     WHERE ip IS NOT NULL AND NOT (bitShiftRight(address, 24) = 10 OR bitShiftRight(address, 20) = 2753 OR bitShiftRight(address, 16) = 49320)
     LIMIT 1 BY RemoteIP`,
    `WITH probes AS (
       SELECT RemoteIP, arrayJoin(range(33)) AS bits,
         toUInt64(bitShiftLeft(toUInt64(bits), 32) + bitShiftLeft(bitShiftRight(toUInt64(address), 32 - bits), 32 - bits)) AS key
       FROM public),
     matched AS (
       SELECT RemoteIP, CIDRASN, CIDRASNName FROM probes JOIN (
         SELECT assumeNotNull(CIDR) AS c, CIDRASN, CIDRASNName,
           toUInt64(bitShiftLeft(toUInt64(splitByChar('/', c)[2]), 32) + toUInt32(toIPv4(splitByChar('/', c)[1]))) AS key
         FROM ${networks}) AS n USING key)
     SELECT count(), sum(CIDRASN), sum(length(DeviceName) + length(RemoteUrl) + length(InitiatingProcessCommandLine) + length(CIDRASNName))
     FROM public LEFT JOIN matched USING RemoteIP`,
  ];
}

export async function clickHouseTables({ run }: Engine, folder: string, networks: string): Promise<void> {
  const memory = (name: string, source: string) =>
    run(`CREATE TABLE ${name} ENGINE = Memory AS SELECT * FROM ${source}`);
  await run("SET schema_inference_make_columns_nullable = 0");
  await memory("events", clickHouseFile(`${folder}/DeviceNetworkEvents.parquet`));
  await memory("networks", clickHouseFile(networks));
  for (const [name, file] of [["devices", "Devices"] as const, ["known", "Known"] as const, ["bags", "Bags"] as const])
    await memory(name, clickHouseFile(`${folder}/${file}.csv`));
}

export function clickHouseGeneric(terms: readonly string[]): Generic {
  return {
    a: "SELECT count(), sum(n + d) FROM (SELECT DeviceName, count() n, uniq(RemoteIP) d FROM events GROUP BY 1 ORDER BY n DESC LIMIT 10)",
    b: "SELECT count(), sum(n) FROM (SELECT toStartOfHour(Timestamp) t, count() n FROM events WHERE hasTokenCaseInsensitive(RemoteUrl, 'login') GROUP BY t)",
    c: "SELECT count(), sum(s) FROM (SELECT Platform, sum(Score) s FROM events JOIN devices USING DeviceId GROUP BY 1)",
    d: "SELECT count(), sum(n) FROM (SELECT extract(RemoteUrl, 'host(\\\\d+)\\\\.') h, count() n FROM events WHERE match(RemoteUrl, 'host\\\\d+\\\\.example\\\\.com/(login|api)') GROUP BY 1)",
    e: "SELECT count(), sum(length(RemoteUrl)) FROM (SELECT * FROM events ORDER BY Timestamp DESC LIMIT 1000)",
    f: "SELECT count(), sum(length(ips) + length(url)) FROM (SELECT DeviceName, groupUniqArray(100)(RemoteIP) ips, max(Timestamp) t, argMax(RemoteUrl, Timestamp) url FROM events GROUP BY 1)",
    g: "SELECT count(), sum(JSONExtractInt(arrayJoin(JSONExtractArrayRaw(Fields, 'items')), 'v')) FROM bags",
    // One automaton for all words.
    h: `SELECT count(), count() FROM events WHERE match(RemoteUrl, '(?i)\\\\b(${terms.join("|")})\\\\b')`,
    i: "SELECT count(), count() FROM events WHERE RemoteIP NOT IN (SELECT RemoteIP FROM known)",
    j: "SELECT count(DISTINCT p), sum(n) FROM (SELECT InitiatingProcessFileName p, toStartOfDay(Timestamp) t, count() n FROM events GROUP BY p, t)",
  };
}
