import { hasColor, print } from "../terminal.ts";
import { isSpec, shownPath } from "./discover.ts";
import { lastLine, prettyEnd, prettyFile } from "./reporters/pretty.ts";
import { type ChosenReporters, writeReports } from "./reporters.ts";
import type { FileRun, RunOptions } from "./run-file.ts";
import { runKqlFile } from "./run-kql.ts";
import type { FileReport } from "./suite.ts";

export interface SuiteOptions extends RunOptions {
  /** How many failures end the run. */
  readonly bail: number;
  /** How many files run at a time, in processes of their own; with 1 in this one. */
  readonly jobs: number;
  readonly reporters: ChosenReporters;
  readonly version: string;
}

/** Runs test files and reports, in the order of the files. Those of which no case is selected are left out. */
export async function runSuite(files: readonly string[], options: SuiteOptions): Promise<readonly FileReport[]> {
  const start = performance.now();
  const color = hasColor(process.stdout);
  const reports: FileReport[] = [];
  for await (const report of options.jobs > 1 ? runTogether(files, options) : runInTurn(files, options)) {
    if (report.cases.length === 0) continue;
    reports.push(report);
    if (options.reporters.pretty) await print([prettyFile(report, color)]);
  }
  const milliseconds = performance.now() - start;
  await writeReports(options.reporters, { files: reports, milliseconds, version: options.version });
  // The last line is for programs too; it must not spoil what another reporter writes for them.
  if (options.reporters.pretty) await print([prettyEnd(reports, color), lastLine(reports)]);
  else process.stderr.write(lastLine(reports));
  return reports;
}

async function* runInTurn(files: readonly string[], options: SuiteOptions): AsyncGenerator<FileReport> {
  let failures = 0;
  for (const file of files) {
    if (failures >= options.bail) break;
    const run: FileRun = {
      file,
      path: shownPath(file),
      stop: () => failures >= options.bail,
      done: ({ status }) => {
        if (status === "failed") failures++;
      },
    };
    yield await runFile(run, options);
  }
}

/** The same reports in the same order. */
async function* runTogether(files: readonly string[], options: SuiteOptions): AsyncGenerator<FileReport> {
  const { poolOf } = await import("./jobs.ts");
  const pool = poolOf(Math.min(options.jobs, files.length));
  const { selection, update, strict, ci, coverage, mutation, timeout } = options;
  const asked = { selection, update, strict, ci, coverage, mutation, timeout };
  try {
    const running = files.map((file) => pool.run({ file, path: shownPath(file), options: asked }));
    for (const [i, file] of files.entries()) {
      const run = { file, path: shownPath(file), stop: () => false, done: () => {} };
      yield (await running[i]) ?? (await runFile(run, options));
    }
  } finally {
    pool.close();
  }
}

export async function runFile(run: FileRun, options: RunOptions): Promise<FileReport> {
  if (!isSpec(run.file)) return { path: run.path, cases: await runKqlFile(run, options) };
  // The readers of YAML and of its shape take longer to load than most tests take to run.
  const { runSpecFile } = await import("./run-spec.ts");
  return { path: run.path, ...(await runSpecFile(run, options)) };
}
