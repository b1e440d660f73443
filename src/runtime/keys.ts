import type { Column } from "../data/column.ts";
import type { ScalarType } from "../data/types.ts";
import { PairTable } from "../functions/algorithms/pair-table.ts";
import { type KeyColumn, keyColumn } from "./key-column.ts";

/**
 * Dense ids of the distinct combinations of key columns, over any number of batches. The ids count up in the order in
 * which the combinations appear. Strings are told apart by case, -0 equals 0, and NaN equals itself.
 */
export interface KeyIndex {
  /** Combinations seen so far; without key columns there is one from the start. */
  readonly count: number;
  /** The id of each row. A null is a key, and meets other nulls. */
  add(keys: readonly Column[], rows: number): Int32Array;
  /** As `add`, but a combination that was not added has -1. Nothing may be added after the first `find`. */
  find(keys: readonly Column[], rows: number): Int32Array;
}

export function keyIndex(types: readonly ScalarType[]): KeyIndex {
  const columns = types.map(keyColumn);
  // The first two keys make one id, that id and the third key the next, and so on.
  const pairs = types.slice(1).map(() => new PairTable());
  const last = pairs.at(-1) ?? columns[0];
  const idsOf = (keys: readonly Column[], rows: number, mode: "add" | "find"): Int32Array => {
    const ids = new Int32Array(rows);
    if (rows === 0) return ids;
    for (const [position, column] of columns.entries()) {
      if (position === 0) {
        write(column, keys[0]!, rows, ids, mode);
        continue;
      }
      const others = new Int32Array(rows);
      write(column, keys[position]!, rows, others, mode);
      if (mode === "add") addPairs(pairs[position - 1]!, ids, others);
      else findPairs(pairs[position - 1]!, ids, others);
    }
    return ids;
  };
  return {
    get count() {
      return last ? last.size : 1;
    },
    add: (keys, rows) => idsOf(keys, rows, "add"),
    find: (keys, rows) => idsOf(keys, rows, "find"),
  };
}

function write(ids: KeyColumn, column: Column, rows: number, target: Int32Array, mode: "add" | "find"): void {
  ids[mode](column, column.constant ? 1 : rows, target);
  if (column.constant) target.fill(target[0]!);
}

function addPairs(table: PairTable, ids: Int32Array, others: Int32Array): void {
  for (let i = 0; i < ids.length; i++) {
    ids[i] = table.idOf(ids[i]!, others[i]!);
  }
}

function findPairs(table: PairTable, ids: Int32Array, others: Int32Array): void {
  for (let i = 0; i < ids.length; i++) {
    const first = ids[i]!;
    const second = others[i]!;
    ids[i] = first < 0 || second < 0 ? -1 : table.find(first, second);
  }
}
