import type { ColumnMetaData, Compressors, DataPageHeader, PageHeader, SchemaElement } from "hyparquet/src/index.js";
import { wordsOf } from "../../data/words.ts";
import { parquetFaults } from "../../diagnostics/catalogue/data.ts";
import { readHybrid, widest } from "./hybrid.ts";

/*
 * Columns without nesting, in the encodings that most files have. The library makes an object of every value; here texts
 * stay bytes, what a dictionary says once stays said once, and numbers move as whole pages.
 */

/** Texts as places in bytes. `codes` has for each row the number of its text, -1 where it has none. */
export interface FlatTexts {
  readonly kind: "texts";
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly codes: Int32Array;
  /** All texts are those of a dictionary. */
  readonly distinct: boolean;
}

export type Numbers = Uint8Array | Int32Array | BigInt64Array | Float64Array;

export interface FlatNumbers {
  readonly kind: "numbers";
  /** By row. What stands where nothing is valid means nothing. */
  readonly data: Numbers;
  readonly validity: Uint8Array | undefined;
}

export type Flat = FlatTexts | FlatNumbers;

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

/** The values of a page of data: which rows of the chunk have one, and where they stand. */
interface Page {
  readonly encoding: string;
  readonly first: number;
  readonly rows: number;
  /** Values that are there. */
  readonly count: number;
  readonly bytes: Uint8Array;
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

/** The column chunk in `chunk`; undefined where it holds an encoding that is not known here. Throws when it is damaged. */
export function readFlat(
  chunk: Uint8Array,
  { codec }: ColumnMetaData,
  element: SchemaElement,
  rows: number,
  { header: headerOf, expand, compressors }: PageTools,
): Flat | undefined {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  const optional = element.repetition_type !== "REQUIRED";
  const validity = new Uint8Array(optional ? rows : 0);
  let dictionary: { readonly bytes: Uint8Array; readonly count: number } | undefined;
  const pages: Page[] = [];
  let first = 0;
  while (first < rows) {
    if (reader.offset >= chunk.length) throw new Error(parquetFaults.cutShort);
    const header = headerOf(reader);
    const stop = reader.offset + header.compressed_page_size;
    if (!(stop >= reader.offset && stop <= chunk.length)) throw new Error(parquetFaults.cutShort);
    const packed = chunk.subarray(reader.offset, stop);
    reader.offset = stop;
    const unpack = (from: number) =>
      expand(packed.subarray(from), header.uncompressed_page_size - from, codec, compressors);
    if (header.dictionary_page_header) {
      dictionary = { bytes: unpack(0), count: header.dictionary_page_header.num_values };
    } else if (header.data_page_header) {
      first = push(pageOfV1(header.data_page_header, unpack(0)));
    } else if (header.data_page_header_v2) {
      const { definition_levels_byte_length: levels, repetition_levels_byte_length: others } =
        header.data_page_header_v2;
      const from = levels + others;
      if (!(others === 0 && levels >= 0 && levels <= packed.length)) throw new Error(parquetFaults.cutShort);
      const values = header.data_page_header_v2.is_compressed === false ? packed.subarray(from) : unpack(from);
      first = push(pageOfV2(header.data_page_header_v2, packed.subarray(0, levels), values));
    }
  }
  const known = pages.every(({ encoding, bytes, start, count }) => {
    if (encoding === "PLAIN") return true;
    return isByDictionary(encoding) && dictionary !== undefined && (count === 0 || (bytes[start] ?? 0) <= widest);
  });
  if (!known) return undefined;
  const valid = optional && validity.includes(0) ? validity : undefined;
  if (element.type === "BYTE_ARRAY") return texts(pages, dictionary, rows, valid);
  return numbers(pages, dictionary, rows, valid, element.type);

  function push(page: Page): number {
    if (page.rows <= 0 || first + page.rows > rows) throw new Error(parquetFaults.cutShort);
    pages.push(page);
    return first + page.rows;
  }

  function pageOfV1({ num_values: count, encoding }: DataPageHeader, bytes: Uint8Array): Page {
    if (!optional) return { encoding, first, rows: count, count, bytes, start: 0 };
    if (bytes.length < 4) throw new Error(parquetFaults.cutShort);
    const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
    const start = 4 + length;
    if (length < 0 || start > bytes.length) throw new Error(parquetFaults.cutShort);
    return { encoding, first, rows: count, count: present(bytes, 4, start, count), bytes, start };
  }

  function pageOfV2(
    { num_values: count, encoding }: NonNullable<PageHeader["data_page_header_v2"]>,
    levels: Uint8Array,
    bytes: Uint8Array,
  ): Page {
    const there = optional ? present(levels, 0, levels.length, count) : count;
    return { encoding, first, rows: count, count: there, bytes, start: 0 };
  }

  /** Reads the levels of the next `count` rows, and counts the values that are there. */
  function present(bytes: Uint8Array, from: number, to: number, count: number): number {
    if (first + count > rows) throw new Error(parquetFaults.cutShort);
    readHybrid(bytes, from, to, 1, validity, first, count);
    let there = 0;
    for (let row = first; row < first + count; row++) there += validity[row]!;
    return there;
  }
}

function isByDictionary(encoding: string): boolean {
  return encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY";
}

/** For each value of the page the number of its entry in a dictionary of `entries`. */
function entriesOf({ bytes, start, count }: Page, entries: number): Int32Array {
  const found = new Int32Array(count);
  if (count === 0) return found;
  readHybrid(bytes, start + 1, bytes.length, bytes[start]!, found, 0, count);
  for (const entry of found) if (entry >= entries) throw new Error(parquetFaults.dictionary);
  return found;
}

function texts(
  pages: readonly Page[],
  dictionary: { readonly bytes: Uint8Array; readonly count: number } | undefined,
  rows: number,
  validity: Uint8Array | undefined,
): FlatTexts {
  const plain = pages.filter(({ encoding }) => encoding === "PLAIN");
  const words = dictionary?.count ?? 0;
  if (words < 0 || words * 4 > (dictionary?.bytes.length ?? 0)) throw new Error(parquetFaults.cutShort);
  const entries = plain.reduce((sum, { count }) => sum + count, words);
  const sources = [
    ...(dictionary ? [dictionary.bytes] : []),
    ...plain.map(({ bytes, start }) => bytes.subarray(start)),
  ];
  const [only] = sources;
  const bytes =
    sources.length === 1 && only ? only : new Uint8Array(sources.reduce((sum, { length }) => sum + length, 0));
  const starts = new Int32Array(entries);
  const ends = new Int32Array(entries);
  const codes = new Int32Array(rows);
  let filled = 0;
  let entry = 0;
  let source = dictionary ? 1 : 0;
  if (dictionary) add(dictionary.bytes, words);
  for (const page of pages) {
    const isPlain = page.encoding === "PLAIN";
    const own = isPlain ? undefined : entriesOf(page, words);
    let next = entry;
    if (isPlain) add(sources[source++]!, page.count);
    const base = next;
    for (let row = page.first; row < page.first + page.rows; row++) {
      if (validity?.[row] === 0) codes[row] = -1;
      else {
        codes[row] = own ? own[next - base]! : next;
        next++;
      }
    }
  }
  return { kind: "texts", bytes, starts, ends, codes, distinct: plain.length === 0 };

  /** Takes in `count` texts, each behind its length. */
  function add(source: Uint8Array, count: number): void {
    if (source !== bytes) bytes.set(source, filled);
    const view = new DataView(bytes.buffer, bytes.byteOffset, filled + source.length);
    let at = filled;
    for (let i = 0; i < count; i++) {
      if (at + 4 > view.byteLength) throw new Error(parquetFaults.cutShort);
      const start = at + 4;
      at = start + view.getUint32(at, true);
      if (at > view.byteLength) throw new Error(parquetFaults.cutShort);
      starts[entry] = start;
      ends[entry++] = at;
    }
    filled += source.length;
  }
}

function numbers(
  pages: readonly Page[],
  dictionary: { readonly bytes: Uint8Array; readonly count: number } | undefined,
  rows: number,
  validity: Uint8Array | undefined,
  type: SchemaElement["type"],
): FlatNumbers {
  const words = dictionary && plainNumbers(dictionary.bytes, 0, dictionary.count, type);
  const data = storage(type, rows);
  for (const page of pages) {
    const isPlain = page.encoding === "PLAIN";
    const own = isPlain ? plainNumbers(page.bytes, page.start, page.count, type) : words!;
    const entries = isPlain ? undefined : entriesOf(page, own.length);
    // Both are storage of `type`.
    if (!entries && page.count === page.rows) data.set(own as never, page.first);
    else spread(own, entries, data, page, validity);
  }
  return { kind: "numbers", data, validity };
}

/** Puts the values of a page into their rows: its own, or those at `entries`. */
function spread(
  values: Numbers,
  entries: Int32Array | undefined,
  data: Numbers,
  { first, rows }: Page,
  validity: Uint8Array | undefined,
): void {
  // By words, since a bigint of each value would cost more than reading it.
  const from = values instanceof BigInt64Array ? wordsOf(values) : values;
  const to = data instanceof BigInt64Array ? wordsOf(data) : data;
  const both = data instanceof BigInt64Array;
  let next = 0;
  for (let row = first; row < first + rows; row++) {
    if (validity?.[row] === 0) continue;
    const place = entries ? entries[next]! : next;
    next++;
    if (both) {
      to[2 * row] = from[2 * place]!;
      to[2 * row + 1] = from[2 * place + 1]!;
    } else to[row] = from[place]!;
  }
}

function storage(type: SchemaElement["type"], length: number): Numbers {
  switch (type) {
    case "BOOLEAN":
      return new Uint8Array(length);
    case "INT32":
      return new Int32Array(length);
    case "INT64":
      return new BigInt64Array(length);
    default:
      return new Float64Array(length);
  }
}

function plainNumbers(bytes: Uint8Array, start: number, count: number, type: SchemaElement["type"]): Numbers {
  const width = type === "INT32" || type === "FLOAT" ? 4 : 8;
  const size = type === "BOOLEAN" ? Math.ceil(count / 8) : count * width;
  if (!(count >= 0 && start + size <= bytes.length)) throw new Error(parquetFaults.cutShort);
  if (type === "BOOLEAN") {
    return Uint8Array.from({ length: count }, (_, i) => (bytes[start + (i >> 3)]! >> (i & 7)) & 1);
  }
  // A copy is aligned.
  const { buffer } = new Uint8Array(bytes.subarray(start, start + size));
  switch (type) {
    case "INT32":
      return new Int32Array(buffer);
    case "INT64":
      return new BigInt64Array(buffer);
    case "FLOAT":
      return Float64Array.from(new Float32Array(buffer));
    default:
      return new Float64Array(buffer);
  }
}
