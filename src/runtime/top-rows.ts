import { type Batch, select } from "../data/batch.ts";
import { cellAt } from "../data/cells.ts";
import type { Cell, Column, ColumnOf } from "../data/column.ts";
import { compareCells, compareStrings } from "../data/compare.ts";
import { concat, concatColumns } from "../data/concat.ts";
import { textReader } from "../data/dictionary.ts";
import type { Schema } from "../data/types.ts";
import { orderWords, ordinary } from "./order-words.ts";
import { pickedCells } from "./picked-cells.ts";
import { type OrderedColumn, sortedRows, specialRank } from "./sorted-rows.ts";

/** The first `limit` rows in the order of some keys, out of batches that come one by one. */
export interface TopRows {
  add(batch: Batch): void;
  finish(): Batch;
}

/** Rows of one batch that may still be among the first, in the order in which they came, with their keys. */
interface Part {
  readonly batch: Batch;
  readonly rows: Int32Array;
  readonly keys: readonly OrderedColumn[];
}

/** `keysOf` gives at least one key, and is asked once per row: a key may be random. `limit` is at least 1. */
export function topRows(schema: Schema, limit: number, keysOf: (batch: Batch) => readonly OrderedColumn[]): TopRows {
  const most = Math.max(4 * limit, 4096);
  const sampled = Math.max(4 * limit, 16_384);
  let parts: readonly Part[] = [];
  let size = 0;
  let last: Threshold | undefined;

  function add(batch: Batch, keys: readonly OrderedColumn[]): void {
    if (!last && batch.length > 2 * sampled) last = thresholdIn(batch.length, keys);
    const rows = last ? survivors(keys[0]!, batch.length, last) : allRows(batch.length);
    if (rows.length === 0) return;
    parts = [...parts, { batch, rows, keys: keys.map((key) => picked(key, rows)) }];
    size += rows.length;
    if (size > most) shrink();
  }

  /** Rows from all over a batch tell which of its rows are worth a sort, even where it is sorted the other way round. */
  function thresholdIn(length: number, keys: readonly OrderedColumn[]): Threshold {
    const stride = Math.floor(length / sampled);
    const rows = allRows(sampled).map((i) => i * stride);
    const sample = pooledKeys([{ rows, keys: keys.map((key) => picked(key, rows)) }], sampled);
    // Rows with the key of the last one may come before it.
    return { ...thresholdAt(sample, sortedRows(sample, sampled)[limit - 1]!), strict: false };
  }

  function shrink(): void {
    const keys = pooledKeys(parts, size);
    const order = sortedRows(keys, size).subarray(0, limit);
    if (order.length === limit) last = thresholdAt(keys, order[limit - 1]!);
    const kept = new Uint8Array(size);
    for (const row of order) kept[row] = 1;
    let start = 0;
    parts = parts.flatMap((part) => {
      const left = allRows(part.rows.length).filter((i) => kept[start + i] === 1);
      start += part.rows.length;
      if (left.length === 0) return [];
      return [{ ...part, rows: left.map((i) => part.rows[i]!), keys: part.keys.map((key) => picked(key, left)) }];
    });
    size = order.length;
  }

  return {
    add: (batch) => add(batch, keysOf(batch)),
    finish: () => {
      const pool = parts.map((part) => select(part.batch, part.rows));
      return select(concat(pool, schema), sortedRows(pooledKeys(parts, size), size).subarray(0, limit));
    },
  };
}

function picked(key: OrderedColumn, rows: Int32Array): OrderedColumn {
  return { ...key, column: pickedCells(key.column, rows) };
}

function pooledKeys(parts: readonly Pick<Part, "rows" | "keys">[], size: number): readonly OrderedColumn[] {
  const [first] = parts;
  return (first?.keys ?? []).map((key, i) => {
    const columns = parts.map((part) => ({ column: part.keys[i]!.column, length: part.rows.length }));
    return { ...key, column: concatColumns(columns, key.column.type, size) };
  });
}

/** The first key of the last row that is still among the first. */
interface Threshold {
  readonly cell: Cell;
  /** By word, for types that have words of their own. */
  readonly words: readonly number[];
  readonly special: number;
  /** Rows with the same first key come too late: there is no other key. */
  readonly strict: boolean;
}

function thresholdAt(keys: readonly OrderedColumn[], row: number): Threshold {
  const { column } = keys[0]!;
  const strict = keys.length === 1;
  const cell = cellAt(column, row);
  if (!hasOwnWords(column)) return { cell, words: [], special: ordinary, strict };
  const { words, special } = orderWords(column, row + 1);
  return { cell, words: words.map((word) => word[row]!), special: special?.[row] ?? ordinary, strict };
}

/** Their words mean the same in every batch; those of the other types are ranks among the cells of one batch. */
function hasOwnWords({ type }: Column): boolean {
  return type !== "string" && type !== "guid" && type !== "decimal" && type !== "dynamic";
}

function survivors(key: OrderedColumn, length: number, last: Threshold): Int32Array {
  const { column } = key;
  if (column.constant) return allRows(length);
  if (column.type === "string") return survivingStrings(column.data, key, length, last);
  return hasOwnWords(column) ? survivingWords(key, length, last) : survivingCells(key, length, last);
}

function allRows(length: number): Int32Array {
  const rows = new Int32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  return rows;
}

function survivingStrings(
  { codes, dictionary }: ColumnOf<"string">["data"],
  { descending }: OrderedColumn,
  length: number,
  last: Threshold,
): Int32Array {
  const text = (last.cell ?? "") as string; // the column is one of strings
  const textAt = textReader(dictionary, length);
  const least = last.strict ? 1 : 0;
  // 0: not looked at yet, 1: too late, 2: in time.
  const verdicts = new Uint8Array(dictionary.length);
  const rows = new Int32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    let verdict = verdicts[code]!;
    if (verdict === 0) {
      const ahead = compareStrings(text, textAt(code)) * (descending ? -1 : 1);
      verdict = ahead >= least ? 2 : 1;
      verdicts[code] = verdict;
    }
    rows[count] = i;
    count += verdict - 1;
  }
  return rows.slice(0, count);
}

function survivingWords(
  { column, descending, nullsFirst }: OrderedColumn,
  length: number,
  last: Threshold,
): Int32Array {
  const { words, special } = orderWords(column, length);
  const flip = descending ? -1 : 0;
  const ranks = [0, 1, 2].map((kind) => specialRank(kind, nullsFirst));
  const lastRank = ranks[last.special]!;
  const high = words[0]!;
  const low = words[1] ?? high;
  const lastHigh = (last.words[0]! ^ flip) >>> 0;
  const lastLow = ((last.words[1] ?? last.words[0]!) ^ flip) >>> 0;
  const rows = new Int32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    let ahead = lastRank - (special ? ranks[special[i]!]! : ranks[ordinary]!);
    if (ahead === 0) ahead = lastHigh - ((high[i]! ^ flip) >>> 0);
    if (ahead === 0) ahead = lastLow - ((low[i]! ^ flip) >>> 0);
    if (ahead > 0 || (ahead === 0 && !last.strict)) rows[count++] = i;
  }
  return rows.slice(0, count);
}

function survivingCells(
  { column, descending, nullsFirst }: OrderedColumn,
  length: number,
  last: Threshold,
): Int32Array {
  const compare = compareCells(column.type);
  const nullAhead = nullsFirst ? 1 : -1;
  const { cell: limit } = last;
  const ahead = (cell: Cell): number => {
    if (limit === null || cell === null) return limit === cell ? 0 : cell === null ? nullAhead : -nullAhead;
    return compare(limit, cell) * (descending ? -1 : 1);
  };
  const least = last.strict ? 1 : 0;
  return allRows(length).filter((row) => ahead(cellAt(column, row)) >= least);
}
