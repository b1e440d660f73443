import { parseDatetime } from "../../data/datetime.ts";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { createDatabase, type Database, type QueryOptions } from "../../engine/database.ts";
import { hostClock } from "../clock.ts";
import { exitCode } from "../exit.ts";
import { type ExternalOptions, externalData } from "../external.ts";
import { type OutputOptions, planOutput, type Titled, writeResults } from "../output.ts";
import { showProgress } from "../progress.ts";
import { readQueries } from "../queries.ts";
import { InDocument, showDiagnostics, usageError } from "../report.ts";
import { findTables, splitPair, type TableOptions } from "../tables.ts";

export interface RunOptions extends TableOptions, ExternalOptions, OutputOptions {
  readonly execute?: string | undefined;
  readonly now?: string | undefined;
  readonly param: readonly string[];
  /** The file of a trace, empty for none; undefined: nobody asked. */
  readonly profile?: string | undefined;
}

/** Runs every query of a file and writes the results. */
export async function run(file: string | undefined, options: RunOptions): Promise<number> {
  const output = planOutput(options);
  const now = nowOf(options.now);
  const parameters = new Map(
    options.param.map((pair) => splitPair("-p", "`NAME=VALUE`", pair, pair.indexOf("="), "empty")),
  );
  const queries = await readQueries(file, options.execute);
  const progress = showProgress();
  const results: Titled[] = [];
  try {
    const tables = await findTables(options, progress);
    const external = await externalData(options, queries.path);
    const database = createDatabase({ tables, external, clock: hostClock });
    for (const document of queries.documents) {
      results.push(
        ...(await runOne(
          document,
          database,
          { now, parameters, timer: options.profile === undefined ? undefined : () => performance.now() },
          queries.documents.length > 1,
        )),
      );
    }
  } finally {
    progress.done();
  }
  if (options.profile !== undefined) {
    const { writeProfile } = await import("../profile.ts");
    await writeProfile(results, options.profile);
  }
  const written = await writeResults(results, output);
  if (written.length > 1) console.error(`written: ${written.join(", ")}`);
  return exitCode.ok;
}

async function runOne(
  document: QueryDocument,
  database: Database,
  options: QueryOptions,
  several: boolean,
): Promise<readonly Titled[]> {
  try {
    const { results, diagnostics } = await database.query(document.text, options);
    if (diagnostics.length > 0) showDiagnostics(diagnostics, document);
    const title = document.title === undefined ? document.name : `${document.name}: ${document.title}`;
    return results.map((table) => ({ table, title: several ? title : undefined }));
  } catch (thrown) {
    throw new InDocument(thrown, document);
  }
}

function nowOf(given: string | undefined): bigint | undefined {
  if (given === undefined) return undefined;
  const now = parseDatetime(given);
  if (now === null) throw usageError(usage.badNow(given));
  return now;
}
