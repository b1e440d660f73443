import { type Batch, lazyBatch, type ScanRequest, select } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Column } from "../data/column.ts";
import type { Schema } from "../data/types.ts";
import { compact, type Fields, lasting, rowsFrom } from "./fields.ts";
import { type Conversion, textColumn } from "./text-column.ts";

/** By column of the schema: its slot in the fields; -1 where the file has no such column; undefined where nobody asked. */
export type Slots = readonly (number | undefined)[];

/** Batches over fields: a column is converted when it is first looked at. */
export async function* batchesOf(
  found: AsyncIterable<Fields>,
  schema: Schema,
  slots: Slots,
  conversion: Conversion,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  for await (const fields of found) {
    const { predicate } = request;
    if (!predicate) {
      yield batchOver(lasting(fields), schema, slots, conversion);
      continue;
    }
    const batch = batchOver(fields, schema, slots, conversion);
    const rows = kept(predicate.keep(batch), batch.length);
    if (rows.length === 0) continue;
    if (rows.length < batch.length) yield narrowed(batch, fields, rows);
    else yield fields.fleeting ? batchOver(lasting(fields), schema, slots, conversion) : batch;
  }

  /** The columns of the predicate exist, and are gathered; the others will be read from what is left of the bytes. */
  function narrowed(batch: Batch, fields: Fields, rows: Int32Array): Batch {
    const rest = batchOver(compact(fields, rows), schema, slots, conversion);
    const chosen = select(batch, rows);
    const looked = [...(request.predicate?.columns ?? [])].filter(
      (index) => !fields.fleeting || isPlain(schema[index]!),
    );
    const columns = new Map(looked.map((index) => [index, chosen.column(index)]));
    return lazyBatch(schema, rows.length, (index) => columns.get(index) ?? rest.column(index));
  }
}

/** Texts may still be bytes that are about to be overwritten. */
function isPlain({ type }: Schema[number]): boolean {
  return type !== "string";
}

export function batchOver(all: Fields, schema: Schema, slots: Slots, conversion: Conversion): Batch {
  let left = slots.filter((slot) => slot !== undefined && slot >= 0).length;
  let fields: Fields | undefined = all;
  const batch = lazyBatch(schema, all.rows, (index) => {
    const field = schema[index]!;
    const slot = slots[index];
    if (slot === undefined) throw new Error(`the column ${field.name} was not asked for`);
    if (slot < 0) return nullColumn(field.type);
    const column = textColumn(fields!, slot, field, conversion);
    // A batch outlives its bytes: some megabytes for each that a query keeps.
    if (--left === 0) fields = undefined;
    return column;
  });
  const maker = (index: number) => {
    const slot = slots[index];
    if (!fields || slot === undefined || slot < 0) return undefined;
    const own = compact(
      { ...fields, starts: [fields.starts[slot]!], ends: [fields.ends[slot]!] },
      rowsFrom(0, fields.rows),
    );
    return () => textColumn(own, 0, schema[index]!, conversion);
  };
  return { ...batch, maker };
}

export function nullColumn(type: Schema[number]["type"]): Column {
  return { ...columnFromCells(type, [null]), constant: true };
}

/** The numbers of the rows marked 1. */
export function kept(mask: Uint8Array, length: number): Int32Array {
  const rows = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (mask[row] === 1) rows[count++] = row;
  return rows.subarray(0, count);
}

/** The columns that a scan has to find: those wanted, and those that its predicate looks at. */
export function neededColumns(request: ScanRequest): ReadonlySet<number> {
  return request.predicate ? new Set([...request.columns, ...request.predicate.columns]) : request.columns;
}
