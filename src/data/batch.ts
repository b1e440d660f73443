import { type Column, rowMask } from "./column.ts";
import { gatherColumn } from "./gather.ts";
import type { Schema } from "./types.ts";

/** Rows that travel together. A column is made when it is first asked for, and kept. */
export interface Batch {
  readonly schema: Schema;
  readonly length: number;
  column(index: number): Column;
  /** What makes a column later, of no more than it needs; undefined where the column is there, or cannot be made apart. */
  maker?(index: number): (() => Column) | undefined;
}

export type Batches = AsyncIterable<Batch>;

/** A predicate that a reader may apply while it reads. */
export interface ScanPredicate {
  /** The columns that `keep` looks at. */
  readonly columns: ReadonlySet<number>;
  /** One byte per row of `batch`: 1 for the rows to keep. Reads no column but those in `columns`. */
  keep(batch: Batch): Uint8Array;
  /** True when it surely keeps no row of those whose columns lie in ranges that the source knows. */
  refusesAll?(rangeOf: (column: number) => ValueRange | undefined): boolean;
  /** The predicate as data that another thread can make it of again; undefined where that cannot be done. */
  portable?(): unknown;
}

/** The least and the greatest value of a column of int, long, real, datetime or timespan: of whatever is not null there. */
export interface ValueRange {
  readonly least: number | bigint;
  readonly greatest: number | bigint;
}

/** What a query wants of a table. A source may skip columns nobody wants, and rows that `predicate` refuses. */
export interface ScanRequest {
  readonly columns: ReadonlySet<number>;
  readonly predicate?: ScanPredicate | undefined;
}

export interface TableSource {
  readonly schema: Schema;
  /** Others read it meanwhile: rows that are asked for early are there early. */
  readonly concurrent?: boolean | undefined;
  /** Every row that `predicate` keeps, and any others: it is a wish, and is checked again by who asked. */
  scan(request: ScanRequest): Batches;
}

export function batchOf(schema: Schema, columns: readonly Column[], length: number): Batch {
  return { schema, length, column: (index) => columns[index]! };
}

/** The rows of `batch` at `rows`, in that order. Columns are gathered when asked for; stacked selections collapse. */
export function select(batch: Batch, rows: Int32Array): Batch {
  return new Selection(batch, rows);
}

/** A batch whose column `i` is computed by `make(i)` at the first look. */
export function lazyBatch(schema: Schema, length: number, make: (index: number) => Column): Batch {
  const made: (Column | undefined)[] = new Array(schema.length);
  return {
    schema,
    length,
    column: (index) => {
      made[index] ??= make(index);
      return made[index];
    },
  };
}

class Selection implements Batch {
  readonly schema: Schema;
  readonly length: number;
  readonly #base: Batch;
  readonly #rows: Int32Array;
  readonly #made: (Column | undefined)[];

  constructor(batch: Batch, rows: Int32Array) {
    this.schema = batch.schema;
    this.length = rows.length;
    this.#made = new Array(batch.schema.length);
    if (batch instanceof Selection) {
      const inner = batch.#rows;
      const composed = new Int32Array(rows.length);
      for (let i = 0; i < rows.length; i++) composed[i] = inner[rows[i]!]!;
      this.#base = batch.#base;
      this.#rows = composed;
    } else {
      this.#base = batch;
      this.#rows = rows;
    }
  }

  column(index: number): Column {
    const made = this.#made[index];
    if (made) return made;
    const source = this.#base.column(index);
    const column = rowMask(source) === 0 ? source : gatherColumn(source, this.#rows);
    this.#made[index] = column;
    return column;
  }
}
