import type { Cell, Column } from "../data/column.ts";
import type { Field, ScalarType } from "../data/types.ts";
import type { Library } from "./library.ts";
import type { Refusal } from "./refusal.ts";

/**
 * A set of types that a parameter accepts.
 * - scalar: any type
 * - number: int, long, real, decimal
 * - common: any type, but all `common` arguments of the call are converted to one type first
 * - alike: as `common`, but numbers of different kinds have no type in common: an int and a long do, a real does not
 */
export type TypeClass = "scalar" | "number" | "common" | "alike";

export interface Param<T extends ScalarType | TypeClass = ScalarType | TypeClass> {
  readonly name: string;
  readonly type: T;
  /** repeated: the last parameter(s); a group of repeated parameters repeats as a whole, as in `case`. */
  readonly presence: "required" | "optional" | "repeated";
  /** Must be known when the query is bound: a bin size, a date part. */
  readonly constant: boolean;
}

/** sameAs: the type of that argument. common: the one type of the `common` (or `alike`) arguments. widest: of the `number` ones. */
export type Returns = ScalarType | { readonly sameAs: number } | "common" | "widest";

/** What a kernel may know of the call it serves. */
export interface Call {
  /** Rows of the batch; argument and result columns have as many cells, or are constant. */
  readonly rows: number;
  /** The type of the result. */
  readonly returns: ScalarType;
  /** The frozen clock of the run, ticks of 100 ns since year 1. */
  readonly now: bigint;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export interface Overload {
  readonly params: readonly Param[];
  readonly returns: Returns;
  /** There only to say why there is no such call. */
  readonly refusal?: Refusal | undefined;
  /** One call per batch: columns in, a column of `call.rows` cells (or a constant one) out. */
  readonly eval: (args: readonly Column[], call: Call) => Column;
}

/**
 * pure: the same arguments give the same result, so it folds and may run once per distinct value.
 * query: fixed for one run, as now(). row: never folds, as rand(). window: sees the whole serialized input at once.
 */
export type Volatility = "pure" | "query" | "row" | "window";

export interface ScalarFunction {
  readonly kind: "scalar";
  readonly name: string;
  readonly aliases: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** The official page. */
  readonly docs: string;
  readonly volatility: Volatility;
  /**
   * The name of a result column that the query leaves unnamed: `none` gives `Column1`, `print_0`; `firstArgument` the
   * column the first argument refers to, as in `bin(x, 1)` → `x`; `onlyArgument` the same where there is no other; a
   * prefix goes before it: `strlen(s)` → `strlen_s`; `always` stands alone.
   */
  readonly resultName:
    | "none"
    | "firstArgument"
    | "onlyArgument"
    | { readonly prefix: string }
    | { readonly always: string };
  /**
   * The results of a function that has several, given its arguments: their names and types. In a list of columns each
   * becomes one; its overloads give them all as one array, or the result itself when there is but one.
   */
  readonly tuple?: ((args: readonly TupleArgument[]) => readonly Field[]) | undefined;
  /** Its results make columns and nothing else: inside of an expression the call is an error. */
  readonly columnsOnly?: boolean | undefined;
  /** A `*` in the place of its arguments is every column of the row. */
  readonly takesStar?: boolean | undefined;
  /** The most arguments that Kusto takes, where its parameters repeat. */
  readonly most?: number | undefined;
  /** What its kernels need; they run only once it is loaded. */
  readonly library?: Library | undefined;
  readonly overloads: readonly [Overload, ...Overload[]];
}

/** An argument, with the name of the column that it is, if it is one. */
export interface TupleArgument {
  readonly name: string | undefined;
  readonly type: ScalarType;
}

export function required<T extends ScalarType | TypeClass>(name: string, type: T): Param<T> & { presence: "required" } {
  return { name, type, presence: "required", constant: false };
}

export function optional<T extends ScalarType | TypeClass>(name: string, type: T): Param<T> & { presence: "optional" } {
  return { name, type, presence: "optional", constant: false };
}

export function repeated<T extends ScalarType | TypeClass>(name: string, type: T): Param<T> & { presence: "repeated" } {
  return { name, type, presence: "repeated", constant: false };
}

/** The parameter must be a constant when the query is bound. */
export function constant<P extends Param>(param: P): P & { constant: true } {
  return { ...param, constant: true };
}

/** Running state of one aggregate for all groups at once: group g lives at index g. */
export interface Accumulator {
  /** Row i of every argument column belongs to group `groups[i]`; groups below `groupCount` exist. */
  add(args: readonly Column[], groups: Int32Array, groupCount: number): void;
  /** One column per output, `groupCount` cells each. */
  finish(groupCount: number): readonly Column[];
}

export interface AggregateCall {
  /** The types of the arguments after coercion. */
  readonly types: readonly ScalarType[];
  /** The value of each argument that is a constant; undefined for the others. */
  readonly constants: readonly (Cell | undefined)[];
  /** The types of the outputs. */
  readonly outputs: readonly ScalarType[];
  readonly random: () => number;
}

export interface AggregateOverload {
  readonly params: readonly Param[];
  readonly returns: Returns;
  /** Throws `Refusal` where a constant has no meaning; the binder makes one accumulator to hear of it. */
  readonly create: (call: AggregateCall) => Accumulator;
}

/**
 * The columns that an aggregate gives.
 * - one: a single column, of the overload's type
 * - arguments: one per argument, of that argument's type (`arg_max(x, y)` → `x`, `y`); `*` stands for all columns
 * - constants: one per argument that must be a constant, of the overload's type (`percentiles(x, 5, 50)`)
 */
export type AggregateShape = "one" | "arguments" | "constants";

/** An argument as far as it can name a result. */
export interface ArgumentName {
  /** The column that it refers to, as in `bin(x, 1)` → `x`; undefined where it refers to none. */
  readonly name: string | undefined;
  /** Its place in the call as it is written, where `*` is one argument. */
  readonly position?: number | undefined;
  /** Its text, where the parameter must be a constant. */
  readonly constant?: string | undefined;
}

export interface AggregateFunction {
  readonly kind: "aggregate";
  readonly name: string;
  readonly aliases: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** The official page. */
  readonly docs: string;
  readonly shape: AggregateShape;
  /** The name of column `output` where the query gives none; undefined gives `Column1`, `Column2`, … */
  readonly outputName: (args: readonly ArgumentName[], output: number) => string | undefined;
  readonly overloads: readonly [AggregateOverload, ...AggregateOverload[]];
}
