import { type Batch, batchOf, lazyBatch, type ScanPredicate, type ValueRange } from "../../data/batch.ts";
import { columnBuilder } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { sliceBatch } from "../../data/slice.ts";
import { cellText } from "../../data/text.ts";
import type { Field, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { rowsFor } from "../fields.ts";
import type { Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { kept, nullColumn } from "../table.ts";
import { type Adapter, adapter } from "./adapt.ts";
import { type Group, openParquet, type ParquetColumn, type ParquetFile } from "./file.ts";
import type { Rows, Stored } from "./stored.ts";

export interface GroupScan {
  readonly schema: Schema;
  readonly needed: ReadonlySet<number>;
  readonly options: Pick<ReadOptions, "rules" | "note">;
}

export interface GroupReader {
  /** Those in which the predicate may keep rows. */
  readonly groups: readonly Group[];
  /** The rows of a group that the predicate keeps; undefined when there are none. */
  read(group: Group): Promise<Batch | undefined>;
}

/** How to read a file by row groups. */
export async function groupReader(
  input: Input,
  { schema, needed, options }: GroupScan,
  predicate: ScanPredicate | undefined,
): Promise<GroupReader> {
  const file = await openParquet(input);
  if (options.rules === "local") checkColumns(input.name, file, schema);
  const readers = schema.map((field, index) =>
    needed.has(index) ? readerOf(input.name, file, field, options) : undefined,
  );
  const size = rowsFor(needed.size);
  const groups = file.groups.filter((group) => !predicate?.refusesAll?.((index) => rangeIn(group, index)));
  return { groups, read };

  async function read(group: Group): Promise<Batch | undefined> {
    const length = group.end - group.start;
    const stored = new Map<number, Stored>();
    await load(predicate ? predicate.columns : needed, group, stored);
    const batch = batchOver("all", length, group.start, stored);
    if (!predicate) return batch;
    const rows = keptOf(batch, predicate);
    if (rows.length === 0) return undefined;
    await load(needed, group, stored);
    return rows.length < length ? made(batchOver(rows, rows.length, group.start, stored), needed) : batch;
  }

  /** The rows that the predicate keeps; it looks at no more of them together than go into a batch. */
  function keptOf(batch: Batch, { keep }: ScanPredicate): Int32Array {
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let start = 0; start < batch.length; start += size) {
      const slice = sliceBatch(batch, start, Math.min(batch.length, start + size));
      for (const row of kept(keep(slice), slice.length)) rows[count++] = start + row;
    }
    return rows.slice(0, count);
  }

  function rangeIn(group: Group, index: number): ValueRange | undefined {
    const column = readers[index]?.column;
    // A value that becomes another one has another range.
    return column?.leaf?.type === schema[index]!.type ? file.rangeOf(column, group) : undefined;
  }

  async function load(columns: ReadonlySet<number>, group: Group, stored: Map<number, Stored>): Promise<void> {
    // Together, so that one is read from the disk while another is unpacked.
    const loads = Array.from(columns, async (index) => {
      const column = readers[index]?.column;
      if (column && !stored.has(index)) stored.set(index, await file.read(column, group));
    });
    await Promise.all(loads);
  }

  function batchOver(rows: Rows, length: number, first: number, stored: ReadonlyMap<number, Stored>): Batch {
    return lazyBatch(schema, length, (index) => {
      const reader = readers[index];
      if (!reader) throw new Error(`the column ${schema[index]!.name} was not asked for`);
      return reader.make(stored.get(index), rows, length, first);
    });
  }
}

/** The batch with these columns made: it does not hold on to the bytes that they stood in. */
function made(batch: Batch, needed: ReadonlySet<number>): Batch {
  const columns: Column[] = [];
  for (const index of needed) columns[index] = batch.column(index);
  return batchOf(batch.schema, columns, batch.length);
}

interface ColumnReader {
  /** Undefined: the file has no such column. */
  readonly column: ParquetColumn | undefined;
  /** The `length` cells at `rows` of a group whose first row has the number `first`, from 0. */
  make(stored: Stored | undefined, rows: Rows, length: number, first: number): Column;
}

function readerOf(name: string, file: ParquetFile, field: Field, { rules, note }: GroupScan["options"]): ColumnReader {
  const column = file.columns.find((candidate) => candidate.name === field.name);
  if (!column) return { column, make: () => nullColumn(field.type) };
  const { leaf, typeName } = column;
  if (!leaf) throw new KqlError(problem.parquetType(name, field.name, typeName));
  const adapt = adapter(leaf.type, field.type);
  if (!adapt) throw new KqlError(problem.parquetMismatch(name, field.name, field.type, typeName));
  return {
    column,
    make(stored, rows, length, first) {
      if (!stored) throw new Error(`the column ${field.name} was not read`);
      const whole = leaf.type === field.type ? stored.column?.(rows) : undefined;
      if (whole) return whole;
      const builder = columnBuilder(field.type, length);
      const valueAt = stored.values(rows);
      for (let i = 0; i < length; i++) {
        const value = valueAt(i);
        const cell = value === null || value === undefined ? null : adapted(leaf.convert(value), adapt);
        if (cell === undefined && rules === "local") {
          const place = `${name}, row ${first + (rows === "all" ? i : rows[i]!) + 1}`;
          throw new KqlError(problem.badCell(place, field.name, field.type, shown(leaf, value), note?.(field.name)));
        }
        builder.push(cell ?? null);
      }
      return builder.finish();
    },
  };
}

function adapted(cell: ReturnType<Adapter>, adapt: Adapter): ReturnType<Adapter> {
  return cell === undefined || cell === null ? cell : adapt(cell);
}

/** A value that is no cell, for a message. */
function shown(leaf: NonNullable<ParquetColumn["leaf"]>, value: unknown): string {
  const cell = leaf.convert(value);
  if (cell !== undefined) return cellText(leaf.type, cell);
  if (leaf.show) return leaf.show(value);
  return value instanceof Uint8Array ? `${value.length} bytes` : String(value);
}

function checkColumns(name: string, { columns }: ParquetFile, schema: Schema): void {
  const known = new Set(schema.map((field) => field.name));
  const unknown = columns.find((column) => !known.has(column.name));
  if (unknown) throw new KqlError(problem.unknownColumn(name, unknown.name, [...known]));
}
