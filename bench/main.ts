import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { duckCold, duckWarm, type Timed } from "./duckdb.ts";
import { eventsCsv, prefixZip } from "./generate.ts";
import { kqliteCold, kqliteWarm } from "./kqlite.ts";

/*
 * The seed query beside DuckDB, in one run: answers are compared before times are, and the ratio is what counts.
 *
 *   npm run bench [-- ROWS…]     100000 and 1000000 by default
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const data = join(root, "bench/data");
const sizes = process.argv.slice(2).map(Number).filter(Boolean);
const networks = 500_000;
const runs = 5;

async function median(run: () => Timed | Promise<Timed>): Promise<Timed> {
  const times: Timed[] = [];
  for (let i = 0; i < runs; i++) times.push(await run());
  const middle = times.sort((a, b) => a.seconds - b.seconds)[runs >> 1];
  if (!middle) throw new Error("a benchmark needs a run");
  return middle;
}

function startUp(args: readonly string[]): number {
  const times = Array.from({ length: 9 }, () => {
    const start = process.hrtime.bigint();
    execFileSync(process.execPath, args, { stdio: "ignore" });
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return times.sort((a, b) => a - b)[4] ?? 0;
}

console.log(`Seed query over ${networks} networks; seconds, medians of ${runs} runs; ratio = kqlite / DuckDB\n`);
console.log("| suite | rows | answer | kqlite | DuckDB | ratio |");
console.log("|---|--:|--:|--:|--:|--:|");
const { zip, csv } = prefixZip(data, networks);
for (const rows of sizes.length > 0 ? sizes : [100_000, 1_000_000]) {
  const events = await eventsCsv(data, rows);
  const suites = {
    "cold, CSV": [() => kqliteCold(events, zip), () => duckCold(events, csv)],
    "warm, in memory": [() => kqliteWarm(events, zip, runs), () => duckWarm(events, csv, runs)],
  } as const;
  for (const [name, [ours, theirs]] of Object.entries(suites)) {
    const once = name.startsWith("warm");
    const [a, b] = once ? [await ours(), await theirs()] : [await median(ours), await median(theirs)];
    if (a.rows !== b.rows || a.sum !== b.sum) {
      throw new Error(`the answers differ: kqlite ${a.rows}, ${a.sum}; DuckDB ${b.rows}, ${b.sum}`);
    }
    const cells = [name, rows, `${a.rows} rows`, a.seconds.toFixed(3), b.seconds.toFixed(3)];
    console.log(`| ${cells.join(" | ")} | ${(a.seconds / b.seconds).toFixed(2)} |`);
  }
}

const bare = startUp(["-e", "0"]);
const version = startUp(["dist/cli/main.js", "run", "-e", "print x = 1"]);
console.log(
  `\nCommand line, start to exit, \`print x = 1\`: ${version.toFixed(0)} ms; bare \`node -e 0\`: ${bare.toFixed(0)} ms`,
);
