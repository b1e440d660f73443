import { diff as say } from "../../diagnostics/catalogue/insight.ts";
import type { QueryDocument } from "../../documents/document.ts";
import type { Database, QueryOptions } from "../../engine/database.ts";
import type { ResultTable } from "../../engine/results.ts";
import { diffResults, isSame } from "../../insight/diff.ts";
import { hostClock } from "../clock.ts";
import { type FixtureOptions, openedDatabase, settingsOf } from "../database.ts";
import { exitCode } from "../exit.ts";
import { type OutputOptions, planOutput, type Titled, writeResults } from "../output.ts";
import { showProgress } from "../progress.ts";
import { readRevision } from "../queries.ts";
import { InDocument, showDiagnostics } from "../report.ts";

export interface DiffOptions extends FixtureOptions, OutputOptions {}

/** Says which rows two versions of a query do not share, over the same data at the same time. */
export async function diff(before: string, after: string, options: DiffOptions): Promise<number> {
  const output = planOutput(options);
  const settings = settingsOf(options);
  // Both run at one time and with one luck.
  const asked: QueryOptions = { ...settings, now: settings.now ?? hostClock(), seed: 0 };
  const [left, right] = [await readRevision(before), await readRevision(after)];
  const progress = showProgress();
  let lefts: readonly ResultTable[];
  let rights: readonly ResultTable[];
  try {
    lefts = await resultsOf(left.document, await openedDatabase(options, left.path, progress), asked);
    rights = await resultsOf(right.document, await openedDatabase(options, right.path, progress), asked);
  } finally {
    progress.done();
  }
  let same = true;
  const tables: Titled[] = [];
  if (lefts.length !== rights.length) {
    same = false;
    console.error(say.results(lefts.length, rights.length));
  }
  for (const [i, one] of lefts.entries()) {
    const other = rights[i];
    if (!other) break;
    const found = diffResults(one, other);
    const title = lefts.length > 1 ? say.result(i + 1) : undefined;
    for (const change of found.columns) console.error(say.column(change, title));
    console.error(say.rows(found, title));
    if (isSame(found)) continue;
    same = false;
    if (found.lost + found.caught > 0) tables.push({ table: found.table, title });
  }
  if (tables.length > 0) await writeResults(tables, output);
  return same ? exitCode.ok : exitCode.findings;
}

async function resultsOf(
  document: QueryDocument,
  database: Database,
  options: QueryOptions,
): Promise<readonly ResultTable[]> {
  try {
    const { results, diagnostics } = await database.query(document.text, options);
    if (diagnostics.length > 0) showDiagnostics(diagnostics, document);
    return results;
  } catch (thrown) {
    throw new InDocument(thrown, document);
  }
}
