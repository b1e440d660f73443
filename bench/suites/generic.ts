import type { Timed } from "../answer.ts";
import { type Generic, genericTitles, tolerances } from "../queries.ts";
import { milliseconds, ratio, type Section } from "../report.ts";
import { compareAnswers, type Setting, warmTimes } from "../setting.ts";

/** Ten shapes of queries over tables in memory. */
export async function genericSuite(setting: Setting): Promise<Section> {
  const names = Object.keys(genericTitles) as (keyof Generic)[];
  const rows: string[][] = [];
  for (const count of setting.rows) {
    const ours = await warmTimes(setting, "kqlite", count, names);
    const peers: (readonly Timed[])[] = [];
    for (const peer of setting.peers) peers.push(await warmTimes(setting, peer, count, names));
    const ratios: { readonly duckdb: number; readonly faster: number }[] = [];
    for (const [i, name] of names.entries()) {
      const mine = ours[i]!;
      const theirs = peers.map((times) => times[i]!);
      for (const timed of theirs) compareAnswers(`${name} over ${count}`, mine, timed, tolerances[name]);
      const faster = Math.min(...theirs.map(({ seconds }) => seconds));
      ratios.push({ duckdb: mine.seconds / theirs[0]!.seconds, faster: mine.seconds / faster });
      const times = [mine, theirs[0], theirs[1]].map(milliseconds);
      const shown = [ratio(mine.seconds, theirs[0]!.seconds), ratio(mine.seconds, faster)];
      rows.push([`(${name}) ${genericTitles[name]}`, count.toLocaleString("en"), ...times, ...shown]);
    }
    const mean = (of: (one: (typeof ratios)[number]) => number) =>
      Math.exp(ratios.reduce((sum, one) => sum + Math.log(of(one)), 0) / ratios.length).toFixed(2);
    const means = [mean(({ duckdb }) => duckdb), mean(({ faster }) => faster)];
    rows.push(["geometric mean", count.toLocaleString("en"), "", "", "", ...means]);
  }
  return {
    suite: "generic",
    note: "Queries over tables in memory, ms. The same query runs again and again: what kqlite has derived from the texts of a kept column (b, d, h) it finds again.",
    header: ["query", "rows", "kqlite", "DuckDB", "ClickHouse", "kqlite / DuckDB", "kqlite / faster"],
    rows,
  };
}
