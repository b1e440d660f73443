import type { TableSource } from "../../data/batch.ts";
import type { DatabaseOptions } from "../../engine/database.ts";

/** The files that a spec names. Paths are as the spec has them. Everything rejects with `KqlError`. */
export interface SpecFiles {
  /** How the reader of a message calls the file. */
  readonly shown: (path: string) => string;
  readonly text: (path: string) => Promise<string>;
  /** The table of a data file, with the columns of `schema` when given. */
  readonly table: (path: string, name: string, schema: TableSource["schema"] | undefined) => Promise<TableSource>;
  /** The items of a watchlist. */
  readonly watchlist: (path: string) => Promise<TableSource>;
  /** The paths of files, in order, that match a pattern of `*`, `**` and `?`. */
  readonly matching: (pattern: string) => Promise<readonly string[]>;
  /** Answers `externaldata` from these files, by address, and from nothing else but pinned copies. */
  readonly external: (files: ReadonlyMap<string, string>) => DatabaseOptions["external"];
}
