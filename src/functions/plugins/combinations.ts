import type { Batch } from "../../data/batch.ts";
import type { Cell } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { toDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { cellReader } from "../lift.ts";

/** The rows of a batch by the cells of some of its columns. */
export interface Combinations {
  /** The number of each row's combination, in the order in which they first come. */
  readonly of: Int32Array;
  /** The first row of each. */
  readonly firsts: readonly number[];
}

/** Null is a value like any other. Without columns, all rows are alike. */
export function combinationsOf(rows: Batch, columns: readonly number[]): Combinations {
  let of = new Int32Array(rows.length);
  let firsts: number[] = rows.length > 0 ? [0] : [];
  for (const index of columns) {
    const values = distinctValues(rows, index);
    const known = new Map<number, number>();
    const next = new Int32Array(rows.length);
    firsts = [];
    for (let row = 0; row < rows.length; row++) {
      const key = of[row]! * values.count + values.of[row]!;
      let combination = known.get(key);
      if (combination === undefined) {
        combination = firsts.length;
        known.set(key, combination);
        firsts.push(row);
      }
      next[row] = combination;
    }
    of = next;
  }
  return { of, firsts };
}

interface DistinctValues {
  readonly of: Int32Array;
  /** Above every number in `of`. */
  readonly count: number;
}

/** The number of each row's value in a column; -1 for null when `nulls` are not values. */
export function distinctValues(rows: Batch, index: number, nulls: "values" | "none" = "values"): DistinctValues {
  const column = rows.column(index);
  const read = cellReader(column);
  const known = new Map<unknown, number>();
  const of = new Int32Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    const cell = read(row);
    if (cell === null && nulls === "none") {
      of[row] = -1;
      continue;
    }
    const key = keyOf(column.type, cell);
    let number = known.get(key);
    if (number === undefined) {
      number = known.size;
      known.set(key, number);
    }
    of[row] = number;
  }
  return { of, count: known.size };
}

/** Equal for equal cells of one type. */
export function keyOf(type: ScalarType, cell: Cell): unknown {
  return type === "decimal" || type === "dynamic" ? dynamicKey(toDynamic(type, cell)) : cell;
}
