import { columnOf } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { rowsById } from "../algorithms/rows-by-id.ts";
import { Refusal } from "../refusal.ts";
import {
  type Accumulator,
  type AggregateCall,
  type AggregateFunction,
  type AggregateOverload,
  constant,
  optional,
  required,
} from "../signature.ts";
import { longs, roomFor } from "./state.ts";
import { ValueIds } from "./value-ids.ts";

/**
 * Exact, also where Kusto estimates. Nulls do not count; the empty string does. Values are kept as pairs of group and
 * number, and sorted out when there are many of them: a look into a table for each would mostly miss the cache.
 */
class DistinctCount implements Accumulator {
  readonly #values = new ValueIds();
  #groups = new Int32Array(1024);
  #ids = new Int32Array(1024);
  #length = 0;
  /** Pairs beyond which it is worth a try to make them fewer. */
  #crowded = 1 << 20;

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    const ids = this.#values.of(arg!, groups.length);
    this.#groups = roomFor(this.#groups, this.#length + ids.length);
    this.#ids = roomFor(this.#ids, this.#length + ids.length);
    let length = this.#length;
    for (let i = 0; i < ids.length; i++) {
      this.#groups[length] = groups[i]!;
      this.#ids[length] = ids[i]!;
      if (ids[i]! >= 0) length++;
    }
    this.#length = length;
    if (length > this.#crowded) this.#crowded = Math.max(this.#crowded, 2 * this.#thin(groupCount).length);
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("long", longs(this.#thin(groupCount).counts, groupCount))];
  }

  /** Leaves each pair once, in the order of the groups. */
  #thin(groupCount: number): { readonly length: number; readonly counts: Int32Array } {
    const groups = this.#groups.subarray(0, this.#length);
    const { starts, rows } = rowsById(groups, groupCount);
    const ids = new Int32Array(rows.length);
    for (let at = 0; at < rows.length; at++) ids[at] = this.#ids[rows[at]!]!;
    const counts = new Int32Array(groupCount);
    // By number, the last group that had it, counted from 1.
    const seen = new Int32Array(this.#values.size);
    let length = 0;
    for (let g = 0; g < groupCount; g++) {
      const before = length;
      for (let at = starts[g]!; at < starts[g + 1]!; at++) {
        const id = ids[at]!;
        if (seen[id] === g + 1) continue;
        seen[id] = g + 1;
        this.#groups[length] = g;
        this.#ids[length++] = id;
      }
      counts[g] = length - before;
    }
    this.#length = length;
    return { length, counts };
  }
}

/** The accuracy only says how well Kusto estimates; a wrong one is still a mistake. */
function estimated({ constants }: AggregateCall): Accumulator {
  accuracyLevel(constants[1]);
  return new DistinctCount();
}

/** An accuracy level as a number, 1 where it is left out. https://learn.microsoft.com/kusto/query/dcount-aggregation-function */
export function accuracyLevel(accuracy: Cell | undefined): 0 | 1 | 2 | 3 | 4 {
  if (accuracy === undefined) return 1;
  const level = ([0, 1, 2, 3, 4] as const).find((known) => accuracy !== null && Number(accuracy) === known);
  if (level === undefined) throw new Refusal("accuracy", "the accuracy is a number from 0 to 4");
  return level;
}

function exactly({ types }: AggregateCall): Accumulator {
  if (types[0] === "dynamic") throw new Refusal("expr", "it does not count values of type dynamic; `dcount` does");
  return new DistinctCount();
}

const estimates: readonly [AggregateOverload] = [
  {
    params: [required("expr", "scalar"), constant(optional("accuracy", "long"))],
    returns: "long",
    create: estimated,
  },
];

const exact: readonly [AggregateOverload] = [
  { params: [required("expr", "scalar")], returns: "long", create: exactly },
];

export const distinctAggregates: readonly AggregateFunction[] = [
  aggregate("dcount", "The number of distinct values; exact whatever the accuracy.", ...estimates),
  aggregate("dcountif", "The number of distinct values in rows where the predicate is true.", ...whenTrue(estimates)),
  aggregate("count_distinct", "The number of distinct values.", ...exact),
  aggregate(
    "count_distinctif",
    "The number of distinct values in rows where the predicate is true.",
    ...whenTrue(exact),
  ),
];
