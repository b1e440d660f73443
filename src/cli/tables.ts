import { sameTable } from "../diagnostics/catalogue/data.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { TableOpener } from "../engine/shelf.ts";
import { openTableFile, type TableFile, tableFile, tablesIn } from "../node/files.ts";
import type { Progress } from "./progress.ts";
import { usageError } from "./report.ts";

export interface TableOptions {
  /** Folders: each file is a table. */
  readonly data: readonly string[];
  /** `Name=path`; beats a table of a folder. */
  readonly table: readonly string[];
}

/** The tables that the command line names. Each is opened when a query names it, and only then. */
export async function findTables(
  { data, table }: TableOptions,
  progress: Progress,
): Promise<ReadonlyMap<string, TableOpener>> {
  const files = new Map<string, TableFile>();
  for (const folder of data) {
    for (const file of await tablesIn(folder)) {
      const other = files.get(file.table);
      if (other) throw new KqlError(sameTable(file.table, other.path, file.path));
      files.set(file.table, file);
    }
  }
  for (const given of table) {
    const [name, path] = splitPair("-t", "`NAME=FILE`", given, given.indexOf("="));
    files.set(name, await tableFile(path, name));
  }
  const openers = new Map<string, TableOpener>();
  for (const [name, file] of files) {
    openers.set(name, async () => progress.watch(name, await openTableFile(file)));
  }
  return openers;
}

/** Both sides of the `=` at `cut`; an error when one is missing, but the right one may be empty where that means something. */
export function splitPair(
  option: string,
  form: string,
  given: string,
  cut: number,
  right: "full" | "empty" = "full",
): readonly [string, string] {
  if (cut <= 0 || (right === "full" && cut === given.length - 1)) {
    throw usageError(usage.notAPair(option, form, given));
  }
  return [given.slice(0, cut), given.slice(cut + 1)];
}
