import type { TableSource } from "../data/batch.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { type ColumnReason, declaredReasons, schemaOf, withCatalogue } from "./columns.ts";
import { dialects } from "./delimited/scanner.ts";
import { detectFormat, type Format, formatNames } from "./format.ts";
import type { Inferred } from "./infer.ts";
import type { Inflaters } from "./inflate.ts";
import type { Input, Limits } from "./input.ts";
import { tableOver } from "./scan.ts";
import { unpack } from "./unpack.ts";

export interface TableOptions {
  /** The table that the data stands for: its columns may be in the built-in catalogue. */
  readonly table: string;
  /** By the name of the input when undefined. */
  readonly format?: Format | undefined;
  /** The columns as the user declares them, out of `<Table>.schema.json`. Undefined: catalogue, then inference. */
  readonly schema?: Schema | undefined;
  /** The first record of delimited text names the columns, which is the rule. */
  readonly header?: "present" | "absent" | undefined;
  /** How many rows inference looks at. Undefined: all of data up to 64 MiB, else the first 100,000 or so. */
  readonly sample?: number | "all" | undefined;
  readonly inflaters?: Inflaters | undefined;
  readonly limits?: Limits | undefined;
}

/** Data that stands for a table: what does not fit its schema is an error when it is read. */
export interface LocalTable extends TableSource {
  readonly format: Format;
  /** By column: where its type comes from. */
  readonly reasons: readonly ColumnReason[];
  /** How many rows inference looked at, when that was not all of them. */
  readonly sampled: number | undefined;
}

const looksAtAll = 64 * 1024 * 1024;
const sampleRows = 100_000;

/** Opens data that stands for a table. Reads as much as it takes to know the schema; `scan` reads the rest. */
export async function openTable(input: Input, options: TableOptions): Promise<LocalTable> {
  const files = await unpack(input, options);
  const format = options.format ?? formatOf(input, files);
  const found = options.schema
    ? { reasons: declaredReasons(options.schema), sampled: undefined }
    : await reasonsOf(input.name, files, format, options);
  const { reasons, sampled } = found;
  const schema = schemaOf(reasons);
  if ((format === "txt" || format === "raw") && schema.length !== 1) {
    throw new KqlError(problem.oneColumn(input.name, format, schema.length));
  }
  const source = tableOver(() => Promise.resolve(files), format, schema, {
    rules: "local",
    header: format === "txt" ? "absent" : (options.header ?? "present"),
    note: noteFor(options, reasons, sampled),
  });
  return { ...source, concurrent: files.some((file) => file.crew), format, reasons, sampled };
}

/** What the name says, with that of the first file inside an archive to fall back on. */
function formatOf(input: Input, files: readonly Input[]): Format {
  const [first] = files;
  const format = detectFormat(input.name) ?? (first && detectFormat(first.name));
  if (!format) throw new KqlError(problem.unknownFormat(input.name, formatNames));
  return format;
}

/** The columns of files of one format, where nobody declares them. */
export async function reasonsOf(
  name: string,
  files: readonly Input[],
  format: Format,
  options: TableOptions,
): Promise<{ readonly reasons: readonly ColumnReason[]; readonly sampled: number | undefined }> {
  const { catalogueColumns } = await import("./catalogue/tables.ts");
  const catalogue = catalogueColumns(options.table) ?? new Map<string, ScalarType>();
  if (format === "parquet") {
    const { parquetColumns } = await import("./parquet/table.ts");
    return { reasons: withCatalogue(await parquetColumns(files), catalogue), sampled: undefined };
  }
  const rows = rowsToLookAt(files, options.sample);
  const inferred = await infer(name, files, format, options.header ?? "present", new Set(catalogue.keys()), rows);
  const sampled = inferred.complete ? undefined : inferred.rows;
  if (inferred.columns.length > 0) return { reasons: withCatalogue(inferred.columns, catalogue), sampled };
  // Records that are not there name no columns; what the table is known to have will do.
  if (catalogue.size === 0) throw new KqlError(problem.noRecords(name));
  const known = [...catalogue].map(([column, type]): ColumnReason => ({ name: column, type, source: "catalogue" }));
  return { reasons: known, sampled };
}

/** Inference is loaded with the first table whose types nobody has declared. */
async function infer(
  name: string,
  files: readonly Input[],
  format: Format,
  header: "present" | "absent",
  known: ReadonlySet<string>,
  rows: number,
): Promise<Inferred> {
  const { inferDelimited, inferJson } = await import("./infer.ts");
  switch (format) {
    case "ndjson":
      return inferJson(files, "lines", { known, rows });
    case "multijson":
      return inferJson(files, "free", { known, rows });
    case "txt":
    case "raw":
    case "parquet":
      throw new KqlError(problem.noSchema(name, format));
    default:
      return inferDelimited(files, dialects[format], header, { known, rows });
  }
}

function rowsToLookAt(files: readonly Input[], sample: number | "all" | undefined): number {
  if (sample === "all") return Number.POSITIVE_INFINITY;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return sample ?? (size <= looksAtAll ? Number.POSITIVE_INFINITY : sampleRows);
}

/** Help for a cell that does not fit: where the type of its column comes from. */
function noteFor({ schema, table }: TableOptions, reasons: readonly ColumnReason[], sampled: number | undefined) {
  const sources = new Map(reasons.map(({ name, source }) => [name, source]));
  return (column: string): string | undefined => {
    if (schema) return problem.declaredSchema;
    if (sources.get(column) === "catalogue") return problem.catalogueSchema(table);
    return sampled === undefined ? undefined : problem.sampledSchema(sampled);
  };
}
