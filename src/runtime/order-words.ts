import { cellAt } from "../data/cells.ts";
import type { Cell, Column, ColumnOf, StringDictionary } from "../data/column.ts";
import { compareCells, compareStrings } from "../data/compare.ts";
import { textReader } from "../data/dictionary.ts";

/**
 * A column of sort keys as unsigned 32-bit words: comparing rows by `words`, the most significant first, is comparing
 * their cells. What has no place among the ordinary cells – null, NaN – is told by `special` and has zero words.
 */
export interface OrderWords {
  readonly words: readonly Uint32Array[];
  /** By row: ordinary cells 0, NaN 1, null 2; absent when all are ordinary. */
  readonly special?: Uint8Array | undefined;
}

export const ordinary = 0;
export const notANumber = 1;
export const missing = 2;

/** The words of the first `rows` cells; the column is not constant. */
export function orderWords(column: Column, rows: number): OrderWords {
  const special = nulls(column, rows);
  switch (column.type) {
    case "bool":
      return { words: [masked(new Uint32Array(column.data.subarray(0, rows)), special)], special };
    case "int":
      return { words: [masked(flipped(new Uint32Array(column.data.subarray(0, rows))), special)], special };
    case "long":
    case "datetime":
    case "timespan":
      return { words: longWords(column.data, rows, special), special };
    case "real":
      return realWords(column.data, rows, special);
    case "string":
      return { words: [stringRanks(column.data, rows)] };
    default:
      return { words: [masked(cellRanks(column, rows), special)], special };
  }
}

function nulls(column: Column, rows: number): Uint8Array | undefined {
  const { validity } = column;
  if (column.type === "dynamic") {
    const special = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) if (column.data[i] === null) special[i] = missing;
    return special;
  }
  if (!validity) return undefined;
  const special = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) if (validity[i] === 0) special[i] = missing;
  return special;
}

/** Null rows keep whatever is in the storage: they must not be told apart by it. */
function masked(words: Uint32Array, special: Uint8Array | undefined): Uint32Array {
  if (special) for (let i = 0; i < words.length; i++) if (special[i] !== ordinary) words[i] = 0;
  return words;
}

function flipped(words: Uint32Array): Uint32Array {
  for (let i = 0; i < words.length; i++) words[i]! ^= 0x8000_0000;
  return words;
}

function longWords(data: BigInt64Array, rows: number, special: Uint8Array | undefined): readonly Uint32Array[] {
  // Every platform that runs JavaScript today is little-endian: the low word comes first.
  const source = new Uint32Array(data.buffer, data.byteOffset, rows * 2);
  const high = new Uint32Array(rows);
  const low = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    low[i] = source[2 * i]!;
    high[i] = source[2 * i + 1]! ^ 0x8000_0000;
  }
  return [masked(high, special), masked(low, special)];
}

function realWords(data: Float64Array, rows: number, nulls: Uint8Array | undefined): OrderWords {
  const normal = new Float64Array(rows);
  let special = nulls;
  for (let i = 0; i < rows; i++) {
    const value = data[i]!;
    if (special && special[i] !== ordinary) continue;
    if (Number.isNaN(value)) {
      special ??= new Uint8Array(rows);
      special[i] = notANumber;
    } else {
      normal[i] = value + 0; // -0 becomes 0
    }
  }
  const source = new Uint32Array(normal.buffer);
  const high = new Uint32Array(rows);
  const low = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    // The bits of negative numbers count down.
    const sign = source[2 * i + 1]! >> 31;
    low[i] = source[2 * i]! ^ sign;
    high[i] = source[2 * i + 1]! ^ (sign | 0x8000_0000);
  }
  return { words: [masked(high, special), masked(low, special)], special };
}

/** The place of each string among the distinct ones of these rows. */
function stringRanks({ codes, dictionary }: ColumnOf<"string">["data"], rows: number): Uint32Array {
  const rankOf = ranksByCode(codes, dictionary, rows);
  const ranks = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) ranks[i] = rankOf[codes[i]!]!;
  return ranks;
}

function ranksByCode(codes: Int32Array, dictionary: StringDictionary, rows: number): Uint32Array {
  const used = new Uint8Array(dictionary.length);
  for (let i = 0; i < rows; i++) used[codes[i]!] = 1;
  const textOf = textReader(dictionary, rows);
  const present: { readonly code: number; readonly text: string }[] = [];
  for (let code = 0; code < used.length; code++) if (used[code] === 1) present.push({ code, text: textOf(code) });
  present.sort((a, b) => compareStrings(a.text, b.text));
  const rankOf = new Uint32Array(dictionary.length);
  let rank = 0;
  for (const [i, { code, text }] of present.entries()) {
    if (i > 0 && text !== present[i - 1]!.text) rank++;
    rankOf[code] = rank;
  }
  return rankOf;
}

/** As `stringRanks`, for cells that are objects; null has rank 0. */
function cellRanks(column: Column, rows: number): Uint32Array {
  const compare = compareCells(column.type);
  const cells: { readonly cell: NonNullable<Cell>; readonly row: number }[] = [];
  for (let row = 0; row < rows; row++) {
    const cell = cellAt(column, row);
    if (cell !== null) cells.push({ cell, row });
  }
  cells.sort((a, b) => compare(a.cell, b.cell));
  const ranks = new Uint32Array(rows);
  let rank = 0;
  for (const [i, { cell, row }] of cells.entries()) {
    if (i > 0 && compare(cells[i - 1]!.cell, cell) !== 0) rank++;
    ranks[row] = rank;
  }
  return ranks;
}
