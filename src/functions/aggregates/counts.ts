import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { aggregate, rowsWhereTrue } from "../aggregate-family.ts";
import { Refusal } from "../refusal.ts";
import { type Accumulator, type AggregateCall, type AggregateFunction, required } from "../signature.ts";
import { longs, roomFor } from "./state.ts";

class RowCount implements Accumulator {
  #counts = new Float64Array(1);

  add(_args: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#counts = roomFor(this.#counts, groupCount);
    const counts = this.#counts;
    if (groupCount === 1) counts[0]! += groups.length;
    else for (let i = 0; i < groups.length; i++) counts[groups[i]!]!++;
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("long", longs(this.#counts, groupCount))];
  }
}

class TrueCount implements Accumulator {
  #counts = new Float64Array(1);

  add([predicate]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#counts = roomFor(this.#counts, groupCount);
    const counts = this.#counts;
    if (predicate!.type !== "bool") throw new Error("a predicate is a bool");
    const { data, validity } = predicate!;
    if (predicate!.constant) {
      const rows = rowsWhereTrue(predicate!, groups.length);
      for (let i = 0; i < rows.length; i++) counts[groups[i]!]!++;
    } else if (validity) {
      for (let i = 0; i < groups.length; i++) counts[groups[i]!]! += data[i]! & validity[i]!;
    } else {
      for (let i = 0; i < groups.length; i++) counts[groups[i]!]! += data[i]!;
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("long", longs(this.#counts, groupCount))];
  }
}

/** `count(x)` counts rows whatever x holds; whether it would take a bool for a condition, the documentation leaves open. */
function countOf({ types }: AggregateCall): Accumulator {
  if (types[0] === "bool")
    throw new Refusal("expr", "for rows where a condition holds use `countif`, for all rows `count()`");
  return new RowCount();
}

export const countAggregates: readonly AggregateFunction[] = [
  aggregate(
    "count",
    "The number of rows.",
    { params: [], returns: "long", create: () => new RowCount() },
    { params: [required("expr", "scalar")], returns: "long", create: countOf },
  ),

  aggregate({ name: "cnt", docs: "count-aggregation-function" }, "The number of rows; an old name of `count`.", {
    params: [],
    returns: "long",
    create: () => new RowCount(),
  }),

  aggregate("countif", "The number of rows where the predicate is true.", {
    params: [required("predicate", "bool")],
    returns: "long",
    create: () => new TrueCount(),
  }),
];
