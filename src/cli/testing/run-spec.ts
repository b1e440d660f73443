import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { mutation as mutationWords, coverage as words } from "../../diagnostics/catalogue/insight.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { renderDiagnostic, type Source } from "../../diagnostics/render.ts";
import { coverageScore } from "../../insight/coverage/coverage.ts";
import { renderSurvivor } from "../../insight/mutation/render.ts";
import { documentText, specFilesIn } from "../../node/spec-files.ts";
import { SpecFault } from "../../testing/spec/fault.ts";
import { type LoadedSpec, loadSpec } from "../../testing/spec/load.ts";
import type { CaseSettings, OpenCase } from "../../testing/spec/open-case.ts";
import type { Outcome } from "../../testing/spec/outcome.ts";
import { runSpecCase } from "../../testing/spec/run.ts";
import {
  parseSnapshots,
  printSnapshots,
  type Snapshots,
  snapshotFile,
  snapshotName,
} from "../../testing/spec/snapshot.ts";
import { type CoverageRecorder, coverageRecorder } from "./measure.ts";
import { mutationOf } from "./mutation.ts";
import { type FileRun, type RunOptions, timed } from "./run-file.ts";
import { isSelected, mayBeSelected } from "./select.ts";
import {
  type CaseReport,
  caseId,
  type FailureReport,
  type FileReport,
  type MeasuredCoverage,
  type MeasuredMutation,
} from "./suite.ts";

/** Runs the cases of a `.test.yaml` file; writes the snapshots that are missing, and with `update` those that differ. */
export async function runSpecFile(run: FileRun, options: RunOptions): Promise<Omit<FileReport, "path">> {
  const text = await documentText(run.file);
  const files = await specFilesIn(dirname(run.file));
  const loaded = await loadSpec(basename(run.file), text, files, options);
  if (!("cases" in loaded)) {
    if (!mayBeSelected(options.selection, run.path, text)) return { cases: [] };
    const source = loaded.about === "spec" ? { name: run.path, text } : { name: run.path, text: "" };
    const failures = loaded.diagnostics.map((each) => failureOf(each, source));
    const cause = loaded.about === "spec" ? "spec" : (loaded.diagnostics[0]?.stage ?? "query");
    return { cases: [{ ...unread, failures, cause, line: failures[0]?.line ?? 1 }] };
  }
  const path = snapshotFile(run.file);
  const stored = await readSnapshots(path);
  const written = new Map<string, readonly string[]>();
  const cases: CaseReport[] = [];
  const ran: OpenCase[] = [];
  const wanted = wantedOf(loaded, run, options);
  const recorder = wanted.coverage === undefined ? undefined : coverageRecorder(loaded.query);
  for (const open of loaded.cases) {
    if (run.stop()) break;
    const { name, tags } = open.specCase;
    if (!isSelected(options.selection, caseId(run.path, name), tags)) continue;
    const { report, snapshot } = await runOne(open, loaded, run, stored, options, recorder);
    ran.push(open);
    if (snapshot) written.set(snapshotName(name), snapshot);
    cases.push(report);
    run.done(report);
  }
  await writeSnapshots(path, stored, written, loaded, options);
  // Where `--bail` has left tests out, nobody knows what they reach.
  const stopped = run.stop() && ran.length < loaded.cases.length;
  const coverage = recorder && measuredCoverage(recorder, loaded);
  const mutation =
    wanted.mutation === undefined ? undefined : await measuredMutation(loaded, ran, cases, stored, options);
  const shortfalls = stopped ? [] : shortfallsOf(loaded, wanted, coverage, mutation);
  return { cases, query: loaded.file.spec.query, coverage, mutation, shortfalls };
}

type Wanted = Pick<RunOptions, "coverage" | "mutation">;

/** How much the tests are to reach: as the spec says, when all of them run, else as the command line does. */
function wantedOf({ file, cases }: LoadedSpec, run: FileRun, { selection, coverage, mutation }: RunOptions): Wanted {
  const whole = cases.every(({ specCase: { name, tags } }) => isSelected(selection, caseId(run.path, name), tags));
  if (!whole) return { coverage, mutation };
  return { coverage: file.spec.coverage ?? coverage, mutation: file.spec.mutation ?? mutation };
}

function shortfallsOf(
  { file }: LoadedSpec,
  wanted: Wanted,
  coverage: MeasuredCoverage | undefined,
  mutation: MeasuredMutation | undefined,
): readonly FailureReport[] {
  const at = (key: "coverage" | "mutation") =>
    lineOf(file.text, file.keyAt(file.spec[key] === undefined ? ["query"] : [key]).start);
  const shortfall = (key: "coverage" | "mutation", percent: number | undefined, say: typeof words.tooLittle) => {
    const least = wanted[key] ?? 0;
    if (percent === undefined || percent >= least) return [];
    return [{ message: say(percent, least), details: [], line: at(key) }];
  };
  return [
    ...shortfall("coverage", coverage?.percent, words.tooLittle),
    ...shortfall("mutation", mutation?.score, mutationWords.tooLittle),
  ];
}

function measuredCoverage(recorder: CoverageRecorder, { query }: LoadedSpec): MeasuredCoverage {
  const coverage = recorder.coverage();
  const score = coverage ? coverageScore(coverage) : { covered: 0, total: 0, percent: 0 };
  return { ...score, coverage, document: query.document };
}

/** Undefined where a test fails as the query stands: what it says of changes then is worth nothing. */
async function measuredMutation(
  loaded: LoadedSpec,
  ran: readonly OpenCase[],
  cases: readonly CaseReport[],
  snapshots: Snapshots,
  { strict }: RunOptions,
): Promise<MeasuredMutation | undefined> {
  if (cases.some(({ status }) => status === "failed")) return undefined;
  const { judged, ...score } = await mutationOf(loaded, ran, {
    snapshots,
    onSnapshot: "compare",
    strict,
    traced: false,
  });
  const { document } = loaded.query;
  const source = { name: document.file.name, text: document.file.text, offsetInFile: document.offsetInFile };
  const survivors = judged.filter(({ verdict }) => verdict === "survived");
  return { ...score, survivors: survivors.map(({ mutant }) => renderSurvivor(mutant, document.text, source)) };
}

const unread = { name: "(the file)", status: "failed", tags: [], trace: [], milliseconds: 0 } as const;

async function runOne(
  open: OpenCase,
  { query, file }: LoadedSpec,
  run: FileRun,
  snapshots: Snapshots,
  { update, strict, ci, timeout }: RunOptions,
  recorder: CoverageRecorder | undefined,
): Promise<{ readonly report: CaseReport; readonly snapshot?: readonly string[] | undefined }> {
  const { specCase } = open;
  const watch = timed(timeout);
  const source = { name: run.path, text: file.text };
  const line = lineOf(file.text, file.valueAt(specCase.path).start);
  const { name, note, knownGap, tags } = specCase;
  const base = { name, line, note, knownGap, tags, trace: [] };
  const settings: CaseSettings = {
    snapshots,
    onSnapshot: update ? "write-all" : ci ? "compare" : "write-missing",
    strict,
    signal: watch.signal,
    query: recorder?.query,
  };
  try {
    const outcome = await runSpecCase(open, query, settings);
    const failures = outcome.failures.map(({ message, details, path }): FailureReport => {
      return { message, details, line: lineOf(file.text, file.valueAt(path).start) };
    });
    const report: CaseReport = {
      ...base,
      status: outcome.status,
      failures: [...failures, ...queryErrors(outcome, line)],
      cause: causeOf(outcome),
      reason: specCase.skip || undefined,
      trace: outcome.trace ?? [],
      milliseconds: watch.elapsed(),
    };
    return { report, snapshot: outcome.snapshot };
  } catch (thrown) {
    const failed = { ...base, status: "failed", milliseconds: watch.elapsed() } as const;
    if (watch.isOverdue(thrown)) {
      return { report: { ...failed, failures: [{ message: watch.message(), details: [], line }], cause: "run" } };
    }
    if (!(thrown instanceof SpecFault)) throw thrown;
    return { report: { ...failed, failures: [failureOf(thrown.diagnostic, source)], cause: "spec" } };
  }
}

function causeOf({ status, failed }: Outcome): CaseReport["cause"] {
  if (status !== "failed") return undefined;
  return failed?.errors[0].stage ?? "expectation";
}

/** The errors of a query as they are drawn, below the sentence that it fails. */
function queryErrors({ failed }: Outcome, line: number): readonly FailureReport[] {
  if (!failed) return [];
  const { document, errors } = failed;
  const source = { name: document.file.name, text: document.file.text, offsetInFile: document.offsetInFile };
  return errors.map((error) => ({ ...failureOf(error, source), line }));
}

function failureOf(diagnostic: Diagnostic, source: Source): FailureReport {
  const [message = "", ...details] = renderDiagnostic(diagnostic, source).split("\n");
  return { message, details, line: lineOf(source.text, diagnostic.labels[0].span.start) };
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

async function readSnapshots(path: string): Promise<Snapshots> {
  try {
    return parseSnapshots(await readFile(path, "utf8"));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return new Map(); // what node:fs rejects with
    throw thrown;
  }
}

async function writeSnapshots(
  path: string,
  stored: Snapshots,
  written: Snapshots,
  { cases }: LoadedSpec,
  { update }: RunOptions,
): Promise<void> {
  const wanted = new Set(
    cases.filter(({ specCase }) => specCase.expect.snapshot).map(({ specCase }) => snapshotName(specCase.name)),
  );
  // Only an update may take away what was recorded once.
  const kept = new Map([...stored].filter(([name]) => !update || wanted.has(name)));
  if (written.size === 0 && kept.size === stored.size) return;
  const all = new Map([...kept, ...written]);
  if (all.size === 0) await rm(path, { force: true });
  else await writeFile(path, printSnapshots(all));
}
