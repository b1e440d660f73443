import { type Batch, lazyBatch, select, type TableSource } from "../../data/batch.ts";
import { cellAt, constantColumn } from "../../data/cells.ts";
import type { Schema } from "../../data/types.ts";
import { timeColumns } from "./generate.ts";

/** `source` with the columns of `schema` that it lacks, behind its own, as nulls. */
export function widened(source: TableSource, schema: Schema): TableSource {
  const own = new Set(source.schema.map(({ name }) => name));
  const missing = schema.filter(({ name }) => !own.has(name));
  if (missing.length === 0) return source;
  const all = [...source.schema, ...missing];
  const width = source.schema.length;
  return {
    schema: all,
    scan: async function* ({ columns }) {
      const wanted = new Set([...columns].filter((column) => column < width));
      for await (const batch of source.scan({ columns: wanted })) {
        yield lazyBatch(all, batch.length, (index) => {
          const field = all[index];
          return index < width || !field ? batch.column(index) : constantColumn(field.type, null);
        });
      }
    },
  };
}

/** From and to, both inclusive, in ticks. */
export interface Window {
  readonly from: bigint;
  readonly to: bigint;
}

/** The rows of `source` whose time is in `window`; all of a table that has no column of a time. */
export function clipped(source: TableSource, { from, to }: Window): TableSource {
  const columns = timeColumns.flatMap((name) => {
    const index = source.schema.findIndex((field) => field.name === name && field.type === "datetime");
    return index < 0 ? [] : [index];
  });
  if (columns.length === 0) return source;
  return {
    schema: source.schema,
    scan: async function* (request) {
      const wanted = new Set([...request.columns, ...columns]);
      for await (const batch of source.scan({ ...request, columns: wanted })) {
        const rows: number[] = [];
        for (let row = 0; row < batch.length; row++) {
          const time = timeAt(batch, columns, row);
          if (time !== null && time >= from && time <= to) rows.push(row);
        }
        if (rows.length > 0) yield rows.length === batch.length ? batch : select(batch, Int32Array.from(rows));
      }
    },
  };
}

function timeAt(batch: Batch, columns: readonly number[], row: number): bigint | null {
  for (const index of columns) {
    const cell = cellAt(batch.column(index), row);
    if (typeof cell === "bigint") return cell;
  }
  return null;
}
