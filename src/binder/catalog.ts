import type { TableSource } from "../data/batch.ts";
import type { Cell } from "../data/column.ts";
import type { Dynamic } from "../data/dynamic.ts";
import type { Schema } from "../data/types.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ExternalColumns } from "../functions/plugin.ts";
import type * as statements from "../parser/ast-statements.ts";

/** Files that the query names itself: externaldata. */
export interface ExternalRequest {
  readonly uris: readonly string[];
  readonly columns: Schema;
  readonly options: ReadonlyMap<string, Cell>;
  /** The columns of the files are wanted, as `columns` of text, and not their rows. `options` are none then. */
  readonly describe?: ExternalColumns | undefined;
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
  readonly declaration: statements.FunctionDeclaration;
  /** What is to be added to an offset in the declaration to have one in `text`. */
  readonly shift: number;
  /** What is wrong with the text; offsets are those of the declaration. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What an IP address database says of an address. */
export interface Location {
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Who runs the query, and where: what `current_principal()` and its kin say. */
export interface Identity {
  /** As `current_cluster_endpoint()` gives it. */
  readonly cluster?: string | undefined;
  readonly database?: string | undefined;
  /** As `current_principal()` gives it: `aaduser=…;…`. */
  readonly principal?: string | undefined;
  /** A property bag. */
  readonly principalDetails?: Dynamic | undefined;
  /** The groups, users and applications that `current_principal_is_member_of()` finds the principal in. */
  readonly memberOf?: readonly string[] | undefined;
}

/** What stands around the tables in Microsoft Sentinel and Defender, as far as the engine was given it. */
export interface Surroundings {
  /** The rows of a watchlist, as `_GetWatchlist` gives them. */
  watchlist(alias: string): TableSource | undefined;
  readonly watchlistNames: readonly string[];
  /** What `FileProfile` knows of files. */
  fileProfiles(): TableSource | undefined;
  /** Says where an IP address is. */
  locations(): ((address: string) => Location | undefined) | undefined;
  readonly identity: Identity;
  /** The column that `ingestion_time()` stands for. */
  readonly ingestionTime: string | undefined;
}

/** What a query may refer to. */
export interface Catalog extends DatabaseTables {
  /** Case-sensitive, as those of tables. */
  storedFunction(name: string): StoredFunction | undefined;
  readonly functionNames: readonly string[];
  /** Another database, by its name; one of another cluster as `cluster/database`. */
  database(name: string): DatabaseTables | undefined;
  readonly databaseNames: readonly string[];
  readonly surroundings: Surroundings;
  /** Throws `KqlError` when an option has no meaning; the data itself is fetched when the source is scanned. */
  external(request: ExternalRequest): TableSource;
}
