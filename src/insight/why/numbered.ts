import { type Batch, lazyBatch } from "../../data/batch.ts";
import { cellAt, columnOf } from "../../data/cells.ts";
import type { Schema } from "../../data/types.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Plan } from "../../plan/nodes.ts";

/** The rows with their numbers, from 0, as the last column. No name of a query is empty. */
export function numbered(rows: Batch): Batch {
  const { schema, length } = rows;
  return lazyBatch([...schema, { name: "", type: "long" }], length, (index) =>
    index < schema.length
      ? rows.column(index)
      : columnOf(
          "long",
          BigInt64Array.from({ length }, (_, row) => BigInt(row)),
        ),
  );
}

/** The numbers in a column of them; -1 where a row comes from none. */
export function rowNumbers(rows: Batch, index: number): Int32Array {
  const column = rows.column(index);
  return Int32Array.from({ length: rows.length }, (_, row) => Number(cellAt(column, row) ?? -1));
}

export function withoutColumn(rows: Batch, at: number, schema: Schema): Batch {
  return lazyBatch(schema, rows.length, (index) => rows.column(index < at ? index : index + 1));
}

/** The rows as the input of a node. */
export function valuesOf(rows: Batch, origin: Span): Plan {
  return { kind: "Values", rows, schema: rows.schema, origin };
}
