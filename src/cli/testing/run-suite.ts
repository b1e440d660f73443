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
  readonly reporters: ChosenReporters;
  readonly version: string;
}

/** Runs test files one after the other and reports. Files of which no case is selected are left out. */
export async function runSuite(files: readonly string[], options: SuiteOptions): Promise<readonly FileReport[]> {
  const start = performance.now();
  const color = hasColor(process.stdout);
  const reports: FileReport[] = [];
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
    const report = await runFile(run, options);
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

async function runFile(run: FileRun, options: RunOptions): Promise<FileReport> {
  if (!isSpec(run.file)) return { path: run.path, cases: await runKqlFile(run, options) };
  // The readers of YAML and of its shape take longer to load than most tests take to run.
  const { runSpecFile } = await import("./run-spec.ts");
  return { path: run.path, ...(await runSpecFile(run, options)) };
}
