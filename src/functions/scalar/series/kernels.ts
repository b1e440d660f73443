import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import type { Field, ScalarType } from "../../../data/types.ts";
import { numberIn } from "../../algorithms/series/numbers.ts";
import { columnar } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { type Overload, type Param, required, type TupleArgument } from "../../signature.ts";

/* What the functions over series share. What is no array has no result. */

export const series = required("series", "dynamic");

/**
 * The numbers of the array; null for what is no array. Throws `Refusal` at an item that is no number: the documentation
 * leaves open what the functions over whole series make of it.
 */
export function numbersOf(value: Dynamic, argument: number): readonly number[] | null {
  if (!isArray(value)) return null;
  return value.map((item) => {
    const number = numberIn(item);
    if (number !== undefined) return number;
    const what = item === null ? "a null: fill it first, for example with `series_fill_linear(…)`" : "no number";
    throw new Refusal(argument, `an item of the series is ${what}`);
  });
}

/** The columns of a function with several results, named after it and its first argument: `series_stats_x_min`. */
export function columnsOf(
  fn: string,
  results: Readonly<Record<string, ScalarType>>,
): (args: readonly TupleArgument[]) => readonly Field[] {
  return ([first]) =>
    Object.entries(results).map(([result, type]) => ({ name: `${fn}_${first?.name ?? ""}_${result}`, type }));
}

/** An overload for what is known to be KQL, but not what it computes. */
export function unpublished(params: readonly Param[], message: string): Overload {
  return columnar(params, "dynamic", () => {
    throw new Refusal(0, message);
  });
}
