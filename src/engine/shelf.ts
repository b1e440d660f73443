import type { DatabaseTables } from "../binder/catalog.ts";
import type { TableSource } from "../data/batch.ts";

/** Opens a table: finds out its schema. */
export type TableOpener = () => Promise<TableSource>;

/** Thrown out of the binder when a query names a table that is not open yet: open it and bind again. */
export class NeedsTable extends Error {
  readonly open: () => Promise<void>;

  constructor(table: string, open: () => Promise<void>) {
    super(`the table ${table} is not open yet`);
    this.open = open;
  }
}

/** By name, case-sensitive. One given as a function is opened when a query first names it. */
export type Tables = ReadonlyMap<string, TableSource | TableOpener>;

/** Tables that are opened when they are first named: a folder may hold many, a query looks at few. */
export function tableShelf(tables: Tables): DatabaseTables {
  const opened = new Map<string, TableSource>();
  return {
    tableNames: [...tables.keys()],
    table: (name) => {
      const table = opened.get(name) ?? tables.get(name);
      if (typeof table !== "function") return table;
      throw new NeedsTable(name, async () => {
        opened.set(name, await table());
      });
    },
  };
}
