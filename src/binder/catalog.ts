import type { TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import type { Schema } from "../data/types.ts";

/** A file that the query names itself: externaldata. */
export interface ExternalRequest {
  readonly uris: readonly string[];
  readonly columns: Schema;
  readonly options: ReadonlyMap<string, Cell>;
}

/** The tables of a database. */
export interface DatabaseTables {
  /** Case-sensitive. */
  table(name: string): TableSource | undefined;
  readonly tableNames: readonly string[];
}

/** What a query may refer to. */
export interface Catalog extends DatabaseTables {
  /** Another database, by its name; one of another cluster as `cluster/database`. */
  database(name: string): DatabaseTables | undefined;
  readonly databaseNames: readonly string[];
  /** Throws `KqlError` when an option has no meaning; the data itself is fetched when the source is scanned. */
  external(request: ExternalRequest): TableSource;
}
