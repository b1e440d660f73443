import type { Decimal } from "./decimal.ts";
import type { Dynamic } from "./dynamic.ts";
import type { ScalarType } from "./types.ts";

/**
 * The distinct strings behind a column. `values` may be decoded at the first look (an arena of UTF-8 bytes does so),
 * so test `length` when that suffices. Values need not be unique: kernels map them one by one.
 */
export interface StringDictionary {
  readonly length: number;
  readonly values: readonly string[];
  /** `values[code]`, where others need not be decoded for it. */
  readonly text: (code: number) => string;
  /** Present where the values are unique and known by text: the place of one, -1 when it is not there. */
  readonly codeOf?: ((text: string) => number) | undefined;
  /** Where all texts stand as ASCII, for who needs no strings; undefined when there is no such place, or no longer. */
  readonly places?: (() => TextPlaces | undefined) | undefined;
}

/** By code: where a text starts and ends in `bytes`. */
export interface TextPlaces {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** One cell per row: `dictionary.values[codes[row]]`. */
export interface Strings {
  readonly codes: Int32Array;
  readonly dictionary: StringDictionary;
}

/** The storage behind a column of each type. */
export interface DataOf {
  /** 0 or 1 */
  bool: Uint8Array;
  int: Int32Array;
  long: BigInt64Array;
  real: Float64Array;
  /** 100 ns ticks since 0001-01-01T00:00:00Z */
  datetime: BigInt64Array;
  /** 100 ns ticks */
  timespan: BigInt64Array;
  /** Never null in Kusto: no validity. */
  string: Strings;
  /** Lower case, with hyphens. */
  guid: readonly string[];
  decimal: readonly Decimal[];
  /** Null is `null` in the data itself: no validity. */
  dynamic: readonly Dynamic[];
}

/** One cell, as row kernels see it. A null cell is `null` for every type. */
export interface CellOf {
  bool: boolean;
  int: number;
  long: bigint;
  real: number;
  datetime: bigint;
  timespan: bigint;
  string: string;
  guid: string;
  decimal: Decimal;
  dynamic: Dynamic;
}
export type Cell = CellOf[ScalarType] | null;

export interface ColumnOf<T extends ScalarType> {
  readonly type: T;
  readonly data: DataOf[T];
  /** One byte per row, 0 where the cell is null; absent when every cell has a value. */
  readonly validity?: Uint8Array | undefined;
  /** One cell (index 0) stands for every row of the batch. */
  readonly constant?: boolean | undefined;
}
/** Immutable once made; shared freely. `switch (column.type)` narrows `data`. */
export type Column = { [T in ScalarType]: ColumnOf<T> }[ScalarType];

/** `index & mask` is the cell of row `index`, for constant columns too. */
export function rowMask(column: Column): number {
  return column.constant ? 0 : -1;
}
