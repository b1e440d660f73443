import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { documentText } from "../../node/spec-files.ts";
import { databaseOfCase, withQuery } from "../../node/test-database.ts";
import { type Rewrite, rewriteFile, runCase } from "../../testing/run-case.ts";
import { parseTestFile, type TestCase } from "../../testing/test-file.ts";
import { type FileRun, type RunOptions, timed } from "./run-file.ts";
import { isSelected } from "./select.ts";
import { type CaseReport, caseId } from "./suite.ts";

/** Runs the cases of a `.test.kql` file; with `update` it is rewritten where a case fails. */
export async function runKqlFile(run: FileRun, options: RunOptions): Promise<readonly CaseReport[]> {
  const text = await documentText(run.file);
  const reports: CaseReport[] = [];
  const rewrites: Rewrite[] = [];
  for (const testCase of parseTestFile(text)) {
    if (run.stop()) break;
    if (!isSelected(options.selection, caseId(run.path, testCase.name), [])) continue;
    const report = await runOne(testCase, dirname(run.file), options, rewrites);
    reports.push(report);
    run.done(report);
  }
  if (rewrites.length > 0) await writeFile(run.file, rewriteFile(text, rewrites));
  return reports;
}

async function runOne(
  testCase: TestCase,
  folder: string,
  { update, timeout }: RunOptions,
  rewrites: Rewrite[],
): Promise<CaseReport> {
  const { name, line } = testCase;
  const base = { name, line, tags: [], trace: [], failures: [] } as const;
  const watch = timed(timeout);
  const failed = (message: string, at: number, cause: CaseReport["cause"]): CaseReport => {
    const [first = "", ...details] = message.split("\n");
    const failure = { message: first, details: details.filter((each) => each !== ""), line: at };
    return { ...base, status: "failed", failures: [failure], cause, milliseconds: watch.elapsed() };
  };
  try {
    const whole = await withQuery(testCase, folder);
    const database = await databaseOfCase(whole, folder);
    const verdict = await runCase(whole, {
      query: (text, options) => database.query(text, { ...options, signal: watch.signal }),
    });
    if (verdict.passed) return { ...base, status: "passed", milliseconds: watch.elapsed() };
    if (update && verdict.rewrite) {
      rewrites.push(verdict.rewrite);
      return { ...base, status: "passed", milliseconds: watch.elapsed() };
    }
    return failed(verdict.message, verdict.line, whole.problem ? "spec" : "expectation");
  } catch (thrown) {
    if (watch.isOverdue(thrown)) return failed(watch.message(), line, "run");
    if (!(thrown instanceof KqlError)) throw thrown;
    const { code, message, stage } = thrown.diagnostics[0];
    return failed(`${code}: ${message}`, line, stage);
  }
}
