import type { ColumnMetaData, Compressors, PageHeader, SchemaElement } from "hyparquet/src/index.js";
import { parquetFaults } from "../../diagnostics/catalogue/data.ts";
import { allOnes, readHybrid } from "./hybrid.ts";

/** What of the library this needs: its reader of page headers, and of compressed pages. */
export interface PageTools {
  readonly header: (reader: { view: DataView; offset: number }) => PageHeader;
  readonly expand: (
    bytes: Uint8Array,
    length: number,
    codec: ColumnMetaData["codec"],
    compressors: Compressors,
  ) => Uint8Array;
  readonly compressors: Compressors;
}

/** A column in a row group: its bytes, and where its pages stand in them. Nothing is unpacked. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly codec: ColumnMetaData["codec"];
  readonly element: SchemaElement;
  readonly rows: number;
  readonly dictionary: (Packed & { readonly count: number }) | undefined;
  readonly pages: readonly PagePlace[];
}

/** Where bytes stand, and how many they unpack to. */
interface Packed {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

export interface PagePlace extends Packed {
  readonly first: number;
  readonly rows: number;
  /** The values are places in the dictionary. Otherwise they stand as they are. */
  readonly byDictionary: boolean;
  /** The levels, where these stand before what is packed; undefined where they are in it. */
  readonly levels: { readonly start: number; readonly end: number } | undefined;
  readonly packed: boolean;
}

/** The values of a page of data. */
export interface Page {
  /** By row of the page: 1 where it has a value; undefined where all have one. */
  readonly there: Uint8Array | undefined;
  /** Values that are there. */
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Where the values start. */
  readonly start: number;
}

/** Whether columns like this can be read flat at all. */
export function isFlat({ type, repetition_type, num_children }: SchemaElement): boolean {
  return (
    repetition_type !== "REPEATED" &&
    !num_children &&
    (type === "BYTE_ARRAY" ||
      type === "BOOLEAN" ||
      type === "INT32" ||
      type === "INT64" ||
      type === "FLOAT" ||
      type === "DOUBLE")
  );
}

/** Finds the pages in `bytes`; undefined where one has an encoding that is not known here. Throws when they are damaged. */
export function chunkOf(
  bytes: Uint8Array,
  { codec }: ColumnMetaData,
  element: SchemaElement,
  rows: number,
  { header: headerOf }: PageTools,
): Chunk | undefined {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const pages: PagePlace[] = [];
  let dictionary: Chunk["dictionary"];
  let known = true;
  let first = 0;
  while (first < rows) {
    if (reader.offset >= bytes.length) throw cutShort();
    const header = headerOf(reader);
    const start = reader.offset;
    const end = start + header.compressed_page_size;
    if (!(end >= start && end <= bytes.length)) throw cutShort();
    reader.offset = end;
    const place = { start, end, size: header.uncompressed_page_size };
    const { dictionary_page_header: words, data_page_header: v1, data_page_header_v2: v2 } = header;
    if (words) dictionary = { ...place, count: words.num_values };
    else if (v1)
      push({ ...place, ...kindOf(v1.encoding), first, rows: v1.num_values, levels: undefined, packed: true });
    else if (v2) {
      const { definition_levels_byte_length: levels, repetition_levels_byte_length: others } = v2;
      const values = start + levels;
      if (!(others === 0 && levels >= 0 && values <= end)) throw cutShort();
      const size = place.size - levels;
      const packed = v2.is_compressed !== false;
      const own = { start: values, end, size, levels: { start, end: values }, packed };
      push({ ...own, ...kindOf(v2.encoding), first, rows: v2.num_values });
    }
  }
  return known ? { bytes, codec, element, rows, dictionary, pages } : undefined;

  function push(page: PagePlace): void {
    if (page.rows <= 0 || first + page.rows > rows) throw cutShort();
    pages.push(page);
    first += page.rows;
  }

  function kindOf(encoding: string): { readonly byDictionary: boolean } {
    const byDictionary = encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY";
    known &&= byDictionary ? dictionary !== undefined : encoding === "PLAIN";
    return { byDictionary };
  }
}

export function unpacked({ bytes, codec }: Chunk, { start, end, size }: Packed, tools: PageTools): Uint8Array {
  return tools.expand(bytes.subarray(start, end), size, codec, tools.compressors);
}

/** Unpacks a page, and finds out which of its rows have values. */
export function pageOf(chunk: Chunk, place: PagePlace, tools: PageTools): Page {
  const { rows, levels } = place;
  const bytes = place.packed ? unpacked(chunk, place, tools) : chunk.bytes.subarray(place.start, place.end);
  if (chunk.element.repetition_type === "REQUIRED") return { there: undefined, count: rows, bytes, start: 0 };
  if (levels) return { ...present(chunk.bytes, levels.start, levels.end, rows), bytes, start: 0 };
  if (bytes.length < 4) throw cutShort();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
  const start = 4 + length;
  if (length < 0 || start > bytes.length) throw cutShort();
  return { ...present(bytes, 4, start, rows), bytes, start };
}

/** Reads the levels of `rows` rows. */
function present(bytes: Uint8Array, from: number, to: number, rows: number): Pick<Page, "there" | "count"> {
  if (allOnes(bytes, from, to, rows)) return { there: undefined, count: rows };
  const there = new Uint8Array(rows);
  readHybrid(bytes, from, to, 1, there, 0, rows);
  let count = 0;
  for (const one of there) count += one;
  return { there: count === rows ? undefined : there, count };
}

function cutShort(): Error {
  return new Error(parquetFaults.cutShort);
}
