import { writeFile } from "node:fs/promises";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { Source } from "../../diagnostics/render.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { coverageHtml } from "../../insight/coverage/html-report.ts";
import { coverageLcov } from "../../insight/coverage/lcov-report.ts";
import { usageError } from "../report.ts";
import type { FileReport } from "./suite.ts";

export function sourceOf({ file, offsetInFile }: QueryDocument): Source {
  return { name: file.name, text: file.text, offsetInFile };
}

/** Whether every query is reached as far as the command line and its spec want. */
export function reachesAll(reports: readonly FileReport[]): boolean {
  return reports.every(({ shortfalls = [] }) => shortfalls.length === 0);
}

/** Throws `UsageError` for an ending that says nothing. */
export function checkCoverageFile(path: string | undefined): void {
  if (path !== undefined && !/\.(html|lcov)$/.test(path)) throw usageError(usage.coverageFile(path));
}

/** As the ending of `path` says. */
export async function writeCoverage(reports: readonly FileReport[], path: string): Promise<void> {
  const measured = reports.flatMap(({ coverage: found }) => {
    return found?.coverage ? [{ coverage: found.coverage, document: found.document }] : [];
  });
  const text = path.endsWith(".html")
    ? coverageHtml(measured.map(({ coverage, document: { name, text } }) => ({ name, text, coverage })))
    : measured.map(({ coverage, document }) => coverageLcov(coverage, sourceOf(document))).join("");
  await writeFile(path, text);
}
