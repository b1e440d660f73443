import { availableParallelism } from "node:os";
import { ticksPerMillisecond } from "../../data/calendar.ts";
import { timespanWithUnit } from "../../data/timespan.ts";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { exitCode } from "../exit.ts";
import { usageError } from "../report.ts";
import { changedSince } from "../testing/changed.ts";
import { dependenciesOf, dependsOn } from "../testing/dependencies.ts";
import { discover } from "../testing/discover.ts";
import { failedBefore, rememberFailed } from "../testing/failed.ts";
import { checkCoverageFile, reachesAll, writeCoverage } from "../testing/measures.ts";
import { chosenReporters } from "../testing/reporters.ts";
import { runSuite, type SuiteOptions } from "../testing/run-suite.ts";
import type { Cause, FileReport } from "../testing/suite.ts";
import { watchTests } from "../testing/watch.ts";

export interface TestOptions {
  readonly filter?: string | undefined;
  readonly tag: readonly string[];
  readonly failed?: boolean | undefined;
  /** A commit; true for the last one. */
  readonly changed?: string | true | undefined;
  readonly watch?: boolean | undefined;
  readonly update?: boolean | undefined;
  /** Failures; true for one. */
  readonly bail?: number | true | undefined;
  /** The least percentage; true for none. */
  readonly coverage?: number | true | undefined;
  readonly mutation?: number | true | undefined;
  /** A page, `.html`, or `.lcov`. */
  readonly coverageFile?: string | undefined;
  /** Files at a time; true for as many as there are processors. */
  readonly jobs?: number | true | undefined;
  readonly timeout?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly reporter: readonly string[];
}

/** Runs the tests in files and folders; gives the exit code. */
export async function test(paths: readonly string[], options: TestOptions, version: string): Promise<number> {
  checkCoverageFile(options.coverageFile);
  const { CI: ci } = process.env;
  const before = options.failed ? await failedBefore() : undefined;
  const suite: SuiteOptions = {
    selection: { filter: options.filter, tags: options.tag, only: before },
    update: options.update ?? false,
    strict: options.strict ?? false,
    ci: ci !== undefined && ci !== "" && ci !== "false" && ci !== "0",
    coverage: leastOf(options.coverage ?? (options.coverageFile === undefined ? undefined : true)),
    mutation: leastOf(options.mutation),
    timeout: millisecondsOf(options.timeout),
    // Where a failure ends the run, what is behind it must not have run.
    jobs: options.bail === undefined ? jobsOf(options.jobs) : 1,
    bail: options.bail === true ? 1 : (options.bail ?? Number.POSITIVE_INFINITY),
    reporters: chosenReporters(options.reporter),
    version,
  };
  const where = paths.length > 0 ? paths : ["."];
  if (options.watch) return watchAll(where, suite, options.coverageFile);
  const found = await discover(where);
  if (before?.size === 0) return nothing(usage.nothingFailed());
  const ref = options.changed === true ? "HEAD" : options.changed;
  const files = ref === undefined ? found : await affectedBy(await changedSince(ref), found);
  if (ref !== undefined && files.length === 0) return nothing(usage.nothingChanged(ref));
  const reports = await runSuite(files, suite);
  if (reports.length === 0) throw usageError(usage.noTestSelected());
  await rememberFailed(reports);
  if (options.coverageFile !== undefined) await writeCoverage(reports, options.coverageFile);
  return exitOf(reports) || (reachesAll(reports) ? exitCode.ok : failed);
}

function nothing(message: string): number {
  console.error(message);
  return exitCode.ok;
}

async function affectedBy(changed: ReadonlySet<string>, files: readonly string[]): Promise<readonly string[]> {
  const dependencies = await Promise.all(files.map(dependenciesOf));
  return files.filter((_, i) => dependsOn(dependencies[i] ?? [], changed));
}

const interrupted = 130;

async function watchAll(
  paths: readonly string[],
  suite: SuiteOptions,
  coverageFile: string | undefined,
): Promise<number> {
  const latest = new Map<string, FileReport>();
  const ended = new Promise<void>((done) => {
    process.once("SIGINT", done);
  });
  const rerun = async (files: readonly string[]) => {
    const reports = await runSuite(files, suite);
    await rememberFailed(reports);
    for (const report of reports) latest.set(report.path, report);
    if (coverageFile !== undefined) await writeCoverage([...latest.values()], coverageFile);
    console.error(usage.watching());
  };
  await rerun(await discover(paths));
  await watchTests(() => discover(paths), rerun, ended);
  return interrupted;
}

/** What weighs most decides: a test that could not be run says more than one that failed. */
const order: readonly Cause[] = ["spec", "query", "data", "run", "expectation"];

function exitOf(reports: readonly FileReport[]): number {
  const causes = new Set(reports.flatMap(({ cases }) => cases.map(({ cause }) => cause)));
  const cause = order.find((each) => causes.has(each));
  if (cause === undefined) return exitCode.ok;
  return cause === "expectation" ? failed : cause === "spec" ? exitCode.usage : exitCode[cause];
}

const failed = 1;

function leastOf(given: number | true | undefined): number | undefined {
  return given === true ? 0 : given;
}

function jobsOf(given: number | true | undefined): number {
  return given === true ? availableParallelism() : (given ?? 1);
}

function millisecondsOf(timeout: string | undefined): number | undefined {
  if (timeout === undefined) return undefined;
  const ticks = timespanWithUnit(timeout);
  if (typeof ticks !== "bigint" || ticks <= 0n) throw usageError(usage.badTimeout(timeout));
  return Number(ticks / ticksPerMillisecond);
}
