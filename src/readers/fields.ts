import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { bytesText, type Input, inputOf } from "./input.ts";
import { byteOrder, copy, joined as joinedBytes, looseText, transcode } from "./text.ts";

/** As many columns as a table of Kusto may have. */
export const mostColumns = 10_000;
/** Rows of a batch, and about how many cells of one may be found before somebody looks at them. */
const batchRows = 65_536;
const batchCells = 4 * 1024 * 1024;

/** Rows of a batch of so many columns: wide ones are shorter. */
export function rowsFor(columns: number): number {
  return Math.max(1024, Math.min(batchRows, Math.floor(batchCells / Math.max(1, columns))));
}

/** How much of a file is looked at together. */
const windowBytes = 8 * 1024 * 1024;
/** A record beyond this is taken for one that never ends. */
export const longestRecord = 128 * 1024 * 1024;

/** A run of bytes out of a file. */
export interface Window {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Number of the line that `bytes` starts in. */
  readonly line: number;
  /** No bytes follow. */
  readonly final: boolean;
}

/** The wanted fields of some records, as places in bytes. A slot is a wanted field; the scanner's maker knows which. */
interface Places {
  readonly rows: number;
  /** By slot: where the field of each row starts; -1 where there is none. */
  readonly starts: readonly Int32Array[];
  /** By slot: where it ends. The complement of that where the field is escaped. */
  readonly ends: readonly Int32Array[];
  /** The line that each record starts in. */
  readonly lines: Int32Array;
}

/** Fields with the bytes that they stand in: nothing is decoded yet. */
export interface Fields extends Places {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The bytes are those of the file, so that they can tell columns too. */
  readonly window: Window | undefined;
  /** Bytes and places are overwritten once the next fields are asked for: where the records stand, and their line. */
  readonly fleeting?: { readonly start: number; readonly end: number; readonly line: number } | undefined;
}

export interface Step extends Places {
  /** First byte that was not consumed, and its line. */
  readonly next: number;
  readonly line: number;
  /** Stopped because the batch is full: call again. Otherwise the bytes hold no other complete record. */
  readonly full: boolean;
}

/** Finds records in bytes. Keeps state between calls: one scanner per file. */
export interface Scanner {
  scan(window: Window, from: number, line: number): Step;
}

/** A text file ready to be scanned: UTF-8 without a byte order mark, from `start`. */
export interface TextInput {
  readonly input: Input;
  readonly start: number;
}

export async function textInput(input: Input): Promise<TextInput> {
  const head = await input.slice(0, Math.min(input.size, 4));
  const { encoding, skip } = byteOrder(head);
  if (encoding === "utf-8") return { input, start: skip };
  const utf8 = transcode(await input.slice(skip, input.size), encoding);
  if (!utf8) throw new KqlError(problem.invalidUtf16(input.name));
  return { input: inputOf(input.name, utf8), start: 0 };
}

/** The fields of all records of a file from `start`, which is in line `line`. `step` is how much is read together. */
export async function* fieldsOf(
  { input, start }: TextInput,
  scanner: Scanner,
  line = 1,
  step = windowBytes,
): AsyncGenerator<Fields, void, undefined> {
  let position = start;
  let size = step;
  let at = line;
  // An empty rest is scanned too: the scanner may have something to say about the end.
  for (let final = false; !final; ) {
    const end = Math.min(input.size, position + size);
    final = end >= input.size;
    const bytes = await input.slice(position, end);
    const window: Window = { name: input.name, bytes, line: at, final };
    refuseNul(window);
    let from = 0;
    for (let full = true; full; ) {
      const found = scanner.scan(window, from, at);
      const { rows, starts, ends, lines } = found;
      if (rows > 0) yield { name: input.name, bytes, rows, starts, ends, lines, window };
      from = found.next;
      at = found.line;
      full = found.full;
    }
    if (from > 0) size = step;
    else if (size >= longestRecord) {
      throw new KqlError(problem.recordTooLong(placeOf(window, 0), bytesText(longestRecord)));
    } else size *= 2;
    position += from;
  }
}

export function refuseNul(window: Window, from = 0, to = window.bytes.length): void {
  const nul = window.bytes.subarray(from, to).indexOf(0);
  if (nul >= 0) throw new KqlError(problem.nulByte(placeOf(window, from + nul)));
}

/** `events.csv:17:3`: line and column, both from 1, of an offset in a window. */
export function placeOf(window: Window, offset: number): string {
  let line = window.line;
  let start = 0;
  for (let at = window.bytes.indexOf(10); at >= 0 && at < offset; at = window.bytes.indexOf(10, at + 1)) {
    line++;
    start = at + 1;
  }
  return `${window.name}:${line}:${looseText(window.bytes.subarray(start, offset)).length + 1}`;
}

/** Where a field stands; for want of the file's bytes, the line that its record starts in. */
export function placeOfField(fields: Fields, slot: number, row: number): string {
  const start = fields.starts[slot]![row]!;
  return fields.window && start >= 0 ? placeOf(fields.window, start) : `${fields.name}:${fields.lines[row]}`;
}

/**
 * Only the fields of `rows`, in bytes of their own: what a predicate refused does not keep the rest in memory.
 * The byte before each field comes along, since it tells a quoted one.
 */
export function compact(fields: Fields, rows: Int32Array): Fields {
  let size = 0;
  for (let slot = 0; slot < fields.starts.length; slot++) {
    const starts = fields.starts[slot]!;
    const ends = fields.ends[slot]!;
    for (const row of rows) {
      if (starts[row]! >= 0) size += bare(ends[row]!) - starts[row]! + 1;
    }
  }
  const bytes = new Uint8Array(size);
  const starts: Int32Array[] = [];
  const ends: Int32Array[] = [];
  let next = 0;
  for (let slot = 0; slot < fields.starts.length; slot++) {
    const from = fields.starts[slot]!;
    const to = fields.ends[slot]!;
    const newStarts = new Int32Array(rows.length);
    const newEnds = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const start = from[rows[i]!]!;
      const end = to[rows[i]!]!;
      if (start < 0) {
        newStarts[i] = -1;
        continue;
      }
      if (start > 0) bytes[next] = fields.bytes[start - 1]!;
      next++;
      newStarts[i] = next;
      const length = bare(end) - start;
      copy(fields.bytes, start, bytes, next, length);
      next += length;
      newEnds[i] = end < 0 ? ~next : next;
    }
    starts.push(newStarts);
    ends.push(newEnds);
  }
  const lines = rows.map((row) => fields.lines[row]!);
  const { name } = fields;
  return { name, bytes, rows: rows.length, starts, ends, lines, window: undefined };
}

/** The fields of all of them, in one run of bytes. None of them are told by the file's bytes any more. */
export function joined(parts: readonly Fields[]): Fields {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const bytes = joinedBytes(parts.map((part) => part.bytes));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = (of: (part: Fields) => readonly Int32Array[]) =>
    of(first!).map((_, slot) => {
      const places = new Int32Array(rows);
      let row = 0;
      let base = 0;
      for (const part of parts) {
        for (let i = 0; i < part.rows; i++, row++) {
          const place = of(part)[slot]![i]!;
          places[row] = part.starts[slot]![i]! < 0 ? place : place < 0 ? place - base : place + base;
        }
        base += part.bytes.length;
      }
      return places;
    });
  const lines = new Int32Array(rows);
  let row = 0;
  for (const part of parts) {
    lines.set(part.lines.subarray(0, part.rows), row);
    row += part.rows;
  }
  const { name } = first!;
  return {
    name,
    bytes,
    rows,
    starts: columns((part) => part.starts),
    ends: columns((part) => part.ends),
    lines,
    window: undefined,
  };
}

/** Fields that last: a copy of what is overwritten. */
export function lasting(fields: Fields): Fields {
  const { window, rows, fleeting, name } = fields;
  if (!fleeting || !window) return fields;
  const { start, end, line } = fleeting;
  const bytes = fields.bytes.slice(start, end);
  return {
    name,
    bytes,
    rows,
    starts: fields.starts.map((starts) => moved(starts, starts, rows, start)),
    ends: fields.ends.map((ends, slot) => moved(ends, fields.starts[slot]!, rows, start)),
    lines: fields.lines.slice(0, rows),
    window: { ...window, bytes, line },
  };
}

/** Places, and complements of places, of fields in bytes of which the first `start` are gone. */
function moved(places: Int32Array, starts: Int32Array, rows: number, start: number): Int32Array {
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = places[row]!;
    all[row] = starts[row]! < 0 ? place : place < 0 ? place + start : place - start;
  }
  return all;
}

/** `length` numbers of rows from `start`. */
export function rowsFrom(start: number, length: number): Int32Array {
  const rows = new Int32Array(length);
  for (let i = 0; i < length; i++) rows[i] = start + i;
  return rows;
}

/** An end without its mark for escapes. */
export function bare(end: number): number {
  return end < 0 ? ~end : end;
}
