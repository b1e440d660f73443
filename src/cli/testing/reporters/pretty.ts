import picocolors from "picocolors";
import * as say from "../../../diagnostics/catalogue/insight.ts";
import * as words from "../../../diagnostics/catalogue/reports.ts";
import { coverageText } from "../../../insight/coverage/text-report.ts";
import { sourceOf } from "../measures.ts";
import { type CaseReport, type FileReport, type MeasuredCoverage, totalsOf } from "../suite.ts";
import { traceText } from "./reporter.ts";

/** A file for the eye: one line when all is well, else every failure. */
export function prettyFile(report: FileReport, color: boolean): string {
  return casesText(report, color) + measuresText(report, color);
}

function measuresText({ coverage, mutation, shortfalls = [] }: FileReport, color: boolean): string {
  const paint = picocolors.createColors(color);
  const parts = [
    ...(coverage ? [coverageLines(coverage, color)] : []),
    ...(mutation ? [...mutation.survivors, say.mutation.score(mutation.killed, mutation.survived)] : []),
    ...shortfalls.map(({ message }) => paint.red(message)),
  ];
  return parts.map((part) => `${part.trimEnd().replace(/^(?=.)/gm, "   ")}\n`).join("");
}

function coverageLines({ coverage, document }: MeasuredCoverage, color: boolean): string {
  return coverage ? coverageText(coverage, { ...sourceOf(document), color }) : say.coverage.nothing();
}

function casesText({ path, cases }: FileReport, color: boolean): string {
  const paint = picocolors.createColors(color);
  const failed = cases.filter(({ status }) => status === "failed");
  const time = cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const summary = `${path}  ${paint.dim(words.fileSummary(cases.length, time))}`;
  if (failed.length === 0) return ` ${paint.green(words.pass)}  ${summary}\n`;
  return failed.map((each) => `${failureLines(path, each, color)}\n`).join("");
}

function failureLines(
  path: string,
  { name, line, failures, trace, knownGap, note }: CaseReport,
  color: boolean,
): string {
  const paint = picocolors.createColors(color);
  const lines = [
    ` ${paint.bold(paint.red(words.fail))}  ${paint.bold(`${path}:${failures[0]?.line ?? line}`)}  ${name}`,
    ...(note === undefined ? [] : [`   ${paint.dim(note)}`]),
    ...failures
      .flatMap(({ message, details }) => [message, ...details.map((each) => `  ${each}`)])
      .map((each) => `   ${each}`),
    ...(knownGap === undefined ? [] : [`   ${words.gapFails(knownGap)}`]),
    ...(trace.length === 0 ? [] : [`   ${paint.dim(`${words.trace}   ${traceText(trace)}`)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What stands below all files: blind spots, and the numbers alone on the last line. */
export function prettyEnd(files: readonly FileReport[], color: boolean): string {
  const paint = picocolors.createColors(color);
  const gaps = files.flatMap(({ path, cases }) =>
    cases.flatMap(({ name, line, knownGap, status }) =>
      knownGap === undefined || status !== "passed" ? [] : [`   ${knownGap}  ${name}  ${paint.dim(`${path}:${line}`)}`],
    ),
  );
  const skipped = files.flatMap(({ path, cases }) =>
    cases.flatMap(({ name, line, reason, status }) =>
      status === "skipped"
        ? [`   ${name}${reason === undefined ? "" : `  ${reason}`}  ${paint.dim(`${path}:${line}`)}`]
        : [],
    ),
  );
  const sections = [
    ...(gaps.length === 0 ? [] : [` ${paint.yellow(words.knownGaps)}`, ...gaps]),
    ...(skipped.length === 0 ? [] : [` ${paint.yellow(words.skippedTests)}`, ...skipped]),
  ];
  return sections.length === 0 ? "\n" : `\n${sections.join("\n")}\n\n`;
}

export function lastLine(files: readonly FileReport[]): string {
  const { passed, failed, skipped } = totalsOf(files);
  return `${words.totals(passed, failed, skipped)}\n`;
}
