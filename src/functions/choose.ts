import { cellAt, columnBuilder, columnOf, storageFor } from "../data/cells.ts";
import { type Column, rowMask, type StringDictionary } from "../data/column.ts";
import { lateDictionary } from "../data/dictionary.ts";
import type { ScalarType } from "../data/types.ts";
import { wordsOf } from "../data/words.ts";

/**
 * The column whose cell in row i is that of `sources[choice[i]]`. All sources have type `type`. Strings are chosen by
 * their codes, so that no text is looked at.
 */
export function choose(type: ScalarType, sources: readonly Column[], choice: Uint8Array | Uint16Array): Column {
  switch (type) {
    case "string":
      return chooseStrings(sources, choice);
    case "dynamic":
    case "guid":
    case "decimal":
      return chooseObjects(type, sources, choice);
    case "long":
    case "datetime":
    case "timespan":
      return chooseLongs(type, sources, choice);
    default:
      return chooseNumbers(type, sources, choice);
  }
}

function chooseNumbers(
  type: "bool" | "int" | "real",
  sources: readonly Column[],
  choice: Uint8Array | Uint16Array,
): Column {
  // All of them, and the target, are of the one storage class of `type`.
  const data = sources.map((source) => source.data as Float64Array);
  const masks = sources.map(rowMask);
  const target = storageFor(type, choice.length) as Float64Array;
  for (let i = 0; i < target.length; i++) {
    const source = choice[i]!;
    target[i] = data[source]![i & masks[source]!]!;
  }
  return columnOf(type as "real", target, chooseValidity(sources, choice));
}

function chooseLongs(
  type: "long" | "datetime" | "timespan",
  sources: readonly Column[],
  choice: Uint8Array | Uint16Array,
): Column {
  const words = sources.map((source) => wordsOf(source.data as BigInt64Array)); // of the storage class of `type`
  const masks = sources.map(rowMask);
  const target = new BigInt64Array(choice.length);
  const chosen = wordsOf(target);
  for (let i = 0; i < choice.length; i++) {
    const source = choice[i]!;
    const at = 2 * (i & masks[source]!);
    chosen[2 * i] = words[source]![at]!;
    chosen[2 * i + 1] = words[source]![at + 1]!;
  }
  return columnOf(type, target, chooseValidity(sources, choice));
}

function chooseObjects(
  type: "dynamic" | "guid" | "decimal",
  sources: readonly Column[],
  choice: Uint8Array | Uint16Array,
): Column {
  const builder = columnBuilder(type, choice.length);
  for (let i = 0; i < choice.length; i++) builder.push(cellAt(sources[choice[i]!]!, i));
  return builder.finish();
}

function chooseValidity(sources: readonly Column[], choice: Uint8Array | Uint16Array): Uint8Array | undefined {
  if (sources.every((source) => !source.validity)) return undefined;
  const validity = new Uint8Array(choice.length);
  const masks = sources.map(rowMask);
  for (let i = 0; i < validity.length; i++) {
    const source = choice[i]!;
    const from = sources[source]!.validity;
    validity[i] = from ? from[i & masks[source]!]! : 1;
  }
  return validity;
}

function chooseStrings(sources: readonly Column[], choice: Uint8Array | Uint16Array): Column {
  const strings = sources.map((source) => (source as Extract<Column, { type: "string" }>).data);
  const { dictionary, starts } = joined(strings.map((source) => source.dictionary));
  if (dictionary.length > 2 * choice.length) return chooseTexts(sources, choice);
  const masks = sources.map(rowMask);
  const codes = new Int32Array(choice.length);
  for (let i = 0; i < codes.length; i++) {
    const source = choice[i]!;
    codes[i] = starts[source]! + strings[source]!.codes[i & masks[source]!]!;
  }
  return { type: "string", data: { codes, dictionary } };
}

/** Large dictionaries are not joined for a few rows: each row gets its own entry, looked up when it is first needed. */
function chooseTexts(sources: readonly Column[], choice: Uint8Array | Uint16Array): Column {
  const text = (row: number) => cellAt(sources[choice[row]!]!, row) as string;
  const dictionary = lateDictionary(choice.length, () => Array.from(choice, (_, row) => text(row)), text);
  const codes = new Int32Array(choice.length);
  for (let i = 0; i < codes.length; i++) codes[i] = i;
  return { type: "string", data: { codes, dictionary } };
}

interface Joined {
  readonly dictionary: StringDictionary;
  /** Where the codes of each part begin. */
  readonly starts: readonly number[];
}

/** One dictionary that holds the values of all `parts`, decoded when it is first looked at. */
function joined(parts: readonly StringDictionary[]): Joined {
  const starts: number[] = [];
  const distinct = new Map<StringDictionary, number>();
  let length = 0;
  for (const part of parts) {
    let start = distinct.get(part);
    if (start === undefined) {
      start = length;
      distinct.set(part, start);
      length += part.length;
    }
    starts.push(start);
  }
  const [first] = parts;
  if (first && distinct.size === 1) return { dictionary: first, starts };
  return { dictionary: lateDictionary(length, () => [...distinct.keys()].flatMap((part) => part.values)), starts };
}

const flags = new WeakMap<StringDictionary, Uint8Array>();

/** 1 for each value of the dictionary that is the empty string. */
export function emptyFlags(dictionary: StringDictionary): Uint8Array {
  let empty = flags.get(dictionary);
  if (!empty) {
    empty = Uint8Array.from(dictionary.values, (text) => (text === "" ? 1 : 0));
    flags.set(dictionary, empty);
  }
  return empty;
}
