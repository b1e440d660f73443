import type { AsyncBuffer, Compressors, FileMetaData, ParquetParsers, SchemaTree } from "hyparquet/src/index.js";
import * as problem from "../../diagnostics/catalogue/data.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { mostColumns } from "../fields.ts";
import type { Input } from "../input.ts";
import { decodeUtf8 } from "../text.ts";
import { leafOfColumn } from "./column.ts";
import { asStored, type Leaf, parquetTypeName } from "./types.ts";

export interface ParquetColumn {
  readonly name: string;
  /** The words of Parquet for its type. */
  readonly typeName: string;
  /** Undefined when its type is not supported. */
  readonly leaf: Leaf | undefined;
}

/** The stored values of one column in some rows; null and undefined are null. */
export type Stored = ArrayLike<unknown>;

export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  /** Row groups, as half-open ranges of rows. */
  readonly groups: readonly { readonly start: number; readonly end: number }[];
  /** Throws `KqlError` when the data is damaged. */
  read(column: string, group: { readonly start: number; readonly end: number }): Promise<Stored>;
}

/** A group is in memory as a whole. */
const mostRows = 64 * 1024 * 1024;
/** A page that unpacks to more is out of proportion, unless it is packed at a usual rate. */
const suspiciousPage = 256 * 1024 * 1024;
const usualRate = 1000;

/** Opens a Parquet file: reads its footer. */
export async function openParquet(input: Input): Promise<ParquetFile> {
  const [{ parquetMetadataAsync, parquetScan, parquetSchema }, { compressors }] = await Promise.all([
    import("hyparquet/src/index.js"),
    import("hyparquet-compressors"),
  ]);
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
      compressors: limited(compressors),
    });
    const groups = scan.ranges.map(({ rowStart, rowEnd }) => ({ start: rowStart, end: rowEnd }));
    if (groups.some(({ start, end }) => end - start > mostRows)) throw new Error(problem.parquetFaults.rowGroup);
    return {
      columns,
      groups,
      read: (column, { start, end }) =>
        guarded(input.name, async () => {
          const stored = await scan.readColumn({ column, rowStart: start, rowEnd: end });
          if (stored.length !== end - start) {
            throw new Error(problem.parquetFaults.values(column, end - start, stored.length));
          }
          return stored;
        }),
    };
  });
}

function columnOf(tree: SchemaTree): ParquetColumn {
  return { name: tree.element.name, typeName: parquetTypeName(tree.element), leaf: leafOfColumn(tree) };
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
    if (thrown instanceof KqlError) throw thrown;
    const why = thrown instanceof Error ? thrown.message.replace(/^parquet /, "") : String(thrown);
    throw new KqlError(problem.brokenParquet(name, why));
  }
}
