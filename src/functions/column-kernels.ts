import type { Column, ColumnOf } from "../data/column.ts";
import { rowMask } from "../data/column.ts";

/* What kernels that loop over whole columns share. */

/** Validity of a result that is null where either side is, or where `also` says 0; undefined when no cell is null. */
export function bothValid(a: Column, b: Column, length: number, also?: Uint8Array | undefined): Uint8Array | undefined {
  if (!a.validity && !b.validity) return also;
  const valid = also ?? new Uint8Array(length).fill(1);
  for (const { column, mask } of [a, b].map((column) => ({ column, mask: rowMask(column) }))) {
    const { validity } = column;
    if (validity) for (let i = 0; i < length; i++) valid[i] = valid[i]! & validity[i & mask]!;
  }
  return valid;
}

/** A column of truth values; constant when it has but one cell for every row. */
export function boolColumn(
  data: Uint8Array,
  validity: Uint8Array | undefined,
  constant: boolean | undefined,
): ColumnOf<"bool"> {
  return { type: "bool", data, validity, constant };
}
