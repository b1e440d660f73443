import type { TableSource } from "../../data/batch.ts";
import type { Database, DatabaseOptions, QueryOptions, QueryResult } from "../../engine/database.ts";
import type { TableOpener } from "../../engine/shelf.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { SpecCase } from "./cases.ts";
import type { SpecFile } from "./read.ts";
import type { Snapshots } from "./snapshot.ts";
import type { Stored } from "./stored.ts";

/** A case with its data at hand: everything that a run of it looks at. */
export interface OpenCase {
  readonly specCase: SpecCase;
  readonly file: SpecFile;
  /** Those that the case gives rows, and those that are there without. */
  readonly tables: ReadonlyMap<string, TableSource | TableOpener>;
  readonly external: DatabaseOptions["external"];
  readonly stored: Stored;
}

export interface CaseSettings {
  readonly snapshots: Snapshots;
  /** What becomes of a result that no snapshot holds, or another one. */
  readonly onSnapshot: "write-missing" | "write-all" | "compare";
  /** A `take` of rows in no order fails the case. */
  readonly strict: boolean;
  /** Stops a run that takes too long. */
  readonly signal?: QueryOptions["signal"];
  /** Says how many rows each step of a query that fails leaves; false where nobody reads it, nor more than one failure. */
  readonly traced?: boolean | undefined;
  /** Runs the query as `runBound` does, and gives what that gives: whoever wants to look on. */
  readonly query?: RunQuery | undefined;
}

/** What a query gives, and the plans as they were bound, from which the order of its rows can be told. */
export interface BoundRun extends QueryResult {
  readonly plans: readonly Plan[];
}

export type RunQuery = (
  database: Database,
  text: string,
  options: QueryOptions & { readonly now: bigint },
) => Promise<BoundRun>;
