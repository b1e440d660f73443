import { DuckDBInstance } from "@duckdb/node-api";

/*
 * The peer: DuckDB with the best SQL that we know for the seed query. Addresses become integers once; a network matches
 * when address and network agree in the network's length, so length and masked address are one key and the join is an
 * equality over 33 keys per address. With two columns as the key it took twenty times as long.
 */

const seconds = (from: bigint) => Number(process.hrtime.bigint() - from) / 1e9;

const toInteger = (ip: string) =>
  `(split_part(${ip}, '.', 1)::BIGINT * 16777216 + split_part(${ip}, '.', 2)::BIGINT * 65536 + split_part(${ip}, '.', 3)::BIGINT * 256 + split_part(${ip}, '.', 4)::BIGINT)`;

function seedSql(events: string, prefixes: string): string {
  return `
    WITH public AS MATERIALIZED (
      SELECT * FROM (
        SELECT *, CASE WHEN regexp_full_match(RemoteIP, '[0-9]{1,3}(\\.[0-9]{1,3}){3}') THEN ${toInteger("RemoteIP")} END AS address
        FROM ${events} WHERE lower(InitiatingProcessFileName) = 'msbuild.exe')
      WHERE address IS NOT NULL AND NOT (address >> 24 = 10 OR address >> 20 = 2753 OR address >> 16 = 49320)),
    networks AS (
      SELECT *, (split_part(CIDR, '/', 2)::BIGINT << 32) + ${toInteger("split_part(CIDR, '/', 1)")} AS key FROM ${prefixes}),
    ips AS MATERIALIZED (SELECT DISTINCT RemoteIP, address FROM public),
    probes AS MATERIALIZED (
      SELECT RemoteIP, (bits << 32) + ((address >> (32 - bits)) << (32 - bits)) AS key
      FROM ips, (SELECT unnest(range(0, 33)) AS bits)),
    matched AS MATERIALIZED (SELECT p.RemoteIP, n.* EXCLUDE (key) FROM probes p JOIN networks n ON n.key = p.key),
    found AS (SELECT i.RemoteIP, m.* EXCLUDE (RemoteIP) FROM ips i LEFT JOIN matched m ON m.RemoteIP = i.RemoteIP)
    SELECT e.*, f.* EXCLUDE (RemoteIP)
    FROM (SELECT DISTINCT ON (RemoteIP) * FROM public) e JOIN found f ON f.RemoteIP = e.RemoteIP`;
}

export interface Answer {
  readonly rows: number;
  /** Of the column CIDRASN. */
  readonly sum: number;
}
export interface Timed extends Answer {
  readonly seconds: number;
}

async function answer(connection: Awaited<ReturnType<DuckDBInstance["connect"]>>, sql: string): Promise<Timed> {
  const start = process.hrtime.bigint();
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::INT, coalesce(sum(CIDRASN), 0)::BIGINT FROM (${sql})`,
  );
  const [[rows, sum] = []] = reader.getRows();
  return { rows: Number(rows), sum: Number(sum), seconds: seconds(start) };
}

const csv = (path: string) => `read_csv('${path}', header = true)`;

/** From the files to the answer, in a database of its own. */
export async function duckCold(events: string, prefixes: string): Promise<Timed> {
  const start = process.hrtime.bigint();
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const found = await answer(connection, seedSql(csv(events), csv(prefixes)));
  return { ...found, seconds: seconds(start) };
}

/** With both tables in memory; the median of `runs`. */
export async function duckWarm(events: string, prefixes: string, runs: number): Promise<Timed> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE events AS SELECT * FROM ${csv(events)}`);
  await connection.run(`CREATE TABLE prefixes AS SELECT * FROM ${csv(prefixes)}`);
  const times: Timed[] = [];
  for (let run = 0; run <= runs; run++) times.push(await answer(connection, seedSql("events", "prefixes")));
  const sorted = times.slice(1).sort((a, b) => a.seconds - b.seconds);
  const median = sorted[sorted.length >> 1];
  if (!median) throw new Error("a benchmark needs a run");
  return median;
}
