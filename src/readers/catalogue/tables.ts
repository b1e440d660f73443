import type { ScalarType } from "../../data/types.ts";
import { type ColumnWords, namesIn } from "./columns.ts";
import { defenderTables } from "./defender.ts";
import { sentinelTables } from "./sentinel.ts";
import { commonWords } from "./workspace.ts";

const tables: ReadonlyMap<string, ColumnWords> = new Map(
  Object.entries({ ...sentinelTables, ...defenderTables }).filter(([name]) => !commonWords.has(name)),
);

export const catalogueTables: readonly string[] = [...tables.keys()];

/** The types of the columns of a known table, by name; undefined for other tables. Names are case-sensitive. */
export function catalogueColumns(table: string): ReadonlyMap<string, ScalarType> | undefined {
  const words = tables.get(table);
  if (!words) return undefined;
  const columns = new Map<string, ScalarType>();
  for (const type of Object.keys(words) as ScalarType[])
    for (const name of namesIn(words[type])) columns.set(name, type); // its keys
  return columns;
}
