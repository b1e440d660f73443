import type {
  AsyncBuffer,
  ColumnMetaData,
  Compressors,
  FileMetaData,
  ParquetParsers,
  SchemaElement,
  SchemaTree,
  Statistics,
} from "hyparquet/src/index.js";
import type { ValueRange } from "../../data/batch.ts";
import type { Cell } from "../../data/column.ts";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { mostColumns } from "../fields.ts";
import type { Input } from "../input.ts";
import { decodeUtf8 } from "../text.ts";
import { leafOfColumn } from "./column.ts";
import { readFlat } from "./flat.ts";
import { storedFlat } from "./flat-column.ts";
import { chunkOf, isFlat, type PageTools } from "./pages.ts";
import type { Stored } from "./stored.ts";
import { asStored, type Leaf, parquetTypeName } from "./types.ts";

export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  /** The words of Parquet for its type. */
  readonly typeName: string;
  /** Undefined when its type is not supported. */
  readonly leaf: Leaf | undefined;
}

/** A row group, as a half-open range of rows. */
export interface Group {
  readonly start: number;
  readonly end: number;
}

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly groups: readonly Group[];
  /** The range of a column in a group, as its statistics have it: values of the leaf's type. */
  rangeOf(column: ParquetColumn, group: Group): ValueRange | undefined;
  /** Throws `KqlError` when the data is damaged; so does who looks at the values, which are unpacked then. */
  read(column: ParquetColumn, group: Group): Promise<Stored>;
}

/** A group is in memory as a whole. */
const mostRows = 64 * 1024 * 1024;
/** A page that unpacks to more is out of proportion, unless it is packed at a usual rate. */
const suspiciousPage = 256 * 1024 * 1024;
const usualRate = 1000;

/** Opens a Parquet file: reads its footer. */
export async function openParquet(input: Input): Promise<ParquetFile> {
  const [{ parquetMetadataAsync, parquetScan, parquetSchema }, { parquetHeader }, { decompressPage }, packages] =
    await Promise.all([
      import("hyparquet/src/index.js"),
      import("hyparquet/src/column.js"),
      import("hyparquet/src/datapage.js"),
      import("hyparquet-compressors"),
    ]);
  const compressors = limited(packages.compressors);
  const tools: PageTools = { header: parquetHeader, expand: decompressPage, compressors };
  return guarded(input.name, async () => {
    const file = asyncBuffer(input);
    const described = await parquetMetadataAsync(file, { parsers, geoparquet: false });
    const columns = parquetSchema(described).children.map(columnOf);
    checkNames(input.name, columns);
    const metadata: FileMetaData = { ...described, schema: described.schema.map(asStored) };
    const scan = await parquetScan({
      file,
      metadata,
      parsers,
      utf8: false,
      geoparquet: false,
      compressors,
    });
    const groups = scan.ranges.map(({ rowStart, rowEnd }) => ({ start: rowStart, end: rowEnd }));
    let firstRow = 0;
    const chunksAt = new Map(
      described.row_groups.map(({ columns, num_rows: rows }) => {
        const start = firstRow;
        firstRow += Number(rows);
        return [start, columns] as const;
      }),
    );
    if (groups.some(({ start, end }) => end - start > mostRows)) throw new Error(problem.parquetFaults.rowGroup);
    return {
      columns,
      groups,
      rangeOf: ({ name, leaf }, group) => leaf && valueRange(describedChunk(name, group)?.statistics, leaf),
      read: (column, group) =>
        guarded(input.name, async () => (await flat(column, group)) ?? (await any(column, group))),
    };

    /** What the footer says of a column that stands in the file's top level. */
    function describedChunk(name: string, { start }: Group): ColumnMetaData | undefined {
      const chunk = chunksAt.get(start)?.find(({ meta_data: meta }) => {
        return meta?.path_in_schema.length === 1 && meta.path_in_schema[0] === name;
      });
      return chunk?.file_path === undefined ? chunk?.meta_data : undefined;
    }

    async function any({ name }: ParquetColumn, { start, end }: Group): Promise<Stored> {
      const stored = await scan.readColumn({ column: name, rowStart: start, rowEnd: end });
      const expected = end - start;
      if (stored.length !== expected) throw new Error(problem.parquetFaults.values(name, expected, stored.length));
      return { values: (rows) => (rows === "all" ? (i) => stored[i] : (i) => stored[rows[i]!]) };
    }

    async function flat({ name, element, leaf }: ParquetColumn, group: Group): Promise<Stored | undefined> {
      if (!leaf || !isFlat(element) || (element.type === "BYTE_ARRAY" && leaf.type !== "string")) return undefined;
      const meta = describedChunk(name, group);
      if (!meta) return undefined;
      const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
      const bytes = await input.slice(start, Math.min(input.size, start + Number(meta.total_compressed_size)));
      const chunk = chunkOf(bytes, meta, element, group.end - group.start, tools);
      return chunk && storedFlat((rows) => guardedNow(input.name, () => readFlat(chunk, rows, tools)), leaf);
    }
  });
}

/** Undefined where nothing is known for sure. */
function valueRange(statistics: Statistics | undefined, { type, convert }: Leaf): ValueRange | undefined {
  const { min_value: min, max_value: max } = statistics ?? {};
  if (min === undefined || max === undefined || !ranged.has(type)) return undefined;
  const [least, greatest] = [convert(min), convert(max)];
  if (!isNumber(least) || !isNumber(greatest)) return undefined;
  return { least, greatest };
}

const ranged: ReadonlySet<string> = new Set(["int", "long", "real", "datetime", "timespan"]);

function isNumber(cell: Cell | undefined): cell is number | bigint {
  return typeof cell === "bigint" || (typeof cell === "number" && !Number.isNaN(cell));
}

function columnOf(tree: SchemaTree): ParquetColumn {
  const { element } = tree;
  return { name: element.name, element, typeName: parquetTypeName(element), leaf: leafOfColumn(tree) };
}

function checkNames(name: string, columns: readonly ParquetColumn[]): void {
  if (columns.length > mostColumns) throw new KqlError(problem.tooManyColumns(name, mostColumns));
  const seen = new Set<string>();
  for (const column of columns) {
    if (seen.has(column.name)) throw new KqlError(problem.duplicateHeader(name, column.name));
    seen.add(column.name);
  }
}

/** Values stay as the file stores them. Statistics go through these too, and may be cut off. */
const asIs = (value: unknown) => value;
const parsers: ParquetParsers = {
  timestampFromMilliseconds: asIs,
  timestampFromMicroseconds: asIs,
  timestampFromNanoseconds: asIs,
  dateFromDays: asIs,
  stringFromBytes: (bytes) => bytes && (decodeUtf8(bytes) ?? bytes),
  jsonFromBytes: asIs,
  geometryFromBytes: asIs,
  geographyFromBytes: asIs,
  uuidFromBytes: asIs,
};

function asyncBuffer(input: Input): AsyncBuffer {
  return {
    byteLength: input.size,
    async slice(start, end = input.size) {
      const from = Math.max(0, start);
      const bytes = await input.slice(from, Math.max(from, Math.min(end, input.size)));
      const { buffer, byteOffset, byteLength } = bytes;
      if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
      return new Uint8Array(bytes).buffer; // `slice` of Node's buffers does not copy
    },
  };
}

function limited(compressors: Compressors): Compressors {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, expand]) => [
      codec,
      (input: Uint8Array, length: number) => {
        if (length > suspiciousPage && length > input.length * usualRate) throw new Error(problem.parquetFaults.page);
        return expand(input, length);
      },
    ]),
  );
}

/** What the library throws, as an error that names the file. */
async function guarded<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw broken(name, thrown);
  }
}

function guardedNow<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    throw broken(name, thrown);
  }
}

function broken(name: string, thrown: unknown): KqlError {
  if (thrown instanceof KqlError) return thrown;
  const why = thrown instanceof Error ? thrown.message.replace(/^parquet /, "") : String(thrown);
  return new KqlError(problem.brokenParquet(name, why));
}
