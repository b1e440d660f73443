import type { Column } from "../../data/column.ts";

/** Rows of a row group by their numbers in it, in order; or all of them. */
export type Rows = Int32Array | "all";

/** The values of one column of a row group, as the file has them. */
export interface Stored {
  /** Reads the value of the i-th of `rows`; null and undefined are null. */
  values(rows: Rows): (i: number) => unknown;
  /** The cells at `rows`, of the leaf's type, where they can be had without looking at each; undefined otherwise. */
  column?(rows: Rows): Column | undefined;
}
