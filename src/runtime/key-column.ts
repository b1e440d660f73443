import { type Column, type ColumnOf, rowMask } from "../data/column.ts";
import { dynamicKey } from "../data/compare.ts";
import type { ScalarType } from "../data/types.ts";
import { PairTable } from "../functions/algorithms/pair-table.ts";
import { TextIds } from "../functions/text-ids.ts";

/** The ids of the cells of one key column over all batches: equal cells, equal ids. A null is a key like any other. */
export interface KeyColumn {
  /** Ids given out so far: 0 … size-1. */
  readonly size: number;
  /** Writes the id of each of the `rows` cells; a new cell gets the next id. The column is not constant. */
  add(column: Column, rows: number, ids: Int32Array): void;
  /** As `add`, but a new cell gets -1. */
  find(column: Column, rows: number, ids: Int32Array): void;
}

export function keyColumn(type: ScalarType): KeyColumn {
  switch (type) {
    case "string":
      return new StringKeys();
    case "guid":
    case "decimal":
    case "dynamic":
      return new TextKeys();
    default:
      return new NumberKeys();
  }
}

/** Cells of at most 64 bits, taken as pairs of 32-bit words. */
class NumberKeys implements KeyColumn {
  readonly #table = new PairTable();

  get size(): number {
    return this.#table.size;
  }

  add(column: Column, rows: number, ids: Int32Array): void {
    const table = this.#table;
    const words = wordsOf(column, rows);
    const { validity } = column;
    if (words.length === rows) {
      for (let i = 0; i < rows; i++) {
        ids[i] = validity && validity[i] === 0 ? table.reserve() : table.idOf(words[i]!, 0);
      }
    } else {
      for (let i = 0; i < rows; i++) {
        ids[i] = validity && validity[i] === 0 ? table.reserve() : table.idOf(words[2 * i]!, words[2 * i + 1]!);
      }
    }
  }

  find(column: Column, rows: number, ids: Int32Array): void {
    const table = this.#table;
    const words = wordsOf(column, rows);
    const { validity } = column;
    if (words.length === rows) {
      for (let i = 0; i < rows; i++) {
        ids[i] = validity && validity[i] === 0 ? table.reserved : table.find(words[i]!, 0);
      }
    } else {
      for (let i = 0; i < rows; i++) {
        ids[i] = validity && validity[i] === 0 ? table.reserved : table.find(words[2 * i]!, words[2 * i + 1]!);
      }
    }
  }
}

/** One word per row, or two; equal cells have equal words. */
function wordsOf(column: Column, rows: number): Int32Array | Uint8Array {
  switch (column.type) {
    case "bool":
      return column.data.subarray(0, rows);
    case "int":
      return column.data.subarray(0, rows);
    case "long":
    case "datetime":
    case "timespan":
      return new Int32Array(column.data.buffer, column.data.byteOffset, rows * 2);
    case "real": {
      const normal = new Float64Array(rows);
      const { data } = column;
      // Adding 0 makes -0 to 0, and every NaN is written as the one NaN.
      for (let i = 0; i < rows; i++) {
        const value = data[i]!;
        normal[i] = Number.isNaN(value) ? Number.NaN : value + 0;
      }
      return new Int32Array(normal.buffer);
    }
    default:
      throw new Error(`cells of type ${column.type} are not words`);
  }
}

class StringKeys implements KeyColumn {
  readonly #ids = new TextIds();

  get size(): number {
    return this.#ids.size;
  }

  add(column: Column, rows: number, ids: Int32Array): void {
    this.#ids.add(stringsOf(column), rows, ids);
  }

  find(column: Column, rows: number, ids: Int32Array): void {
    this.#ids.find(stringsOf(column), rows, ids);
  }
}

function stringsOf(column: Column): ColumnOf<"string">["data"] {
  if (column.type !== "string") throw new Error("the key is a string");
  return column.data;
}

/** Cells that are objects: by a text that equal ones share. */
class TextKeys implements KeyColumn {
  readonly #ids = new Map<string | null, number>();

  get size(): number {
    return this.#ids.size;
  }

  add(column: Column, rows: number, ids: Int32Array): void {
    for (let i = 0; i < rows; i++) {
      const text = textAt(column, i);
      let id = this.#ids.get(text);
      if (id === undefined) {
        id = this.#ids.size;
        this.#ids.set(text, id);
      }
      ids[i] = id;
    }
  }

  find(column: Column, rows: number, ids: Int32Array): void {
    for (let i = 0; i < rows; i++) ids[i] = this.#ids.get(textAt(column, i)) ?? -1;
  }
}

function textAt(column: Column, row: number): string | null {
  const at = row & rowMask(column);
  if (column.validity && column.validity[at] === 0) return null;
  switch (column.type) {
    case "guid":
      return column.data[at]!;
    case "decimal":
      return column.data[at]!.toString();
    case "dynamic":
      return column.data[at]! === null ? null : dynamicKey(column.data[at]!);
    default:
      throw new Error(`cells of type ${column.type} are not keyed by text`);
  }
}
