import { type Batch, lazyBatch, type ScanRequest, type TableSource } from "../data/batch.ts";
import type { Column } from "../data/column.ts";
import type { Field } from "../data/types.ts";

/** A column of a derived table: that of the source, or what `make` gives for a batch whose first row is number `first`. */
export type DerivedColumn = Field &
  ({ readonly from: number } | { readonly from?: undefined; readonly make: (rows: number, first: number) => Column });

/** The rows of `source` with other columns. */
export function derivedTable(source: TableSource, columns: readonly DerivedColumn[]): TableSource {
  const schema = columns.map(({ name, type }) => ({ name, type }));
  const sources = (wanted: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...wanted].flatMap((index) => columns[index]?.from ?? []));
  const derive = (batch: Batch, first: number): Batch =>
    lazyBatch(schema, batch.length, (index) => {
      const column = columns[index];
      if (!column) throw new Error(`there is no column ${index}`);
      return column.from === undefined ? column.make(batch.length, first) : batch.column(column.from);
    });
  // Rows that the reader leaves out would count no more.
  const counts = columns.some(({ from }) => from === undefined);
  return {
    schema,
    scan: async function* ({ columns: wanted, predicate }: ScanRequest) {
      const inner = counts ? undefined : predicate;
      const request: ScanRequest = {
        columns: sources(wanted),
        predicate: inner && { columns: sources(inner.columns), keep: (batch) => inner.keep(derive(batch, 0)) },
      };
      let first = 0;
      for await (const batch of source.scan(request)) {
        yield derive(batch, first);
        first += batch.length;
      }
    },
  };
}
