import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Database } from "../../src/engine/database.ts";
import { databaseOfCase } from "../../src/node/test-database.ts";
import type { TestCase } from "../../src/testing/test-file.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** As for `kqlite test`; tests in `queries` have the tables of `fixtures`. */
export function databaseFor(testCase: TestCase, folder: string): Promise<Database> {
  const inQueries = folder.startsWith(join(root, "queries"));
  return databaseOfCase(testCase, folder, inQueries ? join(root, "fixtures") : undefined);
}
