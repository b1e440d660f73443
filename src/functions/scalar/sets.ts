import { dynamicKey } from "../../data/compare.ts";
import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { type Overload, repeated, required, type ScalarFunction } from "../signature.ts";

/* Arrays as sets: no element twice, in the order in which they first appear. What is not an array has no result. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const set = required("set", "dynamic");
const set1 = required("set1", "dynamic");
const set2 = required("set2", "dynamic");

type Items = ReadonlyMap<string, Dynamic>;

export const setFunctions: readonly ScalarFunction[] = [
  define(
    { name: "set_union", most: 64 },
    "Every distinct value that is in one of the arrays.",
    overSets((sets) => distinct(sets.flatMap((one) => [...one]))),
  ),

  define(
    { name: "set_intersect", most: 64 },
    "Every distinct value that is in all of the arrays.",
    overSets(([first, ...others]) => {
      const keys = others.map(keysOf);
      return distinct(first!).filter((item) => keys.every((known) => known.has(dynamicKey(item))));
    }),
  ),

  define(
    { name: "set_difference", most: 64 },
    "Every distinct value of the first array that is in none of the others.",
    overSets(([first, ...others]) => {
      const keys = others.map(keysOf);
      return distinct(first!).filter((item) => !keys.some((known) => known.has(dynamicKey(item))));
    }),
  ),

  define(
    "set_has_element",
    "True when the value is an element of the array.",
    overDynamics([set, required("value", "scalar")], "bool", ([items, value]) =>
      isArray(items!) ? keysOf(items).has(dynamicKey(value!)) : null,
    ),
  ),

  define(
    "set_equals",
    "True when both arrays have the same distinct values.",
    rowwise([set1, set2], "bool", (left, right) => {
      if (!isArray(left) || !isArray(right)) return null;
      const [a, b] = [keysOf(left), keysOf(right)];
      return a.size === b.size && [...a.keys()].every((key) => b.has(key));
    }),
  ),

  define(
    "jaccard_index",
    "The size of the intersection divided by the size of the union.",
    rowwise([set1, set2], "real", (left, right) => {
      if (!isArray(left) || !isArray(right)) return null;
      const [a, b] = [keysOf(left), keysOf(right)];
      const common = [...a.keys()].filter((key) => b.has(key)).length;
      return common / (a.size + b.size - common);
    }),
  ),
];

function overSets(combine: (sets: readonly (readonly Dynamic[])[]) => readonly Dynamic[]): Overload {
  return rowwise([set1, set2, repeated("sets", "dynamic")], "dynamic", (...sets) =>
    sets.every((one) => isArray(one)) ? combine(sets) : null,
  );
}

function distinct(items: readonly Dynamic[]): readonly Dynamic[] {
  return [...keysOf(items).values()];
}

/** A constant array comes back with every row. */
const known = new WeakMap<readonly Dynamic[], Items>();

function keysOf(items: readonly Dynamic[]): Items {
  let keys = known.get(items);
  if (!keys) {
    const fresh = new Map<string, Dynamic>();
    for (const item of items) {
      const key = dynamicKey(item);
      if (!fresh.has(key)) fresh.set(key, item);
    }
    keys = fresh;
    known.set(items, keys);
  }
  return keys;
}
