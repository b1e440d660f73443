import type { Column } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import { aggregate, named, prefixed, whenTrue } from "../aggregate-family.ts";
import { dynamicReader } from "../dynamic-kernels.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, repeated, required } from "../signature.ts";
import { KeptRows } from "./kept-rows.ts";
import { full, roomFor } from "./state.ts";

/** The first row of every group. */
class FirstRow implements Accumulator {
  readonly #rows: KeptRows;
  #seen = new Uint8Array(1);

  constructor(types: readonly ScalarType[]) {
    this.#rows = new KeptRows(types);
  }

  add(args: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#rows.reserve(groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const seen = this.#seen;
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      if (seen[g] === 1) continue;
      seen[g] = 1;
      this.#rows.keep(g, i);
    }
    this.#rows.take(args);
  }

  finish(groupCount: number): readonly Column[] {
    return this.#rows.columns(groupCount);
  }
}

/** The first value of every group that is neither null nor the empty string; where there is none, an empty one. */
class FirstValue implements Accumulator {
  readonly #rows: KeptRows;
  #seen = new Uint8Array(1);

  constructor(type: ScalarType) {
    this.#rows = new KeptRows([type]);
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#rows.reserve(groupCount);
    this.#seen = roomFor(this.#seen, groupCount);
    const seen = this.#seen;
    const column = full(arg!, groups.length);
    const read = dynamicReader(column);
    for (let i = 0; i < groups.length; i++) {
      const g = groups[i]!;
      if (seen[g] === 1) continue;
      const value = read(i);
      if (value === null || value === "") continue;
      seen[g] = 1;
      this.#rows.keep(g, i);
    }
    this.#rows.take([column]);
  }

  finish(groupCount: number): readonly Column[] {
    return this.#rows.columns(groupCount);
  }
}

const oneValue: readonly [AggregateOverload] = [
  {
    params: [required("expr", "scalar")],
    returns: { sameAs: 0 },
    create: ({ types }) => new FirstValue(types[0]!),
  },
];

const rows: AggregateOverload = {
  params: [required("expr", "scalar"), repeated("expr", "scalar")],
  returns: { sameAs: 0 },
  create: ({ outputs }) => (outputs.length === 1 ? new FirstValue(outputs[0]!) : new FirstRow(outputs)),
};

export const anyAggregates: readonly AggregateFunction[] = [
  aggregate(
    {
      name: "take_any",
      shape: "arguments",
      outputName: (args, output) => args[output]?.name ?? `any_arg${args[output]?.position ?? output}`,
    },
    "The columns of one row of the group, here the first. A single column gives a value that is not empty, if there is one.",
    rows,
  ),

  aggregate(
    {
      name: "any",
      docs: "take-any-aggregation-function",
      shape: "arguments",
      outputName: (args, output) =>
        `any_${args[output]?.name ?? (args.length === 1 ? "" : `arg${args[output]?.position ?? output}`)}`,
    },
    "As `take_any`, with the old names of its columns.",
    rows,
  ),

  aggregate(
    { name: "take_anyif", outputName: named },
    "A value of a row where the predicate is true: the first that is not empty, if there is one.",
    ...whenTrue(oneValue),
  ),

  aggregate(
    { name: "anyif", docs: "take-anyif-aggregation-function", outputName: prefixed("anyif") },
    "As `take_anyif`, with the old name of its column.",
    ...whenTrue(oneValue),
  ),
];
