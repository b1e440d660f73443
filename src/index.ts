import { ticksPerMillisecond, unixEpoch } from "./data/calendar.ts";
import { type Database, type DatabaseOptions, createDatabase as databaseOf } from "./engine/database.ts";

export type { Identity } from "./binder/catalog.ts";
export type { Batch, Batches, ScanPredicate, ScanRequest, TableSource } from "./data/batch.ts";
export type { Cell, Column } from "./data/column.ts";
export { parseDatetime, printDatetime } from "./data/datetime.ts";
export type { Dynamic } from "./data/dynamic.ts";
export { keepTable } from "./data/keep.ts";
export { cellText, kqlLiteral, wireValue } from "./data/text.ts";
export type { Field, ScalarType, Schema } from "./data/types.ts";
export { type Diagnostic, KqlError, type Label, type Span } from "./diagnostics/diagnostic.ts";
export { renderDiagnostic, type Source } from "./diagnostics/render.ts";
export type { Database, DatabaseOptions, Prepared, QueryOptions, QueryResult } from "./engine/database.ts";
export { type ExternalOptions, type ExternalResolver, externalTable } from "./engine/external.ts";
export type { ResultTable } from "./engine/results.ts";
export { rowsOf, tableFromRows } from "./engine/rows.ts";
export type { TableOpener, Tables } from "./engine/shelf.ts";
export type { FunctionText } from "./engine/stored-functions.ts";
export type { SurroundingsOptions, Watchlist } from "./engine/surroundings.ts";
export { type Input, inputOf } from "./readers/input.ts";
export { type LocalTable, openTable, type TableOptions } from "./readers/open.ts";

/** The host's time in ticks of 100 ns since year 1, to the millisecond. */
export function hostClock(): bigint {
  return BigInt(Date.now()) * ticksPerMillisecond + unixEpoch;
}

/** A database whose queries run at the host's time, unless they are told otherwise. */
export function createDatabase(options: DatabaseOptions = {}): Database {
  return databaseOf({ clock: hostClock, ...options });
}
