import { type Dynamic, isArray, isBag } from "../../data/dynamic.ts";

/** The way to a value: names of slots and places in arrays. */
export type JsonPath = readonly (string | number)[];

const step = /\.([^.[\]*'"\s]+)|\[(?:'([^']*)'|"([^"]*)"|(\d{1,9}))\]/y;

/**
 * Reads `$.a['b c'][0]`; undefined for other text, wildcards, slices and the like included.
 * https://learn.microsoft.com/kusto/query/jsonpath
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith("$")) return undefined;
  const path: (string | number)[] = [];
  step.lastIndex = 1;
  for (let at = 1; at < text.length; at = step.lastIndex) {
    const found = step.exec(text);
    if (!found) {
      step.lastIndex = 0;
      return undefined;
    }
    path.push(found[4] === undefined ? (found[1] ?? found[2] ?? found[3]!) : Number(found[4]));
  }
  step.lastIndex = 0;
  return path;
}

/** Null where the path leads nowhere. */
export function valueAt(value: Dynamic, path: JsonPath): Dynamic {
  let at = value;
  for (const key of path) {
    if (typeof key === "number") at = isArray(at) ? (at[key] ?? null) : null;
    else at = isBag(at) ? (at.get(key) ?? null) : null;
  }
  return at;
}
