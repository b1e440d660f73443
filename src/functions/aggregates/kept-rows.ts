import { columnFromCells } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import { cellReader } from "../lift.ts";

/** One row per group, of several columns: the row that an aggregate has chosen so far. */
export class KeptRows {
  readonly #types: readonly ScalarType[];
  readonly #cells: readonly Cell[][];
  /** The row of the batch at hand that each of `#changed` groups keeps; -1: as before. */
  #rows = new Int32Array(16).fill(-1);
  #changed: number[] = [];

  constructor(types: readonly ScalarType[]) {
    this.#types = types;
    this.#cells = types.map(() => []);
  }

  reserve(groupCount: number): void {
    if (this.#rows.length >= groupCount) return;
    const rows = new Int32Array(Math.max(groupCount, this.#rows.length * 2)).fill(-1);
    this.#rows = rows;
  }

  keep(group: number, row: number): void {
    if (this.#rows[group]! < 0) this.#changed.push(group);
    this.#rows[group] = row;
  }

  /** Reads the kept rows out of the batch; called at the end of each. */
  take(columns: readonly Column[]): void {
    for (const [c, column] of columns.entries()) {
      const read = cellReader(column);
      const cells = this.#cells[c]!;
      for (const group of this.#changed) cells[group] = read(this.#rows[group]!);
    }
    for (const group of this.#changed) this.#rows[group] = -1;
    this.#changed = [];
  }

  /** A group that keeps no row gives nulls. */
  columns(groupCount: number): readonly Column[] {
    return this.#types.map((type, c) => {
      const cells = this.#cells[c]!;
      return columnFromCells(
        type,
        Array.from({ length: groupCount }, (_, g): Cell => cells[g] ?? null),
      );
    });
  }
}
