import { knownGap } from "../../../diagnostics/catalogue/reports.ts";
import type { CaseReport } from "../suite.ts";
import { failureText, type Reporter, traceText, withShortfalls } from "./reporter.ts";

/** https://testanything.org/tap-version-14-specification.html */
export const tap: Reporter = ({ files }) => {
  const cases = files.map(withShortfalls).flatMap(({ path, cases }) => cases.map((report) => ({ path, report })));
  const lines = cases.flatMap(({ path, report }, i) => caseLines(path, report, i + 1));
  return [`TAP version 14`, `1..${cases.length}`, ...lines, ""].join("\n");
};

function caseLines(path: string, report: CaseReport, number: number): readonly string[] {
  const { name, line, status, reason, failures, cause, trace } = report;
  const description = escaped(`${path}: ${name}`);
  const skip = status === "skipped" ? ` # SKIP ${escaped(reason ?? "")}`.trimEnd() : "";
  const gap = report.knownGap === undefined ? [] : [`  # ${escaped(knownGap(report.knownGap))}`];
  const result = `${status === "failed" ? "not ok" : "ok"} ${number} - ${description}${skip}`;
  if (status !== "failed") return [result, ...gap];
  const text = [...failures.map(failureText), ...(trace.length === 0 ? [] : [traceText(trace)])].join("\n");
  return [
    result,
    "  ---",
    `  at: ${JSON.stringify(`${path}:${failures[0]?.line ?? line}`)}`,
    `  cause: ${cause ?? ""}`,
    "  message: |",
    ...text.split("\n").map((each) => `    ${each}`.trimEnd()),
    "  ...",
    // The block belongs to the line right above it.
    ...gap,
  ];
}

/** On one line, without what would be read as a directive. */
function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\#]/g, "\\$&");
}
