import { middle } from "../answer.ts";
import { milliseconds, ratio, type Section } from "../report.ts";
import { coldRun, compareAnswers, readOnce, type Setting, warmTimes } from "../setting.ts";

/** The query of the README: a filter of 2% of the events, and 500,000 networks; cold from files, warm from memory. */
export async function seedSuite(setting: Setting): Promise<Section> {
  const rows: string[][] = [];
  for (const count of setting.rows) {
    for (const format of ["csv", "ndjson", "parquet"]) {
      await readOnce(setting, count, format);
      const cold = (engine: "kqlite" | "duckdb" | "clickhouse") => medianCold(setting, engine, count, format);
      rows.push(await line(`cold, ${format}`, count, setting, cold));
    }
    rows.push(
      await line("warm", count, setting, async (engine) => (await warmTimes(setting, engine, count, ["seed"]))[0]!),
    );
  }
  return {
    suite: "seed",
    note: "The query of the README over events and 500,000 networks, ms. Cold: a process from start to exit, with files to read.",
    header: ["input", "events", "kqlite", "DuckDB", "ClickHouse", "kqlite / DuckDB", "kqlite / faster"],
    rows,
  };
}

async function medianCold(setting: Setting, engine: "kqlite" | "duckdb" | "clickhouse", rows: number, format: string) {
  const runs = [];
  for (let run = 0; run < setting.runs; run++) runs.push(await coldRun(setting, engine, rows, format));
  return middle(runs, ({ seconds }) => seconds);
}

type Measured = { readonly seconds: number; readonly rows: number; readonly sum: number };

async function line(
  name: string,
  count: number,
  { peers }: Setting,
  measure: (engine: "kqlite" | "duckdb" | "clickhouse") => Promise<Measured>,
): Promise<string[]> {
  const ours = await measure("kqlite");
  const duckdb = await measure("duckdb");
  const clickHouse = peers.includes("clickhouse") ? await measure("clickhouse") : undefined;
  for (const theirs of [duckdb, clickHouse]) if (theirs) compareAnswers(name, ours, theirs);
  const faster = Math.min(duckdb.seconds, clickHouse?.seconds ?? Number.POSITIVE_INFINITY);
  const times = [ours, duckdb, clickHouse].map(milliseconds);
  return [name, count.toLocaleString("en"), ...times, ratio(ours.seconds, duckdb.seconds), ratio(ours.seconds, faster)];
}
