import type { Column } from "../data/column.ts";

/** 1 for each of the `length` rows in which the bool column is true; null is not true. */
export function trueMask(column: Column, length: number): Uint8Array {
  if (column.type !== "bool") throw new Error("a predicate is a bool");
  const { data, validity, constant } = column;
  const mask = new Uint8Array(length);
  if (constant) return data[0] === 1 && validity?.[0] !== 0 ? mask.fill(1) : mask;
  if (!validity) {
    mask.set(data.subarray(0, length));
    return mask;
  }
  for (let i = 0; i < length; i++) mask[i] = data[i]! & validity[i]!;
  return mask;
}

/** The rows in which the bool column is true, or `all` of them; null is not true. */
export function trueRows(column: Column, length: number): Int32Array | "all" {
  if (column.type !== "bool") throw new Error("a predicate is a bool");
  const { data, validity, constant } = column;
  if (constant) return data[0] === 1 && validity?.[0] !== 0 ? "all" : new Int32Array(0);
  const rows = new Int32Array(length);
  let count = 0;
  if (validity) {
    for (let i = 0; i < length; i++) {
      rows[count] = i;
      count += data[i]! & validity[i]!;
    }
  } else {
    for (let i = 0; i < length; i++) {
      rows[count] = i;
      count += data[i]!;
    }
  }
  return count === length ? "all" : rows.slice(0, count);
}
