import { join } from "node:path";
import { severalQueriesIn } from "../diagnostics/catalogue/testing.ts";
import { createDatabase, type Database } from "../engine/database.ts";
import { externalTable } from "../engine/external.ts";
import type { TableOpener } from "../engine/shelf.ts";
import type { TestCase } from "../testing/test-file.ts";
import { externalResolver } from "./externals.ts";
import { openTableFile, tablesIn } from "./files.ts";
import { nodeInflaters } from "./inflate.ts";
import { findLock } from "./lock.ts";
import { documentText } from "./spec-files.ts";

/**
 * The database of a case of a `.test.kql`. Its tables are the files of the folder that `// data:` names, else of `data`;
 * external data comes from the files that `// external:` names, or from the lock file. Paths are relative to `folder`,
 * that of the test file. Throws `KqlError`.
 */
export async function databaseOfCase({ settings }: TestCase, folder: string, data?: string): Promise<Database> {
  const named = settings.data === undefined ? data : join(folder, settings.data);
  const tables = new Map<string, TableOpener>();
  if (named !== undefined) for (const file of await tablesIn(named)) tables.set(file.table, () => openTableFile(file));
  const files = new Map([...settings.external].map(([url, path]) => [url, join(folder, path)]));
  const resolve = externalResolver({ files, lock: await findLock(folder) });
  return createDatabase({
    tables,
    external: (request) => externalTable(request, { resolve, inflaters: nodeInflaters }),
  });
}

/** The case with the query that `// query:` refers to; with a problem when it refers to none, or to several. */
export async function withQuery(testCase: TestCase, folder: string): Promise<TestCase> {
  const { file, problem, line } = testCase;
  if (file === undefined || problem) return testCase;
  const [path = "", anchor] = file.split("#");
  // The reader of YAML takes as long to load as most cases take to run.
  const { openDocument } = await import("../documents/open.ts");
  const found = openDocument(path, await documentText(join(folder, path)), anchor);
  if ("message" in found) return { ...testCase, problem: { message: found.message, line } };
  const [document, ...more] = found;
  if (document && more.length === 0) return { ...testCase, query: document.text };
  return { ...testCase, problem: { message: severalQueriesIn(file, found.length), line } };
}
