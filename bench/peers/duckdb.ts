import { DuckDBInstance } from "@duckdb/node-api";
import type { Engine } from "../answer.ts";
import type { Generic } from "../queries.ts";

/*
 * DuckDB with the best SQL that we know. Seed: addresses become integers once; a network matches when address and
 * network agree in the network's length, so length and masked address are one key and the join is an equality over 33
 * keys per address. With two columns as the key it took twenty times as long, with a range join several hundred times.
 */

const toInteger = (ip: string) =>
  `(split_part(${ip}, '.', 1)::BIGINT * 16777216 + split_part(${ip}, '.', 2)::BIGINT * 65536 + split_part(${ip}, '.', 3)::BIGINT * 256 + split_part(${ip}, '.', 4)::BIGINT)`;

export async function openDuck(): Promise<Engine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  return {
    async run(text) {
      const reader = await connection.runAndReadAll(text);
      const [[rows, sum] = []] = reader.getRows();
      return { rows: Number(rows), sum: Number(sum) };
    },
  };
}

export function duckFile(path: string): string {
  if (path.endsWith(".parquet")) return `read_parquet('${path}')`;
  return path.endsWith(".ndjson") ? `read_ndjson('${path}')` : `read_csv('${path}', header = true)`;
}

export function duckSeed(events: string, networks: string): readonly string[] {
  return [
    `
    WITH public AS MATERIALIZED (
      SELECT * FROM (
        SELECT *, CASE WHEN regexp_full_match(RemoteIP, '[0-9]{1,3}(\\.[0-9]{1,3}){3}') THEN ${toInteger("RemoteIP")} END AS address
        FROM ${events} WHERE lower(InitiatingProcessFileName) = 'msbuild.exe')
      WHERE address IS NOT NULL AND NOT (address >> 24 = 10 OR address >> 20 = 2753 OR address >> 16 = 49320)),
    networks AS (
      SELECT *, (split_part(CIDR, '/', 2)::BIGINT << 32) + ${toInteger("split_part(CIDR, '/', 1)")} AS key FROM ${networks}),
    ips AS MATERIALIZED (SELECT DISTINCT RemoteIP, address FROM public),
    probes AS MATERIALIZED (
      SELECT RemoteIP, (bits << 32) + ((address >> (32 - bits)) << (32 - bits)) AS key
      FROM ips, (SELECT unnest(range(0, 33)) AS bits)),
    matched AS MATERIALIZED (SELECT p.RemoteIP, n.* EXCLUDE (key) FROM probes p JOIN networks n ON n.key = p.key),
    found AS (SELECT i.RemoteIP, m.* EXCLUDE (RemoteIP) FROM ips i LEFT JOIN matched m ON m.RemoteIP = i.RemoteIP)
    SELECT count(*)::INT, coalesce(sum(CIDRASN), 0)::BIGINT,
      sum(strlen(DeviceName) + strlen(RemoteUrl) + strlen(InitiatingProcessCommandLine) + strlen(CIDRASNName))::BIGINT
    FROM (SELECT DISTINCT ON (RemoteIP) * FROM public) e JOIN found f ON f.RemoteIP = e.RemoteIP`,
  ];
}

/** Tables in memory. An empty address is text to Kusto, and no null; times with a time zone are slow to round. */
export async function duckTables({ run }: Engine, folder: string, networks: string): Promise<void> {
  await run(
    `CREATE TABLE events AS SELECT * REPLACE (coalesce(RemoteUrl, '') AS RemoteUrl, Timestamp AT TIME ZONE 'UTC' AS Timestamp) FROM read_parquet('${folder}/DeviceNetworkEvents.parquet')`,
  );
  await run(`CREATE TABLE networks AS SELECT * FROM ${duckFile(networks)}`);
  for (const [name, file] of [["devices", "Devices"] as const, ["known", "Known"] as const, ["bags", "Bags"] as const])
    await run(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${folder}/${file}.csv', header = true)`);
}

export function duckGeneric(terms: readonly string[]): Generic {
  const words = (term: string) => `'(?i)(^|[^a-z0-9])(${term})($|[^a-z0-9])'`;
  return {
    // A count of distinct values is an estimate in Kusto, so every engine may estimate.
    a: "SELECT count(*), sum(n + d) FROM (SELECT DeviceName, count(*) n, approx_count_distinct(RemoteIP) d FROM events GROUP BY 1 ORDER BY n DESC LIMIT 10)",
    // A cheap test for the letters comes before the one for a whole word.
    b: `SELECT count(*), sum(n) FROM (SELECT date_trunc('hour', Timestamp) t, count(*) n FROM events WHERE contains(lower(RemoteUrl), 'login') AND regexp_matches(RemoteUrl, ${words("login")}) GROUP BY 1)`,
    c: "SELECT count(*), sum(s) FROM (SELECT Platform, sum(Score) s FROM events JOIN devices USING (DeviceId) GROUP BY 1)",
    d: "SELECT count(*), sum(n) FROM (SELECT regexp_extract(RemoteUrl, 'host(\\d+)\\.', 1) h, count(*) n FROM events WHERE regexp_matches(RemoteUrl, 'host\\d+\\.example\\.com/(login|api)') GROUP BY 1)",
    e: "SELECT count(*), sum(strlen(RemoteUrl)) FROM (SELECT * FROM events ORDER BY Timestamp DESC LIMIT 1000)",
    f: "SELECT count(*), sum(len(ips) + strlen(url)) FROM (SELECT DeviceName, list_slice(list(DISTINCT RemoteIP), 1, 100) ips, max(Timestamp) t, arg_max(RemoteUrl, Timestamp) url FROM events GROUP BY 1)",
    g: "SELECT count(*), sum((item->>'v')::BIGINT) FROM (SELECT unnest(from_json(Fields->'items', '[\"JSON\"]')) item FROM bags)",
    h: `SELECT count(*), count(*) FROM events WHERE regexp_matches(RemoteUrl, ${words(terms.join("|"))})`,
    i: "SELECT count(*), count(*) FROM events WHERE RemoteIP NOT IN (SELECT RemoteIP FROM known)",
    j: "SELECT count(DISTINCT p), sum(n) FROM (SELECT InitiatingProcessFileName p, date_trunc('day', Timestamp) t, count(*) n FROM events GROUP BY ALL)",
  };
}
