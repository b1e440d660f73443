import { type FileReport, totalsOf } from "../suite.ts";
import type { Reporter } from "./reporter.ts";

/** Everything that is known of a run; members may be added, none changes its meaning. */
export const json: Reporter = ({ files, milliseconds, version }) =>
  `${JSON.stringify({ version: 1, kqlite: version, ...totalsOf(files), milliseconds, files: files.map(plain) }, undefined, 2)}\n`;

/** Of the coverage its numbers: the query itself is no part of the report. */
function plain({ coverage, ...file }: FileReport) {
  return coverage
    ? { ...file, coverage: { covered: coverage.covered, total: coverage.total, percent: coverage.percent } }
    : file;
}
