import type { SchemaElement } from "hyparquet/src/index.js";
import { wordsOf } from "../../data/words.ts";
import { parquetFaults } from "../../diagnostics/catalogue/data.ts";
import { copy } from "../text.ts";
import { readHybrid } from "./hybrid.ts";
import { type Chunk, type Page, type PagePlace, type PageTools, pageOf, unpacked } from "./pages.ts";
import type { Rows } from "./stored.ts";

/*
 * Columns without nesting, in the encodings that most files have. The library makes an object of every value; here texts
 * stay bytes, what a dictionary says once stays said once, and numbers move as whole pages. Pages are unpacked one by
 * one, and what nobody wants of them is gone with the next: fresh memory costs more than unpacking.
 */

/** Texts as places in bytes. `codes` has for each row that is wanted the number of its text, -1 where it has none. */
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
  /** By row that is wanted. What stands where nothing is valid means nothing. */
  readonly data: Numbers;
  readonly validity: Uint8Array | undefined;
}

export type Flat = FlatTexts | FlatNumbers;

/** The values at `rows`. Throws when the chunk is damaged where they stand. */
export function readFlat(chunk: Chunk, rows: Rows, tools: PageTools): Flat {
  return chunk.element.type === "BYTE_ARRAY" ? texts(chunk, rows, tools) : numbers(chunk, rows, tools);
}

/** The values at `rows` out of those of all rows. */
export function picked(all: Flat, rows: Int32Array): Flat {
  if (all.kind === "numbers") {
    const data = storage(all.data, rows.length);
    move(all.data, (i) => rows[i]!, data, 0, rows.length);
    const validity = all.validity && new Uint8Array(rows.length);
    if (validity) move(all.validity, (i) => rows[i]!, validity, 0, rows.length);
    return { kind: "numbers", data, validity };
  }
  const codes = rows.map((row) => all.codes[row]!);
  // Few texts do not hold on to the bytes of all.
  if (all.distinct || rows.length * 2 > all.codes.length) return { ...all, codes };
  const own = textsFor(rows.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0) codes[i] = own.add(all.bytes, all.starts[code]!, all.ends[code]!);
  }
  return { kind: "texts", ...own.finish(), codes, distinct: false };
}

/** A page with rows that are wanted: those from `from` up to `to`. */
interface Wanted {
  readonly page: Page;
  readonly place: PagePlace;
  readonly from: number;
  readonly to: number;
  /** The row of the page that is the i-th wanted one. */
  readonly rowAt: (i: number) => number;
}

function* wantedPages(chunk: Chunk, rows: Rows, tools: PageTools): Generator<Wanted, void, undefined> {
  let from = 0;
  for (const place of chunk.pages) {
    const { first } = place;
    const end = first + place.rows;
    let to = from;
    if (rows === "all") to = end;
    else while (to < rows.length && rows[to]! < end) to++;
    if (to === from) continue;
    const rowAt = rows === "all" ? (i: number) => i - first : (i: number) => rows[i]! - first;
    yield { page: pageOf(chunk, place, tools), place, from, to, rowAt };
    from = to;
  }
}

/** For each value of the page the number of its entry in a dictionary of `entries`. */
function entriesOf({ bytes, start, count }: Page, entries: number): Int32Array {
  const found = new Int32Array(count);
  if (count === 0) return found;
  readHybrid(bytes, start + 1, bytes.length, bytes[start] ?? 0, found, 0, count);
  for (const entry of found) if (entry >>> 0 >= entries) throw new Error(parquetFaults.dictionary);
  return found;
}

function texts(chunk: Chunk, rows: Rows, tools: PageTools): FlatTexts {
  const codes = new Int32Array(rows === "all" ? chunk.rows : rows.length);
  const distinct = chunk.pages.every(({ byDictionary }) => byDictionary);
  const own = textsFor(distinct ? 0 : codes.length);
  let words = 0;
  if (chunk.dictionary) {
    words = chunk.dictionary.count;
    const bytes = unpacked(chunk, chunk.dictionary, tools);
    if (words < 0 || words * 4 > bytes.length) throw new Error(parquetFaults.cutShort);
    const shift = own.takeIn(bytes);
    let at = 0;
    for (let i = 0; i < words; i++) {
      const end = textEnd(bytes, at);
      own.place(at + 4 + shift, end + shift);
      at = end;
    }
  }
  for (const { page, place, from, to, rowAt } of wantedPages(chunk, rows, tools)) {
    const { there, bytes, start } = page;
    if (place.byDictionary) {
      const entries = entriesOf(page, words);
      let row = 0;
      let value = 0;
      for (let i = from; i < to; i++) {
        const target = rowAt(i);
        if (there) for (; row < target; row++) value += there[row]!;
        codes[i] = there?.[target] === 0 ? -1 : entries[there ? value : target]!;
      }
      continue;
    }
    const shift = rows === "all" ? own.takeIn(bytes) : undefined;
    let at = start;
    let row = 0;
    for (let i = from; i < to; i++) {
      const target = rowAt(i);
      for (; row < target; row++) if (there?.[row] !== 0) at = textEnd(bytes, at);
      if (there?.[target] === 0) {
        codes[i] = -1;
        continue;
      }
      const end = textEnd(bytes, at);
      codes[i] = shift === undefined ? own.add(bytes, at + 4, end) : own.place(at + 4 + shift, end + shift);
      at = end;
      row = target + 1;
    }
  }
  return { kind: "texts", ...own.finish(), codes, distinct };
}

/** Where the text ends whose length stands at `at`. */
function textEnd(bytes: Uint8Array, at: number): number {
  const start = at + 4;
  if (start > bytes.length) throw new Error(parquetFaults.cutShort);
  const length = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  if (length < 0 || start + length > bytes.length) throw new Error(parquetFaults.cutShort);
  return start + length;
}

interface Texts {
  /** Takes in bytes with many texts; gives by how much their places are moved. */
  takeIn(bytes: Uint8Array): number;
  /** The number of a text that was taken in. */
  place(start: number, end: number): number;
  /** Copies one text; gives its number. */
  add(bytes: Uint8Array, start: number, end: number): number;
  finish(): Pick<FlatTexts, "bytes" | "starts" | "ends">;
}

/** Gathers texts, about `count` of them. */
function textsFor(count: number): Texts {
  let held = new Uint8Array(0);
  let size = 0;
  let starts = new Int32Array(count);
  let ends = new Int32Array(count);
  let next = 0;

  return {
    takeIn(bytes) {
      const shift = size;
      // The bytes of the only page are kept as they are.
      if (size === 0) held = bytes as Uint8Array<ArrayBuffer>;
      else {
        reserve(bytes.length);
        held.set(bytes, size);
      }
      size += bytes.length;
      return shift;
    },
    place,
    add(bytes, start, end) {
      const length = end - start;
      reserve(length);
      copy(bytes, start, held, size, length);
      size += length;
      return place(size - length, size);
    },
    finish: () => ({ bytes: held, starts: starts.subarray(0, next), ends: ends.subarray(0, next) }),
  };

  function place(start: number, end: number): number {
    if (next === starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    starts[next] = start;
    ends[next] = end;
    return next++;
  }

  function reserve(length: number): void {
    if (size + length <= held.length) return;
    const larger = new Uint8Array(Math.max(size + length, 2 * size, 4096));
    larger.set(held);
    held = larger;
  }
}

function grown(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(2 * words.length, 1024));
  larger.set(words);
  return larger;
}

function numbers(chunk: Chunk, rows: Rows, tools: PageTools): FlatNumbers {
  const { type } = chunk.element;
  const { dictionary } = chunk;
  const words = dictionary && plainNumbers(unpacked(chunk, dictionary, tools), 0, dictionary.count, type);
  const length = rows === "all" ? chunk.rows : rows.length;
  const data = storage(words ?? emptyNumbers(type), length);
  let validity: Uint8Array | undefined;
  for (const { page, place, from, to, rowAt } of wantedPages(chunk, rows, tools)) {
    const { there } = page;
    const own = place.byDictionary ? words! : plainNumbers(page.bytes, page.start, page.count, type);
    const entries = place.byDictionary ? entriesOf(page, own.length) : undefined;
    if (!entries && !there && rows === "all") {
      data.set(own as never, from); // both are storage of `type`
      continue;
    }
    let row = 0;
    let value = 0;
    move(
      own,
      (i) => {
        const target = rowAt(i);
        if (!there) return entries ? entries[target]! : target;
        for (; row < target; row++) value += there[row]!;
        if (there[target] === 0) {
          validity ??= new Uint8Array(length).fill(1);
          validity[i] = 0;
          return -1;
        }
        return entries ? entries[value]! : value;
      },
      data,
      from,
      to,
    );
  }
  return { kind: "numbers", data, validity };
}

/** Puts values into the rows from `from` up to `to`: `placeOf` says where each stands; -1 is none. */
function move(values: Numbers, placeOf: (row: number) => number, data: Numbers, from: number, to: number): void {
  if (values instanceof BigInt64Array && data instanceof BigInt64Array) {
    // By words, since a bigint of each value would cost more than reading it.
    const [source, target] = [wordsOf(values), wordsOf(data)];
    for (let row = from; row < to; row++) {
      const place = placeOf(row);
      if (place < 0) continue;
      target[2 * row] = source[2 * place]!;
      target[2 * row + 1] = source[2 * place + 1]!;
    }
    return;
  }
  for (let row = from; row < to; row++) {
    const place = placeOf(row);
    if (place >= 0) data[row] = values[place]!;
  }
}

/** Storage like that of `numbers`. */
function storage(numbers: Numbers, length: number): Numbers {
  if (numbers instanceof Uint8Array) return new Uint8Array(length);
  if (numbers instanceof Int32Array) return new Int32Array(length);
  return numbers instanceof BigInt64Array ? new BigInt64Array(length) : new Float64Array(length);
}

function emptyNumbers(type: SchemaElement["type"]): Numbers {
  return plainNumbers(new Uint8Array(0), 0, 0, type);
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
