import { columnBuilder, columnOf, storageFor } from "../data/cells.ts";
import type { Cell, Column } from "../data/column.ts";
import { dictionaryOf, lateDictionary } from "../data/dictionary.ts";
import type { Field, ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { bytePut, type PlainType } from "./byte-cells.ts";
import { distinctFields } from "./distinct.ts";
import { bare, type Fields, placeOfField, rowsFrom } from "./fields.ts";
import { type CellParser, cellParser } from "./parse-cell.ts";
import { asciiPlaces, textOf, textsOf } from "./texts.ts";

/** What becomes of a cell that its type cannot hold. */
export type Malformed = "error" | "null";

/** How a format spells a cell. */
export interface Spelling {
  /** The text of a field that is marked as escaped. */
  unescape(text: string): string;
  /** What a string column makes of the text, where that is not the text itself; undefined when it is malformed. */
  string?(text: string, fields: Fields, start: number): string | undefined;
  /** What a column of `type` makes of the text, where that is not simply `parse(text)`. */
  cell?(text: string, fields: Fields, start: number, type: ScalarType, parse: CellParser): Cell | undefined;
  /** Fields of the same bytes mean the same. */
  same?(bytes: Uint8Array, a: number, b: number): boolean;
}

export interface Conversion {
  readonly spelling: Spelling;
  readonly malformed: Malformed;
  /** Help for a cell that does not fit its column. */
  readonly note?: ((column: string) => string | undefined) | undefined;
}

/** The column of `field` out of the fields in `slot`. */
export function textColumn(fields: Fields, slot: number, field: Field, conversion: Conversion): Column {
  switch (field.type) {
    case "string":
      return stringColumn(fields, slot, field, conversion);
    case "guid":
    case "decimal":
    case "dynamic":
      return builtColumn(fields, slot, field, conversion);
    default:
      return plainColumn(fields, slot, field, field.type, conversion);
  }
}

/** A column of numbers, times or flags. */
function plainColumn(fields: Fields, slot: number, field: Field, type: PlainType, conversion: Conversion): Column {
  const { rows, bytes } = fields;
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  const data = storageFor(type, rows);
  const put = bytePut(type, data as never); // it is the storage of `type`
  let validity: Uint8Array | undefined;
  let read: TextReader | undefined;
  for (let row = 0; row < rows; row++) {
    const start = starts[row]!;
    const end = ends[row]!;
    const empty = start < 0 || bare(end) === start;
    if (!empty && end >= 0 && put?.(bytes, start, end, row)) continue;
    read ??= textReader(fields, slot, field, conversion);
    const cell = empty ? null : read.cell(row);
    if (cell === null) {
      validity ??= new Uint8Array(rows).fill(1);
      validity[row] = 0;
      data[row] = (data instanceof BigInt64Array ? 0n : 0) as never; // as the storage has it
    } else data[row] = (typeof cell === "boolean" ? Number(cell) : cell) as never; // as the storage has it
  }
  return columnOf(type, data as never, validity); // it is the storage of `type`
}

/** A column of cells that are objects. */
function builtColumn(fields: Fields, slot: number, field: Field, conversion: Conversion): Column {
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  const builder = columnBuilder(field.type, fields.rows);
  const read = textReader(fields, slot, field, conversion);
  // A format with strings of its own can say that a dynamic cell is the empty one.
  const emptyCounts = field.type === "dynamic" && conversion.spelling.cell !== undefined;
  for (let row = 0; row < fields.rows; row++) {
    const start = starts[row]!;
    const empty = start < 0 || (bare(ends[row]!) === start && !emptyCounts);
    builder.push(empty ? null : read.cell(row));
  }
  return builder.finish();
}

interface TextReader {
  /** The cell of a row that has a field. Throws `KqlError`, or gives null, when the text is no cell. */
  cell(row: number): Cell;
}

/** Reads cells by their texts, some hundred rows ahead of who asks. */
function textReader(fields: Fields, slot: number, field: Field, conversion: Conversion): TextReader {
  const { spelling, malformed } = conversion;
  const parse = cellParser(field.type);
  const ahead = 512;
  let texts: readonly string[] = [];
  let first = 0;
  return {
    cell(row) {
      if (row >= first + texts.length) {
        first = row;
        texts = textsOf(fields, slot, rowsFrom(first, Math.min(ahead, fields.rows - first)));
      }
      const raw = texts[row - first]!;
      const text = fields.ends[slot]![row]! < 0 ? spelling.unescape(raw) : raw;
      const cell = spelling.cell
        ? spelling.cell(text, fields, fields.starts[slot]![row]!, field.type, parse)
        : parse(text);
      if (cell === undefined && malformed === "error") throw badCell(fields, slot, row, field, conversion);
      return cell ?? null;
    },
  };
}

function badCell(fields: Fields, slot: number, row: number, field: Field, { spelling, note }: Conversion): KqlError {
  const raw = textOf(fields, slot, row);
  const text = fields.ends[slot]![row]! < 0 ? spelling.unescape(raw) : raw;
  return new KqlError(
    problem.badCell(placeOfField(fields, slot, row), field.name, field.type, text, note?.(field.name)),
  );
}

function stringColumn(fields: Fields, slot: number, field: Field, conversion: Conversion): Column {
  const { spelling } = conversion;
  const found = distinctFields(fields, slot, spelling.same);
  const codes = found?.codes ?? rowsFrom(0, fields.rows);
  const shown = found?.first ?? codes;
  return codedColumn(codes, fields, slot, shown, field, conversion);
}

/** The column whose texts stand in the fields at `shown`, by code. */
export function codedColumn(
  codes: Int32Array,
  fields: Fields,
  slot: number,
  shown: Int32Array,
  field: Field,
  conversion: Conversion,
): Column {
  const make = () => stringsAt(fields, slot, shown, field, conversion);
  // Where the text alone does not decide, or may be malformed, the cells are made at once.
  if (conversion.spelling.string) return { type: "string", data: { codes, dictionary: dictionaryOf(make()) } };
  const places = () => asciiPlaces(fields, slot, shown);
  return { type: "string", data: { codes, dictionary: lateDictionary(shown.length, make, undefined, places) } };
}

function stringsAt(
  fields: Fields,
  slot: number,
  rows: Int32Array,
  field: Field,
  conversion: Conversion,
): readonly string[] {
  const { spelling } = conversion;
  const texts = textsOf(fields, slot, rows);
  const starts = fields.starts[slot]!;
  const ends = fields.ends[slot]!;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (starts[row]! < 0) continue;
    if (ends[row]! < 0) texts[i] = spelling.unescape(texts[i]!);
    if (!spelling.string) continue;
    const text = spelling.string(texts[i]!, fields, starts[row]!);
    if (text === undefined && conversion.malformed === "error") throw badCell(fields, slot, row, field, conversion);
    texts[i] = text ?? texts[i]!;
  }
  return texts;
}
