import type { Column } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { wordsOf } from "../../data/words.ts";
import { PairTable } from "../algorithms/pair-table.ts";
import { TextIds } from "../text-ids.ts";
import { full } from "./state.ts";

/** Numbers the distinct values of a column's batches: equal values, equal numbers. All NaNs are one value, 0 and -0 too. */
export class ValueIds {
  readonly #pairs = new PairTable();
  readonly #texts = new Map<string, number>();
  readonly #strings = new TextIds();

  /** Numbers are below this. */
  get size(): number {
    return this.#pairs.size + this.#texts.size + this.#strings.size;
  }

  /** The number of the value in each row; -1 for null. */
  of(arg: Column, rows: number): Int32Array {
    const column = full(arg, rows);
    const ids = new Int32Array(rows);
    switch (column.type) {
      case "string":
        this.#strings.add(column.data, rows, ids);
        return ids;
      case "bool":
      case "int":
        for (let i = 0; i < rows; i++) ids[i] = this.#pairs.idOf(column.data[i]!, 0);
        break;
      case "real": {
        const parts = wordsOf(canonical(column.data));
        for (let i = 0; i < rows; i++) ids[i] = this.#pairs.idOf(parts[2 * i]!, parts[2 * i + 1]!);
        break;
      }
      case "long":
      case "datetime":
      case "timespan": {
        const parts = wordsOf(column.data);
        for (let i = 0; i < rows; i++) ids[i] = this.#pairs.idOf(parts[2 * i]!, parts[2 * i + 1]!);
        break;
      }
      case "guid":
        for (let i = 0; i < rows; i++) ids[i] = this.#textId(column.data[i]!);
        break;
      case "decimal":
        for (let i = 0; i < rows; i++) ids[i] = this.#textId(column.data[i]!.toString());
        break;
      case "dynamic":
        for (let i = 0; i < rows; i++) {
          const value = column.data[i]!;
          ids[i] = value === null ? -1 : this.#textId(dynamicKey(value));
        }
        return ids;
    }
    if (column.validity) for (let i = 0; i < rows; i++) if (column.validity[i] === 0) ids[i] = -1;
    return ids;
  }

  #textId(text: string): number {
    let id = this.#texts.get(text);
    if (id === undefined) {
      id = this.#texts.size;
      this.#texts.set(text, id);
    }
    return id;
  }
}

/** The bits of the reals, equal where the reals are. */
function canonical(data: Float64Array): BigInt64Array {
  const copy = new Float64Array(data.length);
  // 0 is added for the sake of -0; NaN is written as one and the same NaN.
  for (let i = 0; i < copy.length; i++) copy[i] = Number.isNaN(data[i]) ? Number.NaN : data[i]! + 0;
  return new BigInt64Array(copy.buffer);
}
