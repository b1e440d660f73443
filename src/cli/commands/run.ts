import type { QueryDocument } from "../../documents/document.ts";
import type { Database, QueryOptions } from "../../engine/database.ts";
import { type FixtureOptions, openedDatabase, settingsOf } from "../database.ts";
import { exitCode } from "../exit.ts";
import { type OutputOptions, planOutput, type Titled, writeResults } from "../output.ts";
import { showProgress } from "../progress.ts";
import { readQueries } from "../queries.ts";
import { InDocument, showDiagnostics } from "../report.ts";

export interface RunOptions extends FixtureOptions, OutputOptions {
  readonly execute?: string | undefined;
  /** The file of a trace, empty for none; undefined: nobody asked. */
  readonly profile?: string | undefined;
}

/** Runs every query of a file and writes the results. */
export async function run(file: string | undefined, options: RunOptions): Promise<number> {
  const output = planOutput(options);
  const timer = options.profile === undefined ? undefined : () => performance.now();
  const settings: QueryOptions = { ...settingsOf(options), timer };
  const queries = await readQueries(file, options.execute);
  const progress = showProgress();
  const results: Titled[] = [];
  try {
    const database = await openedDatabase(options, queries.path, progress);
    for (const document of queries.documents) {
      results.push(...(await runOne(document, database, settings, queries.documents.length > 1)));
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
