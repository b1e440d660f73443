import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { type Dynamic, isBag } from "../../data/dynamic.ts";
import { aggregate, prefixed, whenTrue } from "../aggregate-family.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import {
  type Accumulator,
  type AggregateFunction,
  type AggregateOverload,
  constant,
  optional,
  required,
} from "../signature.ts";
import { sizeLimit } from "./collections.ts";

/** Of equal names, the first counts; what is not a bag is skipped. */
class MakeBag implements Accumulator {
  readonly #bags: Map<string, Dynamic>[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add([arg]: readonly Column[], groups: Int32Array): void {
    const read = dynamicReader(arg!);
    for (let i = 0; i < groups.length; i++) {
      const value = read(i);
      if (!isBag(value)) continue;
      const g = groups[i]!;
      this.#bags[g] ??= new Map();
      const bag = this.#bags[g];
      for (const [name, item] of value) {
        if (!bag.has(name) && bag.size < this.#limit) bag.set(name, item);
      }
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [
      columnOf(
        "dynamic",
        Array.from({ length: groupCount }, (_, g) => this.#bags[g] ?? new Map<string, Dynamic>()),
      ),
    ];
  }
}

function bag(fallback: number): readonly [AggregateOverload] {
  return [
    {
      params: [required("expr", "dynamic"), constant(optional("maxSize", "long"))],
      returns: "dynamic",
      create: ({ constants }) => new MakeBag(sizeLimit(constants[1], fallback)),
    },
  ];
}

export const bagAggregates: readonly AggregateFunction[] = [
  aggregate(
    { name: "make_bag", outputName: prefixed("bag") },
    "One bag with the slots of all bags.",
    ...bag(1_048_576),
  ),

  aggregate(
    { name: "make_bag_if", outputName: prefixed("bag") },
    "One bag with the slots of the bags in rows where the predicate is true.",
    ...whenTrue(bag(1_048_576)),
  ),

  aggregate(
    { name: "make_dictionary", docs: "make-bag-aggregation-function", outputName: prefixed("dictionary") },
    "One bag with the first 128 slots of all bags; an old name of `make_bag`.",
    ...bag(128),
  ),
];
