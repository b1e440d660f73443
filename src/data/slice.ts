import { type Batch, lazyBatch } from "./batch.ts";
import { columnOf } from "./cells.ts";
import { type Column, rowMask } from "./column.ts";

/** Where an operator makes rows, as many as go into one batch. Rows that are in memory already stay together. */
export const batchRows = 65_536;

/** The rows from `start` up to `end`. */
export function sliceBatch(batch: Batch, start: number, end: number): Batch {
  if (start === 0 && end === batch.length) return batch;
  return lazyBatch(batch.schema, end - start, (index) => sliceColumn(batch.column(index), start, end));
}

/** The cells from `start` up to `end`. */
function sliceColumn(column: Column, start: number, end: number): Column {
  if (rowMask(column) === 0) return column;
  const validity = column.validity?.subarray(start, end);
  switch (column.type) {
    case "string": {
      const { codes, dictionary } = column.data;
      return { type: "string", data: { codes: codes.subarray(start, end), dictionary } };
    }
    case "guid":
    case "decimal":
    case "dynamic":
      return columnOf(column.type, column.data.slice(start, end) as never, validity); // cells of the same type
    default:
      return columnOf(column.type, column.data.subarray(start, end) as never, validity); // storage of the same type
  }
}
