import type { Identity } from "../binder/catalog.ts";
import { parseDynamic } from "../data/json.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";
import type { DatabaseOptions } from "../engine/database.ts";
import type { TableOpener, Tables } from "../engine/shelf.ts";
import { type Watchlist, watchlistName } from "../engine/surroundings.ts";
import { openTableFile, tableFile, tablesIn } from "../node/files.ts";
import { functionTexts } from "../node/functions.ts";
import { watchlistItems } from "../node/watchlists.ts";
import { usageError } from "./report.ts";
import { splitPair } from "./tables.ts";

/** What stands around the tables of a query. */
export interface SurroundingOptions {
  readonly functions: readonly string[];
  /** `alias=path` or `alias:column=path`. */
  readonly watchlist: readonly string[];
  /** `name=folder`. */
  readonly database: readonly string[];
  readonly fileProfiles?: string | undefined;
  readonly locations?: string | undefined;
  readonly ingestionTime?: string | undefined;
  readonly timeGenerated?: string | undefined;
  /** `name=value`. */
  readonly identity: readonly string[];
}

/** What the options say, for a database. Files are opened when a query asks for them. */
export async function surroundings(options: SurroundingOptions): Promise<DatabaseOptions> {
  const { fileProfiles, locations, ingestionTime, timeGenerated } = options;
  return {
    functions: (await Promise.all(options.functions.map(functionTexts))).flat(),
    watchlists: await watchlistsOf(options.watchlist),
    databases: await databasesOf(options.database),
    fileProfiles: fileProfiles === undefined ? undefined : openerOf(fileProfiles),
    locations: locations === undefined ? undefined : openerOf(locations),
    ingestionTime,
    timeGenerated,
    identity: identityOf(options.identity),
  };
}

function openerOf(path: string): TableOpener {
  return async () => openTableFile(await tableFile(path));
}

async function watchlistsOf(given: readonly string[]): Promise<ReadonlyMap<string, Watchlist>> {
  const watchlists = new Map<string, Watchlist>();
  for (const pair of given) {
    const [name, path] = splitPair("-w", "`NAME=FILE` or `NAME:COLUMN=FILE`", pair, pair.indexOf("="));
    const { alias, searchKey } = watchlistName(name);
    watchlists.set(alias, { rows: () => watchlistItems(path), searchKey });
  }
  return watchlists;
}

async function databasesOf(given: readonly string[]): Promise<ReadonlyMap<string, Tables>> {
  const databases = new Map<string, Tables>();
  for (const pair of given) {
    const [name, folder] = splitPair("--database", "`NAME=DIR`", pair, pair.indexOf("="));
    const files = await tablesIn(folder);
    databases.set(name, new Map(files.map((file) => [file.table, () => openTableFile(file)])));
  }
  return databases;
}

const identityNames = ["cluster", "database", "principal", "principalDetails", "memberOf"] as const;

function identityOf(given: readonly string[]): Identity {
  const values = new Map(
    given.map((pair) => splitPair("--identity", "`NAME=VALUE`", pair, pair.indexOf("="), "empty")),
  );
  for (const name of values.keys()) {
    if (!identityNames.some((known) => known === name)) throw usageError(usage.unknownIdentity(name, identityNames));
  }
  const details = values.get("principalDetails");
  return {
    cluster: values.get("cluster"),
    database: values.get("database"),
    principal: values.get("principal"),
    principalDetails: details === undefined ? undefined : parseDynamic(details),
    memberOf: values.get("memberOf")?.split(","),
  };
}
