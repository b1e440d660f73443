import { type Bag, type Dynamic, isArray, isBag } from "../../data/dynamic.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { rowwise, rowwiseWithNulls } from "../lift.ts";
import { type Overload, repeated, required, type ScalarFunction } from "../signature.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const bag = required("bag", "dynamic");
const bag2 = required("bag2", "dynamic");
const key = required("key", "string");

export const bagFunctions: readonly ScalarFunction[] = [
  define(
    { name: "bag_pack", aliases: ["pack", "pack_dictionary"] },
    "A property bag of the given names and values.",
    packing(() => true),
  ),

  // What pack_all(true) becomes.
  define(
    "pack_nonempty()",
    "A property bag of those names whose values are neither null nor the empty string.",
    packing((value) => value !== null && value !== ""),
  ),

  define(
    "bag_keys",
    "The names at the root of the bag.",
    rowwise([bag], "dynamic", (value) => (isBag(value) ? [...value.keys()] : null)),
  ),

  define(
    "bag_has_key",
    "True when the bag has that name, or something at that path (`$.a.b`).",
    rowwise([bag, key], "bool", (value, name) => {
      if (!isBag(value)) return null;
      const path = pathOf(name);
      if (!path) return false;
      let at: Dynamic = value;
      for (const step of path) {
        if (!isBag(at) || !at.has(step)) return false;
        at = at.get(step)!;
      }
      return true;
    }),
  ),

  define(
    { name: "bag_merge", most: 64 },
    "One bag with the slots of all of them; of equal names, the first counts; what is no bag adds nothing.",
    rowwiseWithNulls([bag, bag2, repeated("bags", "dynamic")], "dynamic", (...bags) => {
      const found = bags.filter((one) => isBag(one));
      if (found.length === 0) return null;
      const merged = new Map<string, Dynamic>();
      for (const one of found) {
        for (const [name, value] of one) if (!merged.has(name)) merged.set(name, value);
      }
      return merged;
    }),
  ),

  define(
    "bag_remove_keys",
    "The bag without the slots of those names, or at those paths (`$.a.b`).",
    rowwise([bag, required("keys", "dynamic")], "dynamic", (value, keys) => {
      if (!isBag(value) || !isArray(keys)) return null;
      let result: Bag = value;
      for (const name of keys) {
        const path = typeof name === "string" ? pathOf(name) : undefined;
        if (path) result = without(result, path);
      }
      return result;
    }),
  ),

  define(
    "bag_set_key",
    "The bag with the slot of that name, or at that path (`$.a.b`), set to the value.",
    overDynamics([bag, key, required("value", "scalar")], "dynamic", ([value, name, item]) => {
      const path = pathOf(String(name));
      return isBag(value!) && path ? (withValue(value, path, item!) ?? null) : null;
    }),
  ),

  define(
    { name: "treepath", resultName: { prefix: "tree" } },
    "The paths to everything in a bag; `[0]` stands for the elements of an array.",
    rowwise([bag], "dynamic", (value) => (isBag(value) ? [...pathsIn(value, "")] : null)),
  ),

  define(
    "bag_zip",
    "A bag of the names in one array and the values in another; keys that are not strings are left out, and a value that is missing is null.",
    rowwiseWithNulls([required("keys", "dynamic"), required("values", "dynamic")], "dynamic", (keys, values) => {
      if (!isArray(keys)) return null;
      const zipped = new Map<string, Dynamic>();
      const items = isArray(values) ? values : [];
      for (const [i, name] of keys.entries()) if (typeof name === "string") zipped.set(name, items[i] ?? null);
      return zipped;
    }),
  ),
];

function packing(keeps: (value: Dynamic) => boolean): Overload {
  const params = [repeated("key", "string"), repeated("value", "scalar")];
  return overDynamics(params, "dynamic", (args) => {
    const packed = new Map<string, Dynamic>();
    for (let i = 0; i + 1 < args.length; i += 2) {
      if (keeps(args[i + 1]!)) packed.set(args[i] as string, args[i + 1]!); // the parameter is a string
    }
    return packed;
  });
}

/** The names on the way to a slot: a JSON path without array indexes, or one name. Undefined where the path means no slot. */
function pathOf(name: string): readonly string[] | undefined {
  if (!name.startsWith("$")) return [name];
  const steps: string[] = [];
  const step = /\.([^.[\]]+)|\[(?:'([^']*)'|"([^"]*)")\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < name.length) {
    const match = step.exec(name);
    if (!match) return undefined;
    steps.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return steps.length > 0 ? steps : undefined;
}

function without(bag: Bag, [name, ...rest]: readonly string[]): Bag {
  const inner = bag.get(name!);
  if (inner === undefined) return bag;
  const copy = new Map(bag);
  if (rest.length === 0) copy.delete(name!);
  else if (isBag(inner)) copy.set(name!, without(inner, rest));
  return copy;
}

/** Undefined where something that is not a bag stands in the way. */
/** What is set stands last, even where it was there before. */
function withValue(bag: Bag, [name, ...rest]: readonly string[], value: Dynamic): Bag | undefined {
  const copy = new Map(bag);
  copy.delete(name!);
  if (rest.length === 0) return copy.set(name!, value);
  const inner = bag.get(name!) ?? new Map<string, Dynamic>();
  const changed = isBag(inner) ? withValue(inner, rest, value) : undefined;
  return changed && copy.set(name!, changed);
}

/** Every path once, in the order in which it first appears. */
function pathsIn(value: Dynamic, path: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const add = (inner: string, item: Dynamic) => {
    paths.add(inner);
    for (const below of pathsIn(item, inner)) paths.add(below);
  };
  if (isBag(value)) for (const [name, item] of value) add(`${path}['${name}']`, item);
  if (isArray(value)) for (const item of value) add(`${path}[0]`, item);
  return paths;
}
