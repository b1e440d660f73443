import { columnBuilder } from "../data/cells.ts";
import type { Cell, Column, StringDictionary } from "../data/column.ts";
import type { Field, ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { bare, type Fields, placeOfField } from "./fields.ts";
import { type CellParser, cellParser } from "./parse-cell.ts";

/** What becomes of a cell that its type cannot hold. */
export type Malformed = "error" | "null";

/** How a format spells a cell. */
export interface Spelling {
  /** The text of the field in [start, end) of the bytes, its escapes undone; undefined when it is not UTF-8. */
  text(fields: Fields, start: number, end: number, escaped: boolean): string | undefined;
  /** What a string column makes of the text, where that is not the text itself. */
  string?(text: string, fields: Fields, start: number): string;
  /** What a column of `type` makes of the text, where that is not simply `parse(text)`. */
  cell?(text: string, fields: Fields, start: number, type: ScalarType, parse: CellParser): Cell | undefined;
  /** Fields of the same bytes mean the same. */
  same?(bytes: Uint8Array, a: number, b: number): boolean;
}

export interface Conversion {
  readonly spelling: Spelling;
  readonly malformed: Malformed;
  /** Help for a cell that does not fit. */
  readonly note?: string | undefined;
}

/** The column of `field` out of the fields in `slot`. */
export function textColumn(fields: Fields, slot: number, field: Field, conversion: Conversion): Column {
  return field.type === "string"
    ? stringColumn(fields, slot, conversion)
    : parsedColumn(fields, slot, field, conversion);
}

function parsedColumn(fields: Fields, slot: number, field: Field, { spelling, malformed, note }: Conversion): Column {
  const { rows } = fields;
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  const parse = cellParser(field.type);
  const builder = columnBuilder(field.type, rows);
  // A format with strings of its own can say that a dynamic cell is the empty one.
  const emptyCounts = field.type === "dynamic" && spelling.cell !== undefined;
  for (let row = 0; row < rows; row++) {
    const start = starts[row]!;
    const end = ends[row]!;
    if (start < 0 || (start === end && !emptyCounts)) {
      builder.push(null);
      continue;
    }
    const text = spelling.text(fields, start, bare(end), end < 0);
    if (text === undefined) throw malformedText(fields, slot, row);
    const cell = spelling.cell ? spelling.cell(text, fields, start, field.type, parse) : parse(text);
    if (cell === undefined && malformed === "error") {
      throw new KqlError(problem.badCell(placeOfField(fields, slot, row), field.name, field.type, text, note));
    }
    builder.push(cell ?? null);
  }
  return builder.finish();
}

function malformedText(fields: Fields, slot: number, row: number): KqlError {
  return new KqlError(problem.invalidUtf8(placeOfField(fields, slot, row)));
}

/** Above this share of distinct values in a first look a dictionary is not worth its making. */
const worthwhile = 0.5;
const firstLook = 2048;

function stringColumn(fields: Fields, slot: number, { spelling }: Conversion): Column {
  const { rows } = fields;
  const found = distinct(fields, slot, Math.min(rows, firstLook), spelling);
  const all = rows <= firstLook ? found : found.count <= firstLook * worthwhile ? distinct(fields, slot, rows, spelling) : undefined;
  if (all) {
    const { codes, first, count } = all;
    return { type: "string", data: { codes, dictionary: decoded(fields, slot, first.subarray(0, count), spelling) } };
  }
  const codes = Int32Array.from({ length: rows }, (_, row) => row);
  return { type: "string", data: { codes, dictionary: decoded(fields, slot, codes, spelling) } };
}

/** The strings at `rows`, decoded when somebody looks. */
function decoded(fields: Fields, slot: number, rows: Int32Array, spelling: Spelling): StringDictionary {
  let values: readonly string[] | undefined;
  return {
    length: rows.length,
    get values() {
      values ??= Array.from(rows, (row) => stringAt(fields, slot, row, spelling));
      return values;
    },
  };
}

function stringAt(fields: Fields, slot: number, row: number, spelling: Spelling): string {
  const start = fields.starts[slot]![row]!;
  const end = fields.ends[slot]![row]!;
  if (start < 0 || start === end) return "";
  const text = spelling.text(fields, start, bare(end), end < 0);
  if (text === undefined) throw malformedText(fields, slot, row);
  return spelling.string ? spelling.string(text, fields, start) : text;
}

/** Codes by the bytes of the fields: equal bytes, equal code. No string is made. */
function distinct(fields: Fields, slot: number, rows: number, spelling: Spelling) {
  const { bytes } = fields;
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  const codes = new Int32Array(rows);
  /** By code: the row that showed it first. */
  const first = new Int32Array(rows);
  const hashes = new Int32Array(rows);
  let mask = 1023;
  let table = new Int32Array(mask + 1).fill(-1);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const start = starts[row]!;
    const end = start < 0 ? start : ends[row]!;
    const stop = bare(end);
    let hash = 0x811c9dc5;
    if (start >= 0) for (let i = start; i < stop; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
    let at = hash & mask;
    let code = table[at]!;
    while (code >= 0 && !(hashes[code] === hash && equal(first[code]!, start, end, stop))) {
      at = (at + 1) & mask;
      code = table[at]!;
    }
    if (code < 0) {
      code = count++;
      first[code] = row;
      hashes[code] = hash;
      table[at] = code;
      if (count * 2 > mask) {
        mask = mask * 2 + 1;
        table = new Int32Array(mask + 1).fill(-1);
        for (let c = 0; c < count; c++) {
          let free = hashes[c]! & mask;
          while (table[free]! >= 0) free = (free + 1) & mask;
          table[free] = c;
        }
      }
    }
    codes[row] = code;
  }
  return { codes, first, count };

  function equal(other: number, start: number, end: number, stop: number): boolean {
    const otherStart = starts[other]!;
    if (otherStart < 0 || start < 0) return otherStart === start;
    const otherEnd = ends[other]!;
    if (otherEnd < 0 !== end < 0 || bare(otherEnd) - otherStart !== stop - start) return false;
    for (let i = 0; i < stop - start; i++) if (bytes[otherStart + i] !== bytes[start + i]) return false;
    return spelling.same?.(bytes, otherStart, start) ?? true;
  }
}
