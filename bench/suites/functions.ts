import { middle } from "../answer.ts";
import { functionCases } from "../functions.ts";
import { ratio, type Section } from "../report.ts";
import { compareAnswers, functionTimes, type Setting } from "../setting.ts";

/** Forty functions, each in a query that sums it over the largest table. */
export async function functionsSuite(setting: Setting): Promise<Section> {
  const count = Math.max(...setting.rows);
  const ours = await functionTimes(setting, "kqlite", count);
  const theirs = await functionTimes(setting, "duckdb", count);
  const nanoseconds = (seconds: number) => ((seconds * 1e9) / count).toFixed(1);
  const rows: string[][] = [];
  const ratios: number[] = [];
  for (const [index, { name, tolerance }] of functionCases.entries()) {
    const [mine, other] = [ours[index]!, theirs[index]!];
    compareAnswers(name, mine, other, tolerance);
    ratios.push(mine.seconds / other.seconds);
    rows.push([
      `\`${name}\``,
      nanoseconds(mine.seconds),
      nanoseconds(other.seconds),
      ratio(mine.seconds, other.seconds),
    ]);
  }
  rows.push(["median", "", "", middle(ratios, (one) => one).toFixed(2)]);
  return {
    suite: "functions",
    note: `The sum of a function over ${count.toLocaleString("en")} rows in memory, ns a row; DuckDB runs on two threads. Each run of kqlite sees its texts for the first time.`,
    header: ["function", "kqlite", "DuckDB", "ratio"],
    rows,
  };
}
