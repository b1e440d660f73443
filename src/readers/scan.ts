import type { Batch, ScanRequest, TableSource } from "../data/batch.ts";
import type { Schema } from "../data/types.ts";
import { dialects } from "./delimited/scanner.ts";
import { delimitedBatches } from "./delimited/table.ts";
import type { Format } from "./format.ts";
import type { Input } from "./input.ts";
import type { Layout } from "./json/scanner.ts";
import { rawBatches } from "./raw.ts";
import type { ReadOptions } from "./rules.ts";

/** The rows of files of one format, one file after another. `files` is asked for at every scan. */
export function tableOver(
  files: () => Promise<readonly Input[]>,
  format: Format,
  schema: Schema,
  options: ReadOptions,
): TableSource {
  return { schema, scan };

  async function* scan(request: ScanRequest): AsyncGenerator<Batch, void, undefined> {
    for (const file of await files()) yield* fileBatches(file, format, schema, options, request);
  }
}

/** The rows of one file that is not compressed any more. */
export function fileBatches(
  file: Input,
  format: Format,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  switch (format) {
    case "raw":
      return rawBatches(file, schema);
    case "ndjson":
      return jsonRows(file, "lines", schema, options, request);
    case "multijson":
      return jsonRows(file, "free", schema, options, request);
    case "parquet":
      return parquetRows(file, schema, options, request);
    default:
      return delimitedBatches(file, dialects[format], schema, options, request);
  }
}

/** The reader of JSON is loaded with the first file of it. */
async function* jsonRows(
  file: Input,
  layout: Layout,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const { jsonBatches } = await import("./json/table.ts");
  yield* jsonBatches(file, layout, schema, options, request);
}

/** Few programs read Parquet: its code is loaded when it is needed. */
async function* parquetRows(
  file: Input,
  schema: Schema,
  options: ReadOptions,
  request: ScanRequest,
): AsyncGenerator<Batch, void, undefined> {
  const { parquetBatches } = await import("./parquet/table.ts");
  yield* parquetBatches(file, schema, options, request);
}
