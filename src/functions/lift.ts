import { cellAt, columnBuilder, columnFromCells, constantColumn } from "../data/cells.ts";
import type { Cell, CellOf, Column, StringDictionary } from "../data/column.ts";
import { gatherColumn } from "../data/gather.ts";
import type { ScalarType } from "../data/types.ts";
import type { Call, Overload, Param, Returns, TypeClass } from "./signature.ts";

type CellFor<T> = T extends ScalarType ? CellOf[T] : T extends TypeClass ? NonNullable<Cell> : never;
type ArgOf<P extends Param, Null> = P["presence"] extends "optional"
  ? CellFor<P["type"]> | Null | undefined
  : CellFor<P["type"]> | Null;
type ArgsOf<Ps extends readonly Param[], Null> = Ps extends readonly [
  infer P extends Param,
  ...infer Rest extends readonly Param[],
]
  ? P["presence"] extends "repeated"
    ? (CellFor<P["type"]> | Null)[]
    : [ArgOf<P, Null>, ...ArgsOf<Rest, Null>]
  : [];
type ResultOf<R extends Returns> = R extends ScalarType ? CellOf[R] | null : Cell;
type Kernel = (...args: readonly Cell[]) => Cell;

/**
 * An overload from a row kernel that never meets a null: a null argument gives null (the empty string where the
 * function returns string). Pure kernels only: it runs once for constants and once per distinct string where that pays.
 * An omitted optional argument is undefined; repeated arguments follow as rest arguments.
 */
export function rowwise<const Ps extends readonly Param[], const R extends Returns>(
  params: Ps,
  returns: R,
  kernel: (...args: ArgsOf<Ps, never>) => ResultOf<R>,
): Overload {
  // The binder has coerced every argument to its parameter's type.
  return lifted(params, returns, kernel as unknown as Kernel, true);
}

/** As `rowwise`, for kernels that look at nulls themselves (`isnull`, `coalesce`). */
export function rowwiseWithNulls<const Ps extends readonly Param[], const R extends Returns>(
  params: Ps,
  returns: R,
  kernel: (...args: ArgsOf<Ps, null>) => ResultOf<R>,
): Overload {
  return lifted(params, returns, kernel as unknown as Kernel, false);
}

/** An overload whose kernel works on whole columns: the written-out loops of the hot functions. */
export function columnar(
  params: readonly Param[],
  returns: Returns,
  evaluate: (args: readonly Column[], call: Call) => Column,
): Overload {
  return { params, returns, eval: evaluate };
}

function lifted(params: readonly Param[], returns: Returns, raw: Kernel, strict: boolean): Overload {
  const kernel: Kernel = strict ? (...args) => (args.includes(null) ? null : raw(...args)) : raw;
  const known = new WeakMap<StringDictionary, { readonly constants: readonly Cell[]; readonly column: Column }>();
  return {
    params,
    returns,
    eval: (args, call) => {
      const varying = args.filter((arg) => !arg.constant);
      if (varying.length === 0) {
        return constantColumn(call.returns, kernel(...args.map((arg) => cellAt(arg, 0))));
      }
      const [only] = varying;
      if (varying.length === 1 && only?.type === "string" && only.data.dictionary.length <= Math.max(call.rows, 64)) {
        return perDistinct(args, only.data, call, kernel, known);
      }
      return perRow(args, call, kernel);
    },
  };
}

/** A dictionary seen again with the same constants (the next batch of the same table) is not evaluated again. */
function perDistinct(
  args: readonly Column[],
  strings: CellOfStrings,
  call: Call,
  kernel: Kernel,
  known: WeakMap<StringDictionary, { readonly constants: readonly Cell[]; readonly column: Column }>,
): Column {
  const position = args.findIndex((arg) => !arg.constant);
  const cells = args.map((arg) => (arg.constant ? cellAt(arg, 0) : null));
  const before = known.get(strings.dictionary);
  if (before && before.column.type === call.returns && sameCells(before.constants, cells)) {
    return gatherColumn(before.column, strings.codes, true);
  }
  const { values } = strings.dictionary;
  const results = new Array<Cell>(values.length);
  const scratch = [...cells];
  for (let i = 0; i < values.length; i++) {
    scratch[position] = values[i]!;
    results[i] = kernel(...scratch);
  }
  const column = columnFromCells(call.returns, results);
  known.set(strings.dictionary, { constants: cells, column });
  return gatherColumn(column, strings.codes, true);
}

type CellOfStrings = Extract<Column, { type: "string" }>["data"];

function sameCells(left: readonly Cell[], right: readonly Cell[]): boolean {
  return left.length === right.length && left.every((cell, i) => Object.is(cell, right[i]));
}

function perRow(args: readonly Column[], call: Call, kernel: Kernel): Column {
  const builder = columnBuilder(call.returns, call.rows);
  const readers = args.map(cellReader);
  const [first, second] = readers;
  if (readers.length === 1 && first) {
    for (let row = 0; row < call.rows; row++) builder.push(kernel(first(row)));
  } else if (readers.length === 2 && first && second) {
    for (let row = 0; row < call.rows; row++) builder.push(kernel(first(row), second(row)));
  } else {
    const scratch = new Array<Cell>(readers.length);
    for (let row = 0; row < call.rows; row++) {
      for (let i = 0; i < readers.length; i++) scratch[i] = readers[i]!(row);
      builder.push(kernel(...scratch));
    }
  }
  return builder.finish();
}

/** Reads the cells of one column; the dispatch on type happens here, not per cell. */
export function cellReader(column: Column): (row: number) => Cell {
  if (column.constant) {
    const cell = cellAt(column, 0);
    return () => cell;
  }
  const { validity } = column;
  switch (column.type) {
    case "string": {
      const { codes, dictionary } = column.data;
      const { values } = dictionary;
      return (row) => values[codes[row]!]!;
    }
    case "bool": {
      const { data } = column;
      return (row) => (validity && validity[row] === 0 ? null : data[row] === 1);
    }
    default: {
      const data: ArrayLike<Cell> = column.data;
      if (!validity) return (row) => data[row]!;
      return (row) => (validity[row] === 0 ? null : data[row]!);
    }
  }
}
