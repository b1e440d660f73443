import type { Database, DatabaseOptions } from "../engine/database.ts";
import { externalTable } from "../engine/external.ts";
import type { TableOpener } from "../engine/shelf.ts";
import { createDatabase } from "../index.ts";
import { type ExternalSources, externalResolver } from "./externals.ts";
import { openTableFile, tablesIn } from "./files.ts";
import { nodeInflaters } from "./inflate.ts";
import { findLock } from "./lock.ts";

export interface FolderOptions extends ExternalSources {
  readonly clock?: DatabaseOptions["clock"];
}

/**
 * A database over the files of a folder, each a table of its name; a file is opened when a query first names it. External
 * data comes from where `options` say, by default from the lock file in the folder or above it.
 */
export async function openFolder(folder: string, options: FolderOptions = {}): Promise<Database> {
  const files = await tablesIn(folder);
  const tables = new Map<string, TableOpener>(files.map((file) => [file.table, () => openTableFile(file)]));
  const resolve = externalResolver({ ...options, lock: options.lock ?? (await findLock(folder)) });
  const external: DatabaseOptions["external"] = (request) =>
    externalTable(request, { resolve, inflaters: nodeInflaters });
  return createDatabase({ tables, external, ...(options.clock && { clock: options.clock }) });
}
