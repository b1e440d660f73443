import { columnOf } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { PairTable } from "../algorithms/pair-table.ts";
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

/** Exact, also where Kusto estimates. Nulls do not count; the empty string does. */
class DistinctCount implements Accumulator {
  readonly #values = new ValueIds();
  readonly #seen = new PairTable();
  #counts = new Float64Array(1);

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#counts = roomFor(this.#counts, groupCount);
    const counts = this.#counts;
    const seen = this.#seen;
    const ids = this.#values.of(arg!, groups.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i]!;
      if (id < 0) continue;
      const g = groups[i]!;
      const before = seen.size;
      seen.idOf(g, id);
      if (seen.size > before) counts[g]!++;
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("long", longs(this.#counts, groupCount))];
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
