import { knownGap } from "../../../diagnostics/catalogue/reports.ts";
import { type CaseReport, type FileReport, totalsOf } from "../suite.ts";
import { failureText, type Reporter, traceText, withShortfalls } from "./reporter.ts";

/** The format of JUnit as Jenkins, GitLab and Azure read it. https://github.com/testmoapp/junitxml */
export const junit: Reporter = ({ files: reports, milliseconds }) => {
  const files = reports.map(withShortfalls);
  const { passed, failed, skipped } = totalsOf(files);
  const errors = files.reduce((sum, file) => sum + errorsIn(file), 0);
  const numbers = counts(passed + failed + skipped, failed - errors, errors, skipped, milliseconds);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kqlite"${numbers}>`,
    ...files.flatMap(suite),
    "</testsuites>\n",
  ].join("\n");
};

function errorsIn({ cases }: FileReport): number {
  return cases.filter(isError).length;
}

/** What fails for another reason than its expectations. */
function isError({ status, cause }: CaseReport): boolean {
  return status === "failed" && cause !== "expectation";
}

function suite(file: FileReport): readonly string[] {
  const { failed, skipped } = totalsOf([file]);
  const errors = errorsIn(file);
  const time = file.cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const numbers = counts(file.cases.length, failed - errors, errors, skipped, time);
  return [
    `  <testsuite name="${escaped(file.path)}"${numbers}>`,
    ...file.cases.map((each) => testcase(file, each)),
    "  </testsuite>",
  ];
}

function counts(tests: number, failures: number, errors: number, skipped: number, milliseconds: number): string {
  return ` tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(milliseconds)}"`;
}

function testcase({ path }: FileReport, report: CaseReport): string {
  const { name, line, milliseconds, status, reason, failures, cause, trace } = report;
  const gap = report.knownGap === undefined ? [] : [`<system-out>${escaped(knownGap(report.knownGap))}</system-out>`];
  const tag = isError(report) ? "error" : "failure";
  const traced = trace.length === 0 ? [] : [traceText(trace)];
  const body = [
    ...(status === "skipped" ? [`<skipped${reason === undefined ? "" : ` message="${escaped(reason)}"`}/>`] : []),
    ...(status === "failed"
      ? [
          `<${tag} message="${escaped(failures[0]?.message ?? "")}" type="${cause ?? ""}">` +
            `${escaped([...failures.map(failureText), ...traced].join("\n"))}</${tag}>`,
        ]
      : []),
    ...gap,
  ];
  const open =
    `    <testcase name="${escaped(name)}" classname="${escaped(path)}" file="${escaped(path)}" line="${line}"` +
    ` time="${seconds(milliseconds)}"`;
  return body.length === 0 ? `${open}/>` : `${open}>${body.join("")}</testcase>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

/** Text as it stands in XML, whose first version has no place for control characters. https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  return text
    .replace(/[&<>"\n]/g, (char) => entities[char] ?? char)
    .replace(/[^\t\r\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
