import type { Column } from "../../data/column.ts";

/** The stored values of one column in some rows. */
export interface Stored {
  readonly length: number;
  /** That of a row; null and undefined are null. */
  value(row: number): unknown;
  /** The cells at `rows`, of the leaf's type, where they can be had without looking at each; undefined otherwise. */
  column?(rows: Int32Array): Column | undefined;
}
