import { knownGap } from "../../../diagnostics/catalogue/reports.ts";
import { failureText, type Reporter } from "./reporter.ts";

/** Commands that GitHub shows beside the line. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
export const github: Reporter = ({ files }) => {
  const lines = files.flatMap(({ path, cases, shortfalls = [] }) => [
    ...shortfalls.map(({ message, line }) => command("error", path, line, path, message)),
    ...cases.flatMap((report) => [
      ...report.failures.map((failure) => command("error", path, failure.line, report.name, failureText(failure))),
      ...(report.knownGap !== undefined && report.status === "passed"
        ? [command("notice", path, report.line, report.name, knownGap(report.knownGap))]
        : []),
    ]),
  ]);
  return lines.map((line) => `${line}\n`).join("");
};

function command(kind: "error" | "notice", path: string, line: number, title: string, text: string): string {
  return `::${kind} file=${property(path)},line=${line},title=${property(title)}::${data(text)}`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
