import type { Batch, ScanPredicate, ScanRequest } from "../../data/batch.ts";
import { sliceBatch } from "../../data/slice.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { ColumnReason } from "../columns.ts";
import { rowsFor } from "../fields.ts";
import type { Input } from "../input.ts";
import type { ReadOptions } from "../rules.ts";
import { neededColumns } from "../table.ts";
import { openParquet } from "./file.ts";
import { type GroupReader, type GroupScan, groupReader } from "./groups.ts";

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
  const needed = neededColumns(request);
  const scan: GroupScan = { schema, needed, options };
  const { predicate } = request;
  const size = rowsFor(needed.size);
  const reader = await groupReader(input, scan, predicate);
  for await (const batch of await batchesOf(input, scan, predicate, reader)) {
    for (let start = 0; start < batch.length; start += size) {
      yield sliceBatch(batch, start, Math.min(batch.length, start + size));
    }
  }
}

async function batchesOf(input: Input, scan: GroupScan, predicate: ScanPredicate | undefined, reader: GroupReader) {
  if (!input.crew || reader.groups.length < 3) return groupBatches(reader);
  const { crewGroups } = await import("./crew.ts");
  return crewGroups(input.crew, scan, predicate, reader);
}

async function* groupBatches({ groups, read }: GroupReader): AsyncGenerator<Batch, void, undefined> {
  for (const group of groups) {
    const batch = await read(group);
    if (batch) yield batch;
  }
}
