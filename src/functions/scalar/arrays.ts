import { dynamicKey } from "../../data/compare.ts";
import { type Dynamic, isArray, isTyped } from "../../data/dynamic.ts";
import type { Field } from "../../data/types.ts";
import { sortedPositions } from "../algorithms/sort-dynamics.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { rowwise, rowwiseWithNulls } from "../lift.ts";
import { type Overload, optional, repeated, required, type ScalarFunction, type TupleArgument } from "../signature.ts";

/* What is not an array has no result. Indexes count from zero; negative ones from the end. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const array = required("array", "dynamic");
const arrays = repeated("arrays", "dynamic");
const anyValue = required("value", "scalar");

export const arrayFunctions: readonly ScalarFunction[] = [
  define(
    { name: "array_length", aliases: ["arraylength"] },
    "The number of elements.",
    rowwise([array], "long", (items) => (isArray(items) ? BigInt(items.length) : null)),
  ),

  define(
    { name: "pack_array", takesStar: true },
    "An array of the given values.",
    overDynamics([repeated("value", "scalar")], "dynamic", (values) => [...values]),
  ),

  define(
    { name: "array_concat", most: 64 },
    "The elements of all the arrays, one array after the other; what is no array adds none.",
    rowwiseWithNulls([array, arrays], "dynamic", (...all) => {
      const found = all.filter((one) => isArray(one));
      return found.length > 0 ? found.flat() : null;
    }),
  ),

  define(
    "array_slice",
    "The elements from position `start` to position `end`, both included.",
    rowwise([array, required("start", "long"), required("end", "long")], "dynamic", (items, start, end) => {
      if (!isArray(items)) return null;
      const last = fromEnd(end, items.length);
      return last < 0 ? [] : items.slice(Math.max(fromEnd(start, items.length), 0), last + 1);
    }),
  ),

  define(
    "array_split",
    "The array cut before each of the positions.",
    rowwise([array, required("index", "long")], "dynamic", (items, index) =>
      isArray(items) ? split(items, [index]) : null,
    ),
    rowwise([array, required("indices", "dynamic")], "dynamic", (items, indices) => {
      const positions = isArray(indices) ? indices : [indices];
      if (!isArray(items) || !positions.every((index) => Number.isInteger(index))) return null;
      return split(items, positions as readonly number[]);
    }),
  ),

  define(
    "array_index_of",
    "The position of the first element equal to the value, or of the `occurrence`th; -1 when there is none.",
    overDynamics(
      [array, anyValue, optional("start", "long"), optional("length", "long"), optional("occurrence", "long")],
      "long",
      indexOf,
    ),
  ),

  define(
    "array_reverse",
    "The elements from the last to the first.",
    rowwise([array], "dynamic", (items) => (isArray(items) ? [...items].reverse() : null)),
  ),

  define("array_rotate_left", "The elements moved to the left; what falls out comes in on the right.", rotation(1)),
  define("array_rotate_right", "The elements moved to the right; what falls out comes in on the left.", rotation(-1)),

  define("array_shift_left", "The elements moved to the left; the default value comes in on the right.", shift(1)),
  define("array_shift_right", "The elements moved to the right; the default value comes in on the left.", shift(-1)),

  define(
    { name: "array_sort_asc", most: 65, tuple: sortedNames },
    "The array in ascending order; of several arrays, an array of them all, in the order of the first.",
    ...sorting(false),
  ),
  define(
    { name: "array_sort_desc", most: 65, tuple: sortedNames },
    "The array in descending order; of several arrays, an array of them all, in the order of the first.",
    ...sorting(true),
  ),

  define(
    "array_sum",
    "The sum of the elements; null when one of them is not a number.",
    rowwise([array], "real", (items) => {
      if (!isArray(items) || items.length === 0) return null;
      let sum = 0;
      for (const item of items) {
        if (item === null) continue;
        const value = numberOf(item);
        if (value === undefined) return null;
        sum += value;
      }
      return sum;
    }),
  ),

  define(
    { name: "array_iff", aliases: ["array_iif"] },
    "For each condition, the element of one array or of the other; a value that is no array stands for every element.",
    overDynamics([array, required("when_true", "scalar"), required("when_false", "scalar")], "dynamic", (args) => {
      const [conditions, whenTrue, whenFalse] = args as [Dynamic, Dynamic, Dynamic];
      if (!isArray(conditions)) return null;
      const at = (from: Dynamic, i: number): Dynamic => (isArray(from) ? (from[i] ?? null) : from);
      return conditions.map((condition, i) => {
        const holds = typeof condition === "boolean" ? condition : numberOf(condition);
        return holds === undefined ? null : at(holds ? whenTrue : whenFalse, i);
      });
    }),
  ),

  define(
    { name: "zip", most: 64 },
    "An array of arrays: the first elements of all, the second ones, … with null where an array is too short.",
    rowwise([array, required("array2", "dynamic"), arrays], "dynamic", (...all) => {
      const lists = all.filter((one) => isArray(one));
      if (lists.length < all.length) return null;
      const length = Math.max(...lists.map((list) => list.length));
      return Array.from({ length }, (_, i) => lists.map((list) => list[i] ?? null));
    }),
  ),
];

function fromEnd(index: bigint | number, length: number): number {
  const position = Number(index);
  return position < 0 ? position + length : position;
}

function split(items: readonly Dynamic[], indices: readonly (bigint | number)[]): Dynamic {
  const parts: Dynamic[] = [];
  let start = 0;
  for (const index of indices) {
    const end = Math.min(Math.max(fromEnd(index, items.length), 0), items.length);
    parts.push(items.slice(start, end));
    start = end;
  }
  parts.push(items.slice(start));
  return parts;
}

function indexOf(args: readonly Dynamic[]): bigint | null {
  const [items, value] = args as [Dynamic, Dynamic];
  const [start, length, occurrence] = [args[2] ?? 0, args[3] ?? -1, args[4] ?? 1].map(Number) as [
    number,
    number,
    number,
  ];
  if (!isArray(items) || length < -1 || occurrence < 0) return null;
  const first = Math.max(fromEnd(start, items.length), 0);
  const end = length === -1 ? items.length : Math.min(first + length, items.length);
  const key = dynamicKey(value);
  let seen = 0;
  for (let i = first; i < end; i++) if (dynamicKey(items[i]!) === key && ++seen === occurrence) return BigInt(i);
  return -1n;
}

function rotation(direction: 1 | -1): Overload {
  return rowwise([array, required("rotate_count", "long")], "dynamic", (items, count) => {
    if (!isArray(items)) return null;
    if (items.length === 0) return items;
    const size = BigInt(items.length);
    const cut = Number((((count * BigInt(direction)) % size) + size) % size);
    return [...items.slice(cut), ...items.slice(0, cut)];
  });
}

function shift(direction: 1 | -1): Overload {
  const params = [array, required("shift_count", "long"), optional("default_value", "scalar")];
  return overDynamics(params, "dynamic", (args) => {
    const [items, count, given] = args as [Dynamic, Dynamic, Dynamic | undefined];
    if (!isArray(items) || count === null) return null;
    // Left out, the default is the empty string for an array of strings, which know no null.
    const strings = items.length > 0 && items.every((item) => typeof item === "string");
    const filler = given === undefined ? (strings ? "" : null) : given;
    const offset = Number(count) * direction;
    return items.map((_, i) => (i + offset in items ? items[i + offset]! : filler));
  });
}

function sortedNames(args: readonly TupleArgument[]): readonly Field[] {
  const sorted = args.filter((arg) => arg.type === "dynamic");
  return sorted.map(({ name }, i) => ({ name: `${name ?? `array${i}`}_sorted`, type: "dynamic" }));
}

/** One array gives itself sorted; several give an array of all of them, each in the order that sorts the first. */
function sorting(descending: boolean): [Overload, Overload] {
  const sort = (all: readonly Dynamic[], nullsLast: boolean): Dynamic => {
    const [first, ...others] = all;
    if (!isArray(first!)) return null;
    const order = sortedPositions(first, descending, nullsLast);
    const sorted = order.map((i) => first[i]!);
    if (others.length === 0) return sorted;
    const following = others.map((one) =>
      isArray(one) && one.length === first.length ? order.map((i) => one[i]!) : null,
    );
    return [sorted, ...following];
  };
  return [
    overDynamics([array, arrays], "dynamic", (args) => sort(args, true)),
    overDynamics([array, arrays, required("nulls_last", "bool")], "dynamic", (args) =>
      sort(args.slice(0, -1), args[args.length - 1] !== false),
    ),
  ];
}

function numberOf(value: Dynamic): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (!isTyped(value)) return undefined;
  if (value.typed === "real" || value.typed === "int") return value.value;
  return value.typed === "decimal" ? value.value.toNumber() : undefined;
}
