import type { Column } from "../../data/column.ts";
import { gatherColumn } from "../../data/gather.ts";

/* What the accumulators share: arrays with one cell per group that grow with the groups. */

type Storage = Uint8Array | Int32Array | Float64Array | BigInt64Array;

/** `array`, or a larger one that begins with the same cells; the new ones are zero. */
export function roomFor<A extends Storage>(array: A, length: number): A {
  if (array.length >= length) return array;
  const Same = array.constructor as new (length: number) => A;
  const next = new Same(Math.max(length, array.length * 2));
  next.set(array as never); // same storage class on both sides
  return next;
}

/** Exactly `length` cells of `array`, zero where it has none. The result may be handed out: it is not `array`. */
export function exactly<A extends Storage>(array: A, length: number): A {
  return roomFor(array, length).slice(0, length) as A;
}

/** The validity of a result that has a value where `seen` is not zero. */
export function validWhere(seen: Uint8Array | Int32Array | Float64Array, groupCount: number): Uint8Array | undefined {
  let validity: Uint8Array | undefined;
  for (let g = 0; g < groupCount; g++) {
    if ((seen[g] ?? 0) !== 0) continue;
    validity ??= new Uint8Array(groupCount).fill(1);
    validity[g] = 0;
  }
  return validity;
}

/** `column` with one cell per row, also where it is constant. */
export function full(column: Column, rows: number): Column {
  return column.constant ? gatherColumn(column, new Int32Array(rows)) : column;
}

/** Whole numbers as they stand in a column of longs. */
export function longs(counts: Float64Array | Int32Array, groupCount: number): BigInt64Array {
  const result = new BigInt64Array(groupCount);
  for (let g = 0; g < groupCount; g++) result[g] = BigInt(counts[g] ?? 0);
  return result;
}

/** What a high word counts. */
export const two32 = 4294967296;
