import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { Source } from "../../diagnostics/render.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { coverageHtml } from "../../insight/coverage/html-report.ts";
import { coverageLcov } from "../../insight/coverage/lcov-report.ts";
import { usageError } from "../report.ts";
import type { RunOptions } from "./run-file.ts";
import type { FileReport } from "./suite.ts";

export function sourceOf({ file, offsetInFile }: QueryDocument): Source {
  return { name: file.name, text: file.text, offsetInFile };
}

/** Whether every query is reached as far as the command line wants. */
export function reachesAll(reports: readonly FileReport[], { coverage = 0, mutation = 0 }: RunOptions): boolean {
  return reports.every(
    (report) => (report.coverage?.percent ?? 100) >= coverage && (report.mutation?.score ?? 100) >= mutation,
  );
}

/** As the ending of `path` says. */
export async function writeCoverage(reports: readonly FileReport[], path: string): Promise<void> {
  const measured = reports.flatMap(({ coverage }) => (coverage ? [coverage] : []));
  switch (extname(path)) {
    case ".html":
      return writeFile(
        path,
        coverageHtml(measured.map(({ coverage, document: { name, text } }) => ({ name, text, coverage }))),
      );
    case ".lcov":
      return writeFile(
        path,
        measured.map(({ coverage, document }) => coverageLcov(coverage, sourceOf(document))).join(""),
      );
    default:
      throw usageError(usage.coverageFile(path));
  }
}
