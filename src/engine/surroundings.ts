import type { Catalog, Identity, Location, Surroundings } from "../binder/catalog.ts";
import type { TableSource } from "../data/batch.ts";
import { derivedTable } from "./derived.ts";
import { NeedsTable, type TableOpener, type Tables, tableShelf } from "./shelf.ts";

/** A watchlist of Microsoft Sentinel. */
export interface Watchlist {
  readonly rows: TableSource | TableOpener;
  /** The column, of type string, that `SearchKey` stands for; where the rows have a column of that name, it is that. */
  readonly searchKey?: string | undefined;
}

/** `Alias`, or `Alias:Column` with the search key. */
export function watchlistName(name: string): { readonly alias: string; readonly searchKey?: string } {
  const colon = name.indexOf(":");
  return colon > 0 ? { alias: name.slice(0, colon), searchKey: name.slice(colon + 1) } : { alias: name };
}

/** What rules find around the tables where Microsoft runs them. */
export interface SurroundingsOptions {
  /** What `_GetWatchlist` gives, by alias. */
  readonly watchlists?: ReadonlyMap<string, Watchlist> | undefined;
  /** What `FileProfile` knows: columns of its documentation, of which SHA1 or SHA256 names the file. */
  readonly fileProfiles?: TableSource | TableOpener | undefined;
  /**
   * What `geo_info_from_ip_address` knows: a column `network` of IPv4 and IPv6 networks, and of `country`, `state`, `city`,
   * `latitude` and `longitude` those that there are.
   */
  readonly locations?: TableSource | TableOpener | undefined;
  readonly identity?: Identity | undefined;
  /** The datetime column that `ingestion_time()` stands for. */
  readonly ingestionTime?: string | undefined;
}

export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  const watchlists = options.watchlists ?? new Map<string, Watchlist>();
  const items = tableShelf(
    new Map(
      [...watchlists].map(([alias, { rows, searchKey }]) => [
        alias,
        async () => {
          const { watchlistTable } = await import("./watchlist.ts");
          return watchlistTable(alias, await opened(rows), searchKey);
        },
      ]),
    ),
  );
  const { fileProfiles, locations } = options;
  const profiles = tableShelf(new Map(fileProfiles && [["FileProfile", fileProfiles]]));
  let lookup: ((address: string) => Location | undefined) | undefined;
  return {
    watchlist: (alias) => items.table(alias),
    watchlistNames: items.tableNames,
    fileProfiles: () => profiles.table("FileProfile"),
    locations: () => {
      if (lookup || !locations) return lookup;
      throw new NeedsTable("geo_info_from_ip_address", async () => {
        const { addressLookup } = await import("./locations.ts");
        lookup = await addressLookup(await opened(locations));
      });
    },
    identity: options.identity ?? {},
    ingestionTime: options.ingestionTime,
  };
}

/** A catalog beside its tables and databases, when it was given nothing else. */
export const nothingAround: Pick<Catalog, "storedFunction" | "functionNames" | "surroundings"> = {
  storedFunction: () => undefined,
  functionNames: [],
  surroundings: surroundingsOf({}),
};

async function opened(table: TableSource | TableOpener): Promise<TableSource> {
  return typeof table === "function" ? table() : table;
}

/** The tables, where those without `TimeGenerated` have the datetime column `from` a second time by that name. */
export function withTimeGenerated(tables: Tables, from: string | undefined): Tables {
  if (from === undefined) return tables;
  return new Map([...tables].map(([name, table]) => [name, async () => timed(await opened(table), from)]));
}

function timed(table: TableSource, from: string): TableSource {
  const { schema } = table;
  const index = schema.findIndex(({ name, type }) => name === from && type === "datetime");
  if (index < 0 || schema.some(({ name }) => name === "TimeGenerated")) return table;
  const columns = schema.map((field, i) => ({ ...field, from: i }));
  return derivedTable(table, [...columns, { name: "TimeGenerated", type: "datetime", from: index }]);
}
