import { spawnSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Answer, EngineName, Timed } from "./answer.ts";
import type { Job } from "./child.ts";
import { networks, tables } from "./generate.ts";
import { clickHousePackage } from "./peers/clickhouse.ts";
import { kqlSeed, networksUrl } from "./queries.ts";

/** What every suite works with. */
export interface Setting {
  readonly root: string;
  /** Where generated data is kept. */
  readonly data: string;
  readonly rows: readonly number[];
  readonly runs: number;
  readonly networks: number;
  readonly peers: readonly EngineName[];
}

const root = fileURLToPath(new URL("..", import.meta.url));

export function settingOf(given: Pick<Setting, "rows" | "runs" | "networks">): Setting {
  const peers: readonly EngineName[] = clickHousePackage(root) ? ["duckdb", "clickhouse"] : ["duckdb"];
  if (peers.length === 1) {
    console.error("ClickHouse is not installed, and is left out: npm install --prefix bench/peers/clickhouse");
  }
  return { root, ...given, data: join(root, "bench/data"), peers };
}

let bundled: Promise<unknown> | undefined;

/** The child, bundled once: a loader for TypeScript would count as time of the engine. */
async function child({ data }: Setting): Promise<string> {
  const outfile = join(data, "child.mjs");
  const entryPoints = [join(root, "bench/child.ts")];
  bundled ??= build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  await bundled;
  return outfile;
}

/** A process from its start to its end. */
export interface Process {
  readonly output: string;
  readonly seconds: number;
  /** Seconds of processor time, over all threads. */
  readonly cpu: number;
  /** The most memory that it had. */
  readonly megabytes: number;
}

/** Runs Node to its end. What it used it says itself, on a channel of its own. */
export function runNode(args: readonly string[]): Process {
  const start = performance.now();
  const usage = join(root, "bench/usage.cjs");
  const { stdout, stderr, status, output } = spawnSync(process.execPath, ["-r", usage, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { cpu, megabytes } = JSON.parse(output[3] ?? "") as Pick<Process, "cpu" | "megabytes">;
  return { output: stdout, seconds, cpu, megabytes };
}

const heap = "--max-old-space-size=12000";

export function warmTimes(setting: Setting, engine: EngineName, rows: number, queries: readonly string[]) {
  return times(setting, { engine, kind: "warm", queries }, rows);
}

export function functionTimes(setting: Setting, engine: EngineName, rows: number) {
  return times(setting, { engine, kind: "functions", queries: [] }, rows);
}

async function times(
  setting: Setting,
  asked: Pick<Job, "engine" | "kind" | "queries">,
  rows: number,
): Promise<readonly Timed[]> {
  const folder = await tables(setting.data, rows);
  const { csv, zip } = networks(setting.data, setting.networks);
  const { runs } = setting;
  const job: Job = { ...asked, root, folder, networks: asked.engine === "kqlite" ? zip : csv, runs };
  const { output } = runNode([heap, await child(setting), JSON.stringify(job)]);
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Timed);
}

/** Reads the events once: who comes first does not wait for the disk alone. */
export async function readOnce({ data }: Setting, rows: number, format: string): Promise<void> {
  const stream = createReadStream(join(await tables(data, rows), `DeviceNetworkEvents.${format}`));
  stream.resume();
  await finished(stream);
}

/** The seed query from the files to its answer, in a process of its own. */
export async function coldRun(
  setting: Setting,
  engine: EngineName,
  rows: number,
  format: string,
): Promise<Process & Answer> {
  const folder = await tables(setting.data, rows);
  const { csv, zip } = networks(setting.data, setting.networks);
  const events = join(folder, `DeviceNetworkEvents.${format}`);
  if (engine !== "kqlite") {
    const job: Job = { engine, kind: "cold", root, folder, events, networks: csv, runs: 1, queries: [] };
    const run = runNode([await child(setting), JSON.stringify(job)]);
    return { ...run, ...(JSON.parse(run.output) as Answer) };
  }
  const files = ["-t", `DeviceNetworkEvents=${events}`, "-x", `${networksUrl}=${zip}`];
  const run = runNode([join(root, "dist/cli/main.js"), "run", "-e", kqlSeed(root), ...files, "-f", "csv"]);
  const [count = "0", sum = "0"] = run.output.split("\n")[1]?.split(",") ?? [];
  return { ...run, rows: Number(count), sum: Number(sum) };
}

/** Throws unless the answers are those of ours, sums up to a share of `tolerance`. */
export function compareAnswers(what: string, ours: Answer, theirs: Answer, tolerance = 0): void {
  const off = Math.abs(ours.sum - theirs.sum) > tolerance * Math.abs(ours.sum);
  if (ours.rows === theirs.rows && !off) return;
  throw new Error(`${what}: the answers differ: ${ours.rows}, ${ours.sum} and ${theirs.rows}, ${theirs.sum}`);
}
