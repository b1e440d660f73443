import * as words from "../../../diagnostics/catalogue/reports.ts";
import { totalsOf } from "../suite.ts";
import { failureText, type Reporter, traceText } from "./reporter.ts";

/** A summary for the page of a job or a pull request. */
export const markdown: Reporter = ({ files }) => {
  const { passed, failed, skipped } = totalsOf(files);
  const rows = files.map((file) => {
    const totals = totalsOf([file]);
    return `| ${cell(file.path)} | ${totals.passed} | ${totals.failed} | ${totals.skipped} |`;
  });
  const failures = files.flatMap(({ path, cases }) =>
    cases.flatMap(({ name, status, failures, trace, line }) => {
      if (status !== "failed") return [];
      const text = [...failures.map(failureText), ...(trace.length === 0 ? [] : [traceText(trace)])].join("\n");
      return [`- **${inline(name)}** ${inline(`${path}:${failures[0]?.line ?? line}`)}`, "", ...fenced(text), ""];
    }),
  );
  const short = files.flatMap(({ path, shortfalls = [] }) =>
    shortfalls.flatMap(({ message, line }) => [`- ${inline(`${path}:${line}`)}: ${inline(message)}`, ""]),
  );
  const gaps = files.flatMap(({ path, cases }) =>
    cases.flatMap(({ knownGap, name, status, line }) =>
      knownGap === undefined || status !== "passed"
        ? []
        : [`- ${inline(knownGap)}: ${inline(name)} (${inline(`${path}:${line}`)})`],
    ),
  );
  return [
    `## ${words.heading}`,
    "",
    `${words.totals(passed, failed, skipped)}`,
    "",
    "| File | Passed | Failed | Skipped |",
    "| --- | ---: | ---: | ---: |",
    ...rows,
    "",
    ...(failures.length + short.length === 0 ? [] : [`### ${words.failuresHeading}`, "", ...failures, ...short]),
    ...(gaps.length === 0 ? [] : [`### ${words.gapsHeading}`, "", ...gaps, ""]),
  ].join("\n");
};

function cell(text: string): string {
  return inline(text).replace(/\|/g, "\\|");
}

function inline(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_<>[\]]/g, "\\$&");
}

/** A fence that is longer than any run of backticks in the text, indented as part of a list. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [fence, ...text.split("\n"), fence].map((line) => `  ${line}`);
}
