import type { Cell, CellOf, Column, ColumnOf } from "./column.ts";
import { Decimal } from "./decimal.ts";
import { dictionaryOf } from "./dictionary.ts";
import type { ScalarType } from "./types.ts";

/** Column for data that is already in its storage form. */
export function columnOf<T extends ScalarType>(
  type: T,
  data: ColumnOf<T>["data"],
  validity?: Uint8Array | undefined,
): Column {
  // The union member with this `type` has exactly this `data`; TypeScript cannot follow T that far.
  return { type, data, validity } as Column;
}

/** A string column of plain values, one per row: codes 0..n-1 over the values themselves. */
export function stringColumn(values: readonly string[]): ColumnOf<"string"> {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = i;
  return { type: "string", data: { codes, dictionary: dictionaryOf(values) } };
}

/** The cell of `row`; null where it has none. Slow path: one dispatch per cell. */
export function cellAt(column: Column, row: number): Cell {
  const index = column.constant ? 0 : row;
  if (column.validity && column.validity[index] === 0) return null;
  switch (column.type) {
    case "bool":
      return column.data[index] === 1;
    case "string":
      return column.data.dictionary.text(column.data.codes[index]!);
    default:
      return column.data[index]!;
  }
}

const firstCode = new Int32Array(1);

/** A column whose one cell stands for every row. */
export function constantColumn(type: ScalarType, cell: Cell): Column {
  if (type === "string") {
    // The caller's type is string. A builder would be made ready for many of them.
    return { type, data: { codes: firstCode, dictionary: dictionaryOf([(cell ?? "") as string]) }, constant: true };
  }
  return { ...columnFromCells(type, [cell]), constant: true };
}

export function columnFromCells(type: ScalarType, cells: readonly Cell[]): Column {
  return columnFrom(type, cells.length, (row) => cells[row]!);
}

/** A column of `rows` cells; each row is asked for once, in order. A null string is the empty one, as in Kusto. */
export function columnFrom(type: ScalarType, rows: number, cellOf: (row: number) => Cell): Column {
  // A loop per storage class: one that wrote to all of them would be compiled for none.
  const nulls = new Nulls(rows);
  switch (type) {
    case "bool": {
      const data = new Uint8Array(rows);
      for (let row = 0; row < rows; row++) {
        const cell = cellOf(row);
        if (cell === null) nulls.add(row);
        else if (cell === true) data[row] = 1;
      }
      return { type, data, validity: nulls.validity };
    }
    case "int": {
      const data = new Int32Array(rows);
      for (let row = 0; row < rows; row++) {
        const cell = cellOf(row);
        if (cell === null) nulls.add(row);
        else data[row] = cell as number; // the caller's type is int
      }
      return { type, data, validity: nulls.validity };
    }
    case "real": {
      const data = new Float64Array(rows);
      for (let row = 0; row < rows; row++) {
        const cell = cellOf(row);
        if (cell === null) nulls.add(row);
        else data[row] = cell as number; // the caller's type is real
      }
      return { type, data, validity: nulls.validity };
    }
    case "long":
    case "datetime":
    case "timespan": {
      const data = new BigInt64Array(rows);
      for (let row = 0; row < rows; row++) {
        const cell = cellOf(row);
        if (cell === null) nulls.add(row);
        else data[row] = cell as bigint; // the caller's type is one of these three
      }
      return { type, data, validity: nulls.validity };
    }
    default: {
      const builder = columnBuilder(type, rows);
      for (let row = 0; row < rows; row++) builder.push(cellOf(row));
      return builder.finish();
    }
  }
}

/** Which of so many rows are null. */
class Nulls {
  readonly #rows: number;
  validity: Uint8Array | undefined;

  constructor(rows: number) {
    this.#rows = rows;
  }

  add(row: number): void {
    this.validity ??= new Uint8Array(this.#rows).fill(1);
    this.validity[row] = 0;
  }
}

/** Appends cells one by one. A null pushed into a string column becomes the empty string, as in Kusto. */
export interface ColumnBuilder {
  readonly length: number;
  push(cell: Cell): void;
  finish(): Column;
}

export function columnBuilder(type: ScalarType, capacity = 1024): ColumnBuilder {
  switch (type) {
    case "string":
      return new StringBuilder();
    case "dynamic":
      return new ArrayBuilder("dynamic", null);
    case "guid":
      return new ArrayBuilder("guid", "");
    case "decimal":
      return new ArrayBuilder("decimal", new Decimal(0));
    default:
      return new TypedBuilder(type, Math.max(capacity, 16));
  }
}

/** After so many strings a builder decides whether repeated ones are worth looking for. */
const stringsTried = 4096;

class StringBuilder implements ColumnBuilder {
  readonly #values: string[] = [];
  #codeOf: Map<string, number> | undefined = new Map();
  #codes = new Int32Array(1024);
  length = 0;

  push(cell: Cell): void {
    const text = (cell ?? "") as string; // the caller's type is string
    let code = this.#codeOf?.get(text);
    if (code === undefined) {
      code = this.#values.length;
      this.#values.push(text);
      this.#codeOf?.set(text, code);
    }
    if (this.length === this.#codes.length) this.#codes = grown(this.#codes);
    this.#codes[this.length++] = code;
    if (this.length === stringsTried && this.#values.length > stringsTried / 2) this.#codeOf = undefined;
  }

  finish(): Column {
    const codes = this.#codes.slice(0, this.length);
    return { type: "string", data: { codes, dictionary: dictionaryOf(this.#values) } };
  }
}

class ArrayBuilder<T extends "dynamic" | "guid" | "decimal"> implements ColumnBuilder {
  readonly #type: T;
  readonly #missing: CellOf[T];
  readonly #data: CellOf[T][] = [];
  #validity: Uint8Array | undefined;

  constructor(type: T, missing: CellOf[T]) {
    this.#type = type;
    this.#missing = missing;
  }

  get length(): number {
    return this.#data.length;
  }

  push(cell: Cell): void {
    const row = this.#data.length;
    if (cell === null) {
      this.#data.push(this.#missing);
      if (this.#type !== "dynamic") this.#validity = invalidate(this.#validity, row, row + 1);
    } else {
      this.#data.push(cell as CellOf[T]); // the caller's type is T
    }
  }

  finish(): Column {
    return { type: this.#type, data: this.#data, validity: trimmed(this.#validity, this.#data.length) } as Column;
  }
}

type TypedType = "bool" | "int" | "long" | "real" | "datetime" | "timespan";

class TypedBuilder implements ColumnBuilder {
  readonly #type: TypedType;
  #data: Uint8Array | Int32Array | Float64Array | BigInt64Array;
  #validity: Uint8Array | undefined;
  length = 0;

  constructor(type: TypedType, capacity: number) {
    this.#type = type;
    this.#data = storageFor(type, capacity);
  }

  push(cell: Cell): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data);
    const row = this.length++;
    if (cell === null) this.#validity = invalidate(this.#validity, row, this.#data.length);
    else if (typeof cell === "boolean") this.#data[row] = cell ? 1 : 0;
    else this.#data[row] = cell as number & bigint; // the caller's type is the builder's
  }

  finish(): Column {
    return {
      type: this.#type,
      data: this.#data.slice(0, this.length),
      validity: trimmed(this.#validity, this.length),
    } as Column;
  }
}

/** Zeroed storage of `length` cells. */
export function storageFor(type: TypedType, length: number): Uint8Array | Int32Array | Float64Array | BigInt64Array {
  switch (type) {
    case "bool":
      return new Uint8Array(length);
    case "int":
      return new Int32Array(length);
    case "real":
      return new Float64Array(length);
    default:
      return new BigInt64Array(length);
  }
}

function grown<A extends Uint8Array | Int32Array | Float64Array | BigInt64Array>(data: A): A {
  const Storage = data.constructor as new (length: number) => A;
  const next = new Storage(data.length * 2);
  next.set(data as never); // same storage class on both sides
  return next;
}

/** `validity` with `row` marked null, made or enlarged to `capacity` when needed. */
function invalidate(validity: Uint8Array | undefined, row: number, capacity: number): Uint8Array {
  let target = validity;
  if (!target || target.length <= row) {
    const next = new Uint8Array(Math.max(capacity, row + 1, (target?.length ?? 0) * 2)).fill(1);
    if (target) next.set(target);
    target = next;
  }
  target[row] = 0;
  return target;
}

function trimmed(validity: Uint8Array | undefined, length: number): Uint8Array | undefined {
  if (!validity) return undefined;
  if (validity.length >= length) return validity.slice(0, length);
  const target = new Uint8Array(length).fill(1);
  target.set(validity);
  return target;
}
