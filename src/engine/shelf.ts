import type { Catalog } from "../binder/catalog.ts";
import type { TableSource } from "../data/batch.ts";

/** Opens a table: finds out its schema. */
export type TableOpener = () => Promise<TableSource>;

/** Thrown out of the binder when a query names a table that is not open yet: open it and bind again. */
export class NeedsTable extends Error {
  readonly table: string;

  constructor(table: string) {
    super(`the table ${table} is not open yet`);
    this.table = table;
  }
}

export interface Shelf {
  readonly catalog: Pick<Catalog, "table" | "tableNames">;
  open(name: string): Promise<void>;
}

/** Tables that are opened when they are first named: a folder may hold many, a query looks at few. */
export function tableShelf(tables: ReadonlyMap<string, TableSource | TableOpener>): Shelf {
  const opened = new Map<string, TableSource>();
  return {
    catalog: {
      tableNames: [...tables.keys()],
      table: (name) => {
        const table = opened.get(name) ?? tables.get(name);
        if (typeof table === "function") throw new NeedsTable(name);
        return table;
      },
    },
    open: async (name) => {
      const table = tables.get(name);
      if (typeof table === "function") opened.set(name, await table());
    },
  };
}
