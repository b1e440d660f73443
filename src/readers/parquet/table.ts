import { type Batch, lazyBatch, type ScanRequest, type ValueRange } from "../../data/batch.ts";
import { columnBuilder } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { cellText } from "../../data/text.ts";
import type { Field, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { ColumnReason } from "../columns.ts";
import { rowsFor, rowsFrom } from "../fields.ts";
import type { Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { kept, neededColumns, nullColumn } from "../table.ts";
import { type Adapter, adapter } from "./adapt.ts";
import { type Group, openParquet, type ParquetColumn, type ParquetFile } from "./file.ts";
import type { Stored } from "./stored.ts";

/**
 * The columns of Parquet files. One whose type is not supported is there too, as a dynamic: only who reads it gets an
 * error.
 */
export async function parquetColumns(files: readonly Input[]): Promise<readonly ColumnReason[]> {
  const reasons = new Map<string, ColumnReason>();
  for (const file of files) {
    const { columns } = await openParquet(file);
    for (const { name, leaf, typeName } of columns) {
      const reason: ColumnReason = { name, type: leaf?.type ?? "dynamic", source: "stored" };
      const before = reasons.get(name);
      if (before && before.type !== reason.type) {
        throw new KqlError(problem.parquetMismatch(file.name, name, before.type, typeName));
      }
      reasons.set(name, reason);
    }
  }
  return [...reasons.values()];
}

/** The rows of one Parquet file, row group by row group. Columns are found by their names. */
export async function* parquetBatches(
  input: Input,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const file = await openParquet(input);
  if (options.rules === "local") checkColumns(input.name, file, schema);
  const needed = neededColumns(request);
  const readers = schema.map((field, index) =>
    needed.has(index) ? readerOf(input.name, file, field, options) : undefined,
  );
  const { predicate } = request;
  const first = predicate ? predicate.columns : needed;
  const size = rowsFor(needed.size);
  for (const group of file.groups) {
    if (predicate?.refusesAll?.((index) => rangeIn(group, index))) continue;
    const stored = new Map<number, Stored>();
    await load(first, group, stored);
    for (let start = group.start; start < group.end; start += size) {
      const length = Math.min(size, group.end - start);
      const offset = start - group.start;
      const all = rowsFrom(offset, length);
      let batch = batchOver(all, group.start, stored);
      if (predicate) {
        const rows = kept(predicate.keep(batch), length);
        if (rows.length === 0) continue;
        await load(needed, group, stored);
        if (rows.length < length)
          batch = batchOver(
            rows.map((row) => row + offset),
            group.start,
            stored,
          );
      }
      yield batch;
    }
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

  function batchOver(rows: Int32Array, first: number, stored: ReadonlyMap<number, Stored>): Batch {
    return lazyBatch(schema, rows.length, (index) => {
      const reader = readers[index];
      if (!reader) throw new Error(`the column ${schema[index]!.name} was not asked for`);
      return reader.make(stored.get(index), rows, first);
    });
  }
}

interface ColumnReader {
  /** Undefined: the file has no such column. */
  readonly column: ParquetColumn | undefined;
  /** The cells at `rows` of a group whose first row has the number `first`, from 0. */
  make(stored: Stored | undefined, rows: Int32Array, first: number): Column;
}

function readerOf(name: string, file: ParquetFile, field: Field, { rules, note }: ReadOptions): ColumnReader {
  const column = file.columns.find((candidate) => candidate.name === field.name);
  if (!column) return { column, make: () => nullColumn(field.type) };
  const { leaf, typeName } = column;
  if (!leaf) throw new KqlError(problem.parquetType(name, field.name, typeName));
  const adapt = adapter(leaf.type, field.type);
  if (!adapt) throw new KqlError(problem.parquetMismatch(name, field.name, field.type, typeName));
  return {
    column,
    make(stored, rows, first) {
      if (!stored) throw new Error(`the column ${field.name} was not read`);
      const whole = leaf.type === field.type ? stored.column?.(rows) : undefined;
      if (whole) return whole;
      const builder = columnBuilder(field.type, rows.length);
      for (const row of rows) {
        const value = stored.value(row);
        const cell = value === null || value === undefined ? null : adapted(leaf.convert(value), adapt);
        if (cell === undefined && rules === "local") {
          const place = `${name}, row ${first + row + 1}`;
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
