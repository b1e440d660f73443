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
  let count = 0;
  if (validity) for (let i = 0; i < length; i++) count += data[i]! & validity[i]!;
  else for (let i = 0; i < length; i++) count += data[i]!;
  if (count === length) return "all";
  // One place more, where the rows behind the last true one are written over and over.
  const rows = new Int32Array(count + 1);
  let next = 0;
  for (let i = 0; i < length; i++) {
    rows[next] = i;
    next += validity ? data[i]! & validity[i]! : data[i]!;
  }
  return rows.subarray(0, count);
}
