import { columnOf } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { aggregate, prefixed, whenTrue } from "../aggregate-family.ts";
import { PairTable } from "../algorithms/pair-table.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { Refusal } from "../refusal.ts";
import {
  type Accumulator,
  type AggregateFunction,
  type AggregateOverload,
  constant,
  optional,
  required,
} from "../signature.ts";
import { ValueIds } from "./value-ids.ts";

/** What a group holds at most. */
const most = 1_048_576;
/** The default of the old names. */
const mostOfOld = 128;

/** The size limit of a call; a larger one than `most` has no effect. */
export function sizeLimit(size: Cell | undefined, fallback: number): number {
  if (size === undefined) return fallback;
  if (size === null || Number(size) < 1) throw new Refusal("maxSize", "the size limit is at least 1");
  return Math.min(Number(size), most);
}

/** The lists of the groups, as arrays. */
class Lists {
  readonly #items: Dynamic[][] = [];

  of(group: number): Dynamic[] {
    let list = this.#items[group];
    if (!list) {
      list = [];
      this.#items[group] = list;
    }
    return list;
  }

  column(groupCount: number): Column {
    return columnOf(
      "dynamic",
      Array.from({ length: groupCount }, (_, g) => this.#items[g] ?? []),
    );
  }
}

/** Lists of the values. Of dynamics the items of an array are collected, and a null of theirs is a value as any. */
class MakeList implements Accumulator {
  readonly #lists = new Lists();
  readonly #limit: number;
  readonly #nulls: boolean;

  constructor(limit: number, nulls: boolean) {
    this.#limit = limit;
    this.#nulls = nulls;
  }

  add([arg]: readonly Column[], groups: Int32Array): void {
    const read = dynamicReader(arg!);
    const ofItems = arg!.type === "dynamic";
    for (let i = 0; i < groups.length; i++) {
      const value = read(i);
      if (ofItems && isArray(value)) {
        for (const item of value) this.#push(groups[i]!, item);
      } else if (value !== null || ofItems || this.#nulls) this.#push(groups[i]!, value);
    }
  }

  #push(group: number, value: Dynamic): void {
    const list = this.#lists.of(group);
    if (list.length < this.#limit) list.push(value);
  }

  finish(groupCount: number): readonly Column[] {
    return [this.#lists.column(groupCount)];
  }
}

/** In the order of first appearance. Of arrays, the items are collected. */
class MakeSet implements Accumulator {
  readonly #lists = new Lists();
  readonly #values = new ValueIds();
  readonly #seen = new PairTable();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add([arg]: readonly Column[], groups: Int32Array): void {
    if (arg!.type === "dynamic") {
      this.#addDynamics(arg!, groups);
      return;
    }
    const read = dynamicReader(arg!);
    const ids = this.#values.of(arg!, groups.length);
    for (let i = 0; i < ids.length; i++) {
      if (ids[i]! >= 0 && this.#isNew(groups[i]!, ids[i]!)) this.#push(groups[i]!, read(i));
    }
  }

  #addDynamics(arg: Column, groups: Int32Array): void {
    const read = dynamicReader(arg);
    for (let i = 0; i < groups.length; i++) {
      const value = read(i);
      const items = isArray(value) ? value : [value];
      const ids = this.#values.of(columnOf("dynamic", items), items.length);
      for (let k = 0; k < items.length; k++) {
        if (ids[k]! >= 0 && this.#isNew(groups[i]!, ids[k]!)) this.#push(groups[i]!, items[k]!);
      }
    }
  }

  #isNew(group: number, id: number): boolean {
    const before = this.#seen.size;
    this.#seen.idOf(group, id);
    return this.#seen.size > before;
  }

  #push(group: number, value: Dynamic): void {
    const list = this.#lists.of(group);
    if (list.length < this.#limit) list.push(value);
  }

  finish(groupCount: number): readonly Column[] {
    return [this.#lists.column(groupCount)];
  }
}

const params = [required("expr", "scalar"), constant(optional("maxSize", "long"))];

function list(fallback: number): readonly [AggregateOverload] {
  return [
    {
      params,
      returns: "dynamic",
      create: ({ constants }) => new MakeList(sizeLimit(constants[1], fallback), false),
    },
  ];
}

function set(fallback: number): readonly [AggregateOverload] {
  return [{ params, returns: "dynamic", create: ({ constants }) => new MakeSet(sizeLimit(constants[1], fallback)) }];
}

const listName = prefixed("list");
const setName = prefixed("set");

export const collectionAggregates: readonly AggregateFunction[] = [
  aggregate(
    { name: "make_list", outputName: listName },
    "An array of the values in the order of the rows.",
    ...list(most),
  ),

  aggregate(
    { name: "make_list_if", outputName: listName },
    "An array of the values in rows where the predicate is true.",
    ...whenTrue(list(most)),
  ),

  aggregate(
    { name: "make_list_with_nulls", outputName: listName },
    "An array of the values in the order of the rows, nulls included.",
    { params: [required("expr", "scalar")], returns: "dynamic", create: () => new MakeList(most, true) },
  ),

  aggregate(
    { name: "makelist", docs: "make-list-aggregation-function", outputName: listName },
    "An array of the first 128 values; an old name of `make_list`.",
    ...list(mostOfOld),
  ),

  aggregate(
    { name: "make_set", outputName: setName },
    "An array of the distinct values in the order of their first appearance.",
    ...set(most),
  ),

  aggregate(
    { name: "make_set_if", outputName: setName },
    "An array of the distinct values in rows where the predicate is true.",
    ...whenTrue(set(most)),
  ),

  aggregate(
    { name: "makeset", docs: "make-set-aggregation-function", outputName: setName },
    "An array of the first 128 distinct values; an old name of `make_set`.",
    ...set(mostOfOld),
  ),
];
