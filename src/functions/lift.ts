import { cellAt, columnFrom, constantColumn } from "../data/cells.ts";
import type { Cell, CellOf, Column, StringDictionary } from "../data/column.ts";
import { textReader } from "../data/dictionary.ts";
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

function lifted(params: readonly Param[], returns: Returns, kernel: Kernel, strict: boolean): Overload {
  const known: Known = new WeakMap();
  return {
    params,
    returns,
    eval: (args, call) => {
      // A constant null makes every row null.
      if (strict && args.some((arg) => arg.constant && cellAt(arg, 0) === null)) {
        return constantColumn(call.returns, null);
      }
      const varying = args.filter((arg) => !arg.constant);
      if (varying.length === 0) {
        return constantColumn(call.returns, kernel(...args.map((arg) => cellAt(arg, 0))));
      }
      const [only] = varying;
      const column =
        varying.length === 1 && only?.type === "string" && perDistinct(args, only.data, call, kernel, known);
      return column || columnFrom(call.returns, call.rows, rowKernel(kernel, args.map(cellReader), strict));
    },
  };
}

/** What is known of a dictionary with one set of constants: the cells of all its texts, or how many rows came so far. */
interface Evaluated {
  readonly constants: readonly Cell[];
  readonly returns: ScalarType;
  rows: number;
  column: Column | undefined;
}
type Known = WeakMap<StringDictionary, Evaluated>;

const fewTexts = 64;
/** How many batches' worth of texts a dictionary may hold to be evaluated for those who come. */
const mostBatches = 16;

/**
 * Undefined while a dictionary has more texts than rows have come. One that is seen again with the same constants (the
 * next batch of the same table) is not evaluated again.
 */
function perDistinct(
  args: readonly Column[],
  { codes, dictionary }: CellOfStrings,
  call: Call,
  kernel: Kernel,
  known: Known,
): Column | undefined {
  const constants = args.map((arg) => (arg.constant ? cellAt(arg, 0) : null));
  let state = known.get(dictionary);
  const isSame = state !== undefined && state.returns === call.returns && sameCells(state.constants, constants);
  const pays = dictionary.length <= Math.max(call.rows, fewTexts);
  if (!state || !isSame) {
    // Two calls that take turns do not drive each other out.
    if (state && !pays) return undefined;
    state = { constants, returns: call.returns, rows: 0, column: undefined };
    known.set(dictionary, state);
  }
  if (!state.column) {
    state.rows += call.rows;
    if (!pays && (state.rows < dictionary.length || dictionary.length > mostBatches * call.rows)) return undefined;
    const { values } = dictionary;
    const text = (row: number) => values[row]!;
    const readers = args.map((arg, i) => (arg.constant ? () => constants[i]! : text));
    // Strings are no nulls, and of the constants none is where that matters.
    state.column = columnFrom(call.returns, values.length, rowKernel(kernel, readers, false));
  }
  return gatherColumn(state.column, codes, true);
}

type CellOfStrings = Extract<Column, { type: "string" }>["data"];

function sameCells(left: readonly Cell[], right: readonly Cell[]): boolean {
  return left.length === right.length && left.every((cell, i) => Object.is(cell, right[i]));
}

/** The kernel by row. The usual numbers of arguments are spelled out: a spread costs as much as a small kernel. */
function rowKernel(
  kernel: Kernel,
  readers: readonly ((row: number) => Cell)[],
  strict: boolean,
): (row: number) => Cell {
  const [first, second, third] = readers;
  if (readers.length === 1 && first) {
    return (row) => {
      const a = first(row);
      return strict && a === null ? null : kernel(a);
    };
  }
  if (readers.length === 2 && first && second) {
    return (row) => {
      const a = first(row);
      const b = second(row);
      return strict && (a === null || b === null) ? null : kernel(a, b);
    };
  }
  if (readers.length === 3 && first && second && third) {
    return (row) => {
      const a = first(row);
      const b = second(row);
      const c = third(row);
      return strict && (a === null || b === null || c === null) ? null : kernel(a, b, c);
    };
  }
  const scratch = new Array<Cell>(readers.length);
  return (row) => {
    for (let i = 0; i < readers.length; i++) scratch[i] = readers[i]!(row);
    return strict && scratch.includes(null) ? null : kernel(...scratch);
  };
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
      const text = textReader(dictionary, codes.length);
      return (row) => text(codes[row]!);
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
