import { type Engine, type EngineName, medianOf } from "./answer.ts";
import { functionCases } from "./functions.ts";
import {
  clickHouseFile,
  clickHouseGeneric,
  clickHousePackage,
  clickHouseSeed,
  clickHouseTables,
  openClickHouse,
} from "./peers/clickhouse.ts";
import { duckFile, duckGeneric, duckSeed, duckTables, openDuck } from "./peers/duckdb.ts";
import { openKqlite } from "./peers/kqlite.ts";
import { type Generic, kqlGeneric, kqlSeed, terms } from "./queries.ts";

/*
 * One engine in a process of its own, so that none pays for the memory of another. `main.ts` bundles and starts it; what
 * it measures it prints, a JSON object a line.
 */

/** What a child is asked. */
export interface Job {
  readonly engine: EngineName;
  /** cold: from files to the answer, once. warm: all queries over tables in memory. */
  readonly kind: "cold" | "warm" | "functions";
  readonly root: string;
  readonly folder: string;
  /** The events of a cold run. */
  readonly events?: string;
  readonly networks: string;
  readonly runs: number;
  /** Names of warm queries: seed, a … j; or of functions. */
  readonly queries: readonly string[];
}

const job = JSON.parse(process.argv[2] ?? "") as Job;
const { root, folder, networks } = job;

async function inOrder(engine: Engine, texts: readonly string[]) {
  let answer = { rows: 0, sum: 0 };
  for (const text of texts) answer = await engine.run(text);
  return answer;
}

function openPeer(): Promise<Engine> {
  if (job.engine === "duckdb") return openDuck();
  const path = clickHousePackage(root);
  if (!path) throw new Error("ClickHouse is not installed");
  return Promise.resolve(openClickHouse(path));
}

async function cold(events: string): Promise<void> {
  const texts =
    job.engine === "duckdb"
      ? duckSeed(duckFile(events), duckFile(networks))
      : clickHouseSeed(clickHouseFile(events), clickHouseFile(networks));
  const answer = await inOrder(await openPeer(), texts);
  console.log(JSON.stringify(answer));
}

async function loaded(): Promise<{ engine: Engine; seed: readonly string[]; generic: Generic }> {
  switch (job.engine) {
    case "kqlite":
      return { engine: await openKqlite(root, folder, networks), seed: [kqlSeed(root)], generic: kqlGeneric };
    case "duckdb": {
      const engine = await openDuck();
      await duckTables(engine, folder, networks);
      return { engine, seed: duckSeed("events", "networks"), generic: duckGeneric(terms) };
    }
    case "clickhouse": {
      const engine = await openPeer();
      await clickHouseTables(engine, folder, networks);
      return { engine, seed: clickHouseSeed("events", "networks"), generic: clickHouseGeneric(terms) };
    }
  }
}

async function warm(): Promise<void> {
  const { engine, seed, generic } = await loaded();
  for (const name of job.queries) {
    const texts = name === "seed" ? seed : [generic[name as keyof Generic]];
    console.log(JSON.stringify(await medianOf(name, job.runs, () => inOrder(engine, texts))));
  }
}

async function functions(): Promise<void> {
  const duck = job.engine === "duckdb";
  const engine = await (duck ? openDuck() : openKqlite(root, folder, networks, { eachTimeNew: true }));
  if (duck) await duckTables(engine, folder, networks);
  for (const { name, kql, duck: sql, table } of functionCases) {
    const text = duck
      ? `SELECT count(*), sum(${sql}) FROM ${table ?? "events"}`
      : `${table ?? "DeviceNetworkEvents"} | summarize count(), sum(${kql})`;
    console.log(JSON.stringify(await medianOf(name, job.runs, () => engine.run(text))));
  }
}

switch (job.kind) {
  case "cold":
    await cold(job.events ?? "");
    break;
  case "warm":
    await warm();
    break;
  case "functions":
    await functions();
}
// A peer may keep threads alive.
process.exit(0);
