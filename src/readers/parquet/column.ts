import type { SchemaElement, SchemaTree } from "hyparquet/src/index.js";
import type { Dynamic } from "../../data/dynamic.ts";
import { cellText, toDynamic } from "../../data/text.ts";
import { type Leaf, leafOf } from "./types.ts";

/**
 * What becomes of a column of a file; undefined when something in it is not supported. `tree` is that of the file,
 * `convert` gets what hyparquet makes of the same column without the notes: see `asStored`. Groups become bags, lists
 * arrays, and maps bags by the text of their keys.
 */
export function leafOfColumn(tree: SchemaTree): Leaf | undefined {
  if (tree.children.length === 0 && tree.element.repetition_type !== "REPEATED") return leafOf(tree.element);
  const convert = tree.element.repetition_type === "REPEATED" ? repeated(tree) : converterOf(tree);
  return convert && { type: "dynamic", convert: (stored) => convert(stored) };
}

type Convert = (stored: unknown) => Dynamic | undefined;

/** A value of the node; null is null. Undefined for values that cannot be said. */
function converterOf(tree: SchemaTree): Convert | undefined {
  const { element, children } = tree;
  if (children.length === 0) {
    const leaf = leafOf(element);
    if (!leaf) return undefined;
    return unlessNull((stored) => {
      const cell = leaf.convert(stored);
      return cell === undefined ? undefined : toDynamic(leaf.type, cell);
    });
  }
  if (element.logical_type?.type === "VARIANT") return undefined;
  if (isList(element)) {
    const [repeatedChild, second] = children;
    if (!repeatedChild || second || repeatedChild.element.repetition_type !== "REPEATED") return structOf(tree);
    // hyparquet leaves out the one group between a list and its items.
    const [item, other] = repeatedChild.children;
    return item && !other
      ? listOf(item)
      : repeatedChild.children.length === 0
        ? repeated(repeatedChild)
        : structOf(tree);
  }
  return isMap(element) ? (mapOf(tree) ?? structOf(tree)) : structOf(tree);
}

function listOf(item: SchemaTree): Convert | undefined {
  return item.element.repetition_type === "REPEATED" ? arrayOf(repeated(item)) : arrayOf(converterOf(item));
}

/** The values of a node that repeats: an array of what one of them is. */
function repeated(tree: SchemaTree): Convert | undefined {
  return arrayOf(converterOf(tree));
}

function arrayOf(item: Convert | undefined): Convert | undefined {
  if (!item) return undefined;
  return unlessNull((stored) => {
    const items: Dynamic[] = [];
    for (const value of stored as readonly unknown[]) {
      const converted = item(value);
      if (converted === undefined) return undefined;
      items.push(converted);
    }
    return items;
  });
}

function structOf(tree: SchemaTree): Convert | undefined {
  const members: (readonly [string, Convert])[] = [];
  for (const child of tree.children) {
    const { name, repetition_type: repetition } = child.element;
    const convert = repetition === "REPEATED" ? repeated(child) : converterOf(child);
    // hyparquet makes an object of the group, and this name is not one of its own properties.
    if (!convert || name === "__proto__") return undefined;
    members.push([name, convert]);
  }
  return unlessNull((stored) => {
    const bag = new Map<string, Dynamic>();
    for (const [name, convert] of members) {
      const value = convert((stored as Readonly<Record<string, unknown>>)[name]);
      if (value === undefined) return undefined;
      bag.set(name, value);
    }
    return bag;
  });
}

/** `map (MAP) { repeated key_value { key; value } }`, whatever the inner names are. */
function mapOf(tree: SchemaTree): Convert | undefined {
  const [pairs, other] = tree.children;
  const [key, value, third] = pairs?.children ?? [];
  if (!pairs || other || !key || !value || third || pairs.element.repetition_type !== "REPEATED") return undefined;
  const keyLeaf = key.children.length === 0 ? leafOf(key.element) : undefined;
  const convert = value.element.repetition_type === "REPEATED" ? repeated(value) : converterOf(value);
  if (!keyLeaf || !convert) return undefined;
  return unlessNull((stored) => {
    const bag = new Map<string, Dynamic>();
    const record = stored as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[] | undefined>>;
    for (const pair of record[pairs.element.name] ?? []) {
      const cell = keyLeaf.convert(pair[key.element.name]);
      const item = convert(pair[value.element.name]);
      if (cell === undefined || item === undefined) return undefined;
      bag.set(cellText(keyLeaf.type, cell), item);
    }
    return bag;
  });
}

function unlessNull(convert: Convert): Convert {
  return (stored) => (stored === null || stored === undefined ? null : convert(stored));
}

function isList({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === "LIST" || logical?.type === "LIST";
}

function isMap({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === "MAP" || converted === "MAP_KEY_VALUE" || logical?.type === "MAP";
}
