import { columnFromCells } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { dynamicKey } from "../../data/compare.ts";
import { aggregate, prefixed, whenTrue } from "../aggregate-family.ts";
import {
  addHash,
  emptyHll,
  type HyperLogLog,
  hash64,
  hllFromDynamic,
  hllToDynamic,
  mergeHll,
} from "../algorithms/hyperloglog.ts";
import {
  type Digest,
  type DigestKind,
  digestFromDynamic,
  digestOf,
  digestToDynamic,
  mergeDigests,
} from "../algorithms/tdigest.ts";
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
import { accuracyLevel } from "./distinct.ts";
import { type RankedType, ValueCollector } from "./value-collector.ts";
import { ValueIds } from "./value-ids.ts";

/** A dynamic per group; null where a group has none. */
function dynamics<T>(
  states: readonly (T | undefined)[],
  groupCount: number,
  cellOf: (state: T) => Cell,
): readonly Column[] {
  const cells = Array.from({ length: groupCount }, (_, g): Cell => {
    const state = states[g];
    return state === undefined ? null : cellOf(state);
  });
  return [columnFromCells("dynamic", cells)];
}

class Hll implements Accumulator {
  readonly #accuracy: ReturnType<typeof accuracyLevel>;
  readonly #states: HyperLogLog[] = [];
  readonly #values = new ValueIds();
  /** By the number of the value. */
  readonly #hashes: (readonly [number, number])[] = [];

  constructor(accuracy: ReturnType<typeof accuracyLevel>) {
    this.#accuracy = accuracy;
  }

  add([arg]: readonly Column[], groups: Int32Array): void {
    const ids = this.#values.of(arg!, groups.length);
    const read = dynamicReader(arg!);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (id < 0) continue;
      const g = groups[i]!;
      this.#states[g] ??= emptyHll(this.#accuracy);
      this.#hashes[id] ??= hash64(dynamicKey(read(i)));
      const [high, low] = this.#hashes[id];
      addHash(this.#states[g], high, low);
    }
  }

  finish(groupCount: number): readonly Column[] {
    return dynamics(this.#states, groupCount, hllToDynamic);
  }
}

class HllMerge implements Accumulator {
  readonly #states: HyperLogLog[] = [];

  add([arg]: readonly Column[], groups: Int32Array): void {
    const read = dynamicReader(arg!);
    for (let i = 0; i < groups.length; i++) {
      const value = read(i);
      if (value === null) continue;
      const hll = hllFromDynamic(value);
      if (!hll) throw new Refusal(0, "a value is not a result of `hll`");
      const g = groups[i]!;
      const known = this.#states[g];
      if (!known) this.#states[g] = hll;
      else if (known.bits !== hll.bits)
        throw new Refusal(0, "results of `hll` with different accuracies cannot be merged");
      else mergeHll(known, hll);
    }
  }

  finish(groupCount: number): readonly Column[] {
    return dynamics(this.#states, groupCount, hllToDynamic);
  }
}

class TDigest implements Accumulator {
  readonly #kind: DigestKind;
  readonly #values: ValueCollector;
  readonly #weighted: boolean;

  constructor(type: RankedType, weighted: boolean) {
    this.#kind = type === "int" ? "long" : type === "decimal" ? "real" : type;
    this.#values = new ValueCollector(type, weighted);
    this.#weighted = weighted;
  }

  add([arg, weight]: readonly Column[], groups: Int32Array): void {
    this.#values.add(arg!, this.#weighted ? weight : undefined, groups);
  }

  finish(groupCount: number): readonly Column[] {
    const cells = this.#values
      .sorted(groupCount)
      .map(({ values, weights }) =>
        values.length === 0 ? null : digestToDynamic(digestOf(this.#kind, values, weights)),
      );
    return [columnFromCells("dynamic", cells)];
  }
}

class TDigestMerge implements Accumulator {
  readonly #digests: Digest[][] = [];

  add([arg]: readonly Column[], groups: Int32Array): void {
    const read = dynamicReader(arg!);
    for (let i = 0; i < groups.length; i++) {
      const value = read(i);
      if (value === null) continue;
      const digest = digestFromDynamic(value);
      if (!digest) throw new Refusal(0, "a value is not a result of `tdigest`");
      const g = groups[i]!;
      this.#digests[g] ??= [];
      this.#digests[g].push(digest);
    }
  }

  finish(groupCount: number): readonly Column[] {
    return dynamics(this.#digests, groupCount, (digests) => {
      const merged = mergeDigests(digests.filter((digest) => digest.values.length > 0));
      if (!merged) throw new Refusal(0, "results of `tdigest` over different types cannot be merged");
      return digestToDynamic(merged);
    });
  }
}

const hll: readonly [AggregateOverload] = [
  {
    params: [required("expr", "scalar"), constant(optional("accuracy", "long"))],
    returns: "dynamic",
    create: ({ types, constants }) => {
      if (types[0] === "real" || types[0] === "bool")
        throw new Refusal("expr", `it does not take values of type ${types[0]}`);
      return new Hll(accuracyLevel(constants[1]));
    },
  },
];

function tdigest(type: RankedType): AggregateOverload {
  return {
    params: [required("expr", type), optional("weight", "long")],
    returns: "dynamic",
    create: ({ types }) => new TDigest(type, types.length > 1),
  };
}

const digestMerge: AggregateOverload = {
  params: [required("tdigest", "dynamic")],
  returns: "dynamic",
  create: () => new TDigestMerge(),
};

export const sketchAggregates: readonly AggregateFunction[] = [
  aggregate("hll", "The state of a distinct count, for `hll_merge` and `dcount_hll`.", ...hll),
  aggregate("hll_if", "The state of a distinct count over rows where the predicate is true.", ...whenTrue(hll)),
  aggregate("hll_merge", "One state of several results of `hll`.", {
    params: [required("hll", "dynamic")],
    returns: "dynamic",
    create: () => new HllMerge(),
  }),

  aggregate(
    "tdigest",
    "The state of percentiles, for `tdigest_merge` and `percentile_tdigest`; exact up to 1024 distinct values.",
    tdigest("long"),
    tdigest("int"),
    tdigest("real"),
    tdigest("decimal"),
    tdigest("datetime"),
    tdigest("timespan"),
  ),

  aggregate(
    { name: "tdigest_merge", aliases: ["merge_tdigest"], outputName: prefixed("merge_tdigests") },
    "One state of several results of `tdigest`.",
    digestMerge,
  ),
];
