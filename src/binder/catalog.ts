import type { TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import type { Schema } from "../data/types.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";

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

/** A function that the database keeps, as `.create function` makes one. */
export interface StoredFunction {
  readonly name: string;
  /** Where it comes from; shown with a place in `text`. */
  readonly source: string;
  readonly text: string;
  readonly declaration: ast.FunctionDeclaration;
  /** What is to be added to an offset in the declaration to have one in `text`. */
  readonly shift: number;
  /** What is wrong with the text; offsets are those of the declaration. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a query may refer to. */
export interface Catalog extends DatabaseTables {
  /** Case-sensitive, as those of tables. */
  storedFunction(name: string): StoredFunction | undefined;
  readonly functionNames: readonly string[];
  /** Another database, by its name; one of another cluster as `cluster/database`. */
  database(name: string): DatabaseTables | undefined;
  readonly databaseNames: readonly string[];
  /** Throws `KqlError` when an option has no meaning; the data itself is fetched when the source is scanned. */
  external(request: ExternalRequest): TableSource;
}
