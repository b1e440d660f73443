import { parseDatetime } from "../data/datetime.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";
import { createDatabase, type Database, type QueryOptions } from "../engine/database.ts";
import { hostClock } from "./clock.ts";
import { type ExternalOptions, externalData } from "./external.ts";
import type { Progress } from "./progress.ts";
import { usageError } from "./report.ts";
import { type SurroundingOptions, surroundings } from "./surroundings.ts";
import { findTables, splitPair, type TableOptions } from "./tables.ts";

/** What the rows of a query come from, and what it is told. */
export interface FixtureOptions extends TableOptions, ExternalOptions, SurroundingOptions {
  readonly now?: string | undefined;
  readonly param: readonly string[];
}

export function settingsOf({ now, param }: FixtureOptions): QueryOptions {
  return {
    now: now === undefined ? undefined : ticksOf(now),
    parameters: new Map(param.map((pair) => splitPair("-p", "`NAME=VALUE`", pair, pair.indexOf("="), "empty"))),
  };
}

function ticksOf(given: string): bigint {
  const now = parseDatetime(given);
  if (now === null) throw usageError(usage.badNow(given));
  return now;
}

/** The tables and external data that the command line names, for the query at `path`. */
export async function openedDatabase(
  options: TableOptions & ExternalOptions & SurroundingOptions,
  path: string | undefined,
  progress: Progress,
): Promise<Database> {
  const tables = await findTables(options, progress);
  const external = await externalData(options, path);
  return createDatabase({ ...(await surroundings(options)), tables, external, clock: hostClock });
}
