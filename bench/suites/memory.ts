import { ratio, type Section } from "../report.ts";
import { coldRun, type Setting } from "../setting.ts";

/** The most memory that the seed query takes, from the files to its answer. */
export async function memorySuite(setting: Setting): Promise<Section> {
  const rows: string[][] = [];
  for (const count of setting.rows) {
    for (const format of ["csv", "ndjson", "parquet"]) {
      const [ours, duckdb, clickHouse] = [
        await coldRun(setting, "kqlite", count, format),
        await coldRun(setting, "duckdb", count, format),
        setting.peers.includes("clickhouse") ? await coldRun(setting, "clickhouse", count, format) : undefined,
      ];
      const peaks = [ours, duckdb, clickHouse].map((run) => run?.megabytes.toFixed(0) ?? "–");
      rows.push([format, count.toLocaleString("en"), ...peaks, ratio(ours.megabytes, duckdb.megabytes)]);
    }
  }
  return {
    suite: "memory",
    note: "Peak memory of the seed query, cold, MB.",
    header: ["input", "events", "kqlite", "DuckDB", "ClickHouse", "kqlite / DuckDB"],
    rows,
  };
}
