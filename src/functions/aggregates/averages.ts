import { columnOf } from "../../data/cells.ts";
import type { Column, ColumnOf } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, required } from "../signature.ts";
import { ExactSums } from "./exact-sum.ts";
import { full, roomFor, validWhere } from "./state.ts";
import { DecimalSums } from "./sums.ts";

/** The mean of integers, as a real: NaN for none. As in Kusto it is that of their sum, which wraps around. */
class IntegerAverage implements Accumulator {
  readonly #sums = new ExactSums();

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums.add(arg!, groups, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    const means = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) means[g] = this.#sums.real(g) / (this.#sums.counts[g] ?? 0);
    return [columnOf("real", means)];
  }
}

/** The mean of ticks, without the fraction of a tick: null for none. */
class TickAverage<T extends "datetime" | "timespan"> implements Accumulator {
  readonly #type: T;
  readonly #sums = new ExactSums();

  constructor(type: T) {
    this.#type = type;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums.add(arg!, groups, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    const { counts } = this.#sums;
    const means = new BigInt64Array(groupCount);
    for (let g = 0; g < groupCount; g++) {
      const count = counts[g] ?? 0;
      if (count > 0) means[g] = this.#sums.total(g) / BigInt(count);
    }
    const data = means as ColumnOf<"datetime" | "timespan">["data"] as ColumnOf<T>["data"]; // both are 64-bit
    return [columnOf(this.#type, data, validWhere(counts, groupCount))];
  }
}

class RealAverage implements Accumulator {
  #sums = new Float64Array(1);
  #counts = new Float64Array(1);

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums = roomFor(this.#sums, groupCount);
    this.#counts = roomFor(this.#counts, groupCount);
    const sums = this.#sums;
    const counts = this.#counts;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"real">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      sums[g]! += data[i]!;
      counts[g]!++;
    }
  }

  finish(groupCount: number): readonly Column[] {
    const means = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) means[g] = (this.#sums[g] ?? 0) / (this.#counts[g] ?? 0);
    return [columnOf("real", means)];
  }
}

class DecimalAverage implements Accumulator {
  readonly #state = new DecimalSums();

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#state.add(arg!, groups, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    const { sums, counts } = this.#state;
    const means = Array.from({ length: groupCount }, (_, g) => {
      const count = counts[g] ?? 0;
      return count === 0 ? new Decimal(0) : sums[g]!.dividedBy(count);
    });
    return [columnOf("decimal", means, validWhere(counts, groupCount))];
  }
}

const averages: readonly [AggregateOverload, ...AggregateOverload[]] = [
  { params: [required("expr", "int")], returns: "real", create: () => new IntegerAverage() },
  { params: [required("expr", "long")], returns: "real", create: () => new IntegerAverage() },
  { params: [required("expr", "real")], returns: "real", create: () => new RealAverage() },
  { params: [required("expr", "decimal")], returns: "decimal", create: () => new DecimalAverage() },
  { params: [required("expr", "timespan")], returns: "timespan", create: () => new TickAverage("timespan") },
  { params: [required("expr", "datetime")], returns: "datetime", create: () => new TickAverage("datetime") },
];

export const averageAggregates: readonly AggregateFunction[] = [
  aggregate("avg", "The mean of the values; NaN for none, null where the type has no NaN.", ...averages),
  aggregate("avgif", "The mean of the values in rows where the predicate is true.", ...whenTrue(averages)),
];
