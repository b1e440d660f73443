import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDocument } from "../../src/documents/open.ts";
import { createDatabase, type Database } from "../../src/engine/database.ts";
import { externalTable } from "../../src/engine/external.ts";
import type { TableOpener } from "../../src/engine/shelf.ts";
import { externalResolver } from "../../src/node/externals.ts";
import { openTableFile, tablesIn } from "../../src/node/files.ts";
import { nodeInflaters } from "../../src/node/inflate.ts";
import { findLock } from "../../src/node/lock.ts";
import type { TestCase } from "../../src/testing/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The database of a case. Its tables are the files of the folder that `// data:` names, or of `fixtures` for tests in
 * `queries`; external data comes from the files that `// external:` names, or from the lock file. Paths are relative to
 * `folder`, that of the test file.
 */
export async function databaseFor({ settings }: TestCase, folder: string): Promise<Database> {
  const inQueries = folder.startsWith(join(root, "queries"));
  const data = settings.data === undefined ? inQueries && join(root, "fixtures") : join(folder, settings.data);
  const tables = new Map<string, TableOpener>();
  if (data) for (const file of await tablesIn(data)) tables.set(file.table, () => openTableFile(file));
  const files = new Map([...settings.external].map(([url, path]) => [url, join(folder, path)]));
  const resolve = externalResolver({ files, lock: await findLock(folder) });
  return createDatabase({
    tables,
    external: (request) => externalTable(request, { resolve, inflaters: nodeInflaters }),
  });
}

/** The case with the query that `// query:` refers to. */
export function withQuery(testCase: TestCase, folder: string): TestCase {
  if (testCase.file === undefined || testCase.problem) return testCase;
  const [path = "", anchor] = testCase.file.split("#");
  const found = openDocument(path, readFileSync(join(folder, path), "utf8"), anchor);
  if ("message" in found) throw new Error(found.message);
  const [document, ...more] = found;
  if (!document || more.length > 0) throw new Error(`\`${testCase.file}\` has ${found.length} queries: name one`);
  return { ...testCase, query: document.text };
}
