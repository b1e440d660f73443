import type { TableSource } from "../data/batch.ts";
import { columnFromCells, constantColumn } from "../data/cells.ts";
import { noSearchKey, searchKeyType } from "../diagnostics/catalogue/engine.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { md5 } from "../functions/algorithms/digests.ts";
import { utf8Bytes } from "../functions/algorithms/utf8.ts";
import { type DerivedColumn, derivedTable } from "./derived.ts";

/**
 * The items of a watchlist as `_GetWatchlist` gives them: an ID, the time of the last change and the search key before
 * the columns of the file. IDs that the file does not have are made of the alias and the number of the row; a time that
 * it does not have is null. Without a search key there is no column `SearchKey`.
 * https://learn.microsoft.com/azure/sentinel/watchlists-queries
 */
export function watchlistTable(alias: string, source: TableSource, searchKey: string | undefined): TableSource {
  const { schema } = source;
  const given = schema.map((field, from) => ({ ...field, from }));
  const own = (name: string) => given.find((field) => field.name === name);
  const id: DerivedColumn = own("_DTItemId") ?? {
    name: "_DTItemId",
    type: "string",
    make: (rows, first) =>
      columnFromCells(
        "string",
        Array.from({ length: rows }, (_, row) => itemId(alias, first + row)),
      ),
  };
  const time: DerivedColumn = own("LastUpdatedTimeUTC") ?? {
    name: "LastUpdatedTimeUTC",
    type: "datetime",
    make: () => constantColumn("datetime", null),
  };
  const leading = [id, time, ...searchKeyColumn(alias, source, searchKey)];
  const names = new Set(leading.map(({ name }) => name));
  const others = given.filter(({ name }) => !names.has(name));
  return derivedTable(source, [...leading, ...others]);
}

function searchKeyColumn(alias: string, { schema }: TableSource, key: string | undefined): readonly DerivedColumn[] {
  const name = key ?? "SearchKey";
  const from = schema.findIndex((field) => field.name === name);
  const field = schema[from];
  if (!field) {
    if (key === undefined) return [];
    throw new KqlError(
      noSearchKey(
        alias,
        key,
        schema.map((each) => each.name),
      ),
    );
  }
  if (field.type !== "string") throw new KqlError(searchKeyType(alias, name, field.type));
  return [{ name: "SearchKey", type: "string", from }];
}

/** In the form of a guid, as Sentinel's are. */
function itemId(alias: string, row: number): string {
  const digits = md5(utf8Bytes(`${alias}/${row}`));
  return [0, 8, 12, 16, 20].map((start, i, starts) => digits.slice(start, starts[i + 1])).join("-");
}
