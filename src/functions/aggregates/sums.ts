import { columnOf } from "../../data/cells.ts";
import type { Column, ColumnOf } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { wordsOf } from "../../data/words.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, required } from "../signature.ts";
import { ExactSums } from "./exact-sum.ts";
import { exactly, full, roomFor, two32 } from "./state.ts";

class IntSum implements Accumulator {
  readonly #sums = new ExactSums();

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums.add(arg!, groups, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    const totals = new BigInt64Array(groupCount);
    for (let g = 0; g < groupCount; g++) totals[g] = this.#sums.total(g);
    return [columnOf("long", totals)];
  }
}

/** Wraps around at 64 bits, as `+` does. */
class LongSum<T extends "long" | "timespan"> implements Accumulator {
  readonly #type: T;
  #sums = new BigInt64Array(1);

  constructor(type: T) {
    this.#type = type;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums = roomFor(this.#sums, groupCount);
    const sums = wordsOf(this.#sums);
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"long">; // the overload's type
    const words = wordsOf(data);
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = 2 * groups[i]!;
      const low = (sums[g]! >>> 0) + (words[2 * i]! >>> 0);
      sums[g] = low;
      sums[g + 1] = sums[g + 1]! + words[2 * i + 1]! + (low >= two32 ? 1 : 0);
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf(this.#type, exactly(this.#sums, groupCount) as ColumnOf<T>["data"])]; // both are 64-bit
  }
}

class RealSum implements Accumulator {
  #sums = new Float64Array(1);

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#sums = roomFor(this.#sums, groupCount);
    const sums = this.#sums;
    const { data, validity } = full(arg!, groups.length) as ColumnOf<"real">; // the overload's type
    if (validity) {
      for (let i = 0; i < groups.length; i++) if (validity[i] === 1) sums[groups[i]!]! += data[i]!;
    } else {
      for (let i = 0; i < groups.length; i++) sums[groups[i]!]! += data[i]!;
    }
  }

  finish(groupCount: number): readonly Column[] {
    return [columnOf("real", exactly(this.#sums, groupCount))];
  }
}

/** Sums of decimals, and the numbers of their terms. */
export class DecimalSums {
  readonly sums: Decimal[] = [];
  counts = new Float64Array(1);

  add(arg: Column, groups: Int32Array, groupCount: number): void {
    this.counts = roomFor(this.counts, groupCount);
    while (this.sums.length < groupCount) this.sums.push(new Decimal(0));
    const { data, validity } = full(arg, groups.length) as ColumnOf<"decimal">; // the overload's type
    for (let i = 0; i < groups.length; i++) {
      if (validity && validity[i] === 0) continue;
      const g = groups[i]!;
      this.sums[g] = this.sums[g]!.plus(data[i]!);
      this.counts[g]!++;
    }
  }
}

class DecimalSum implements Accumulator {
  readonly #state = new DecimalSums();

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#state.add(arg!, groups, groupCount);
  }

  finish(groupCount: number): readonly Column[] {
    const totals = Array.from({ length: groupCount }, (_, g) => this.#state.sums[g] ?? new Decimal(0));
    return [columnOf("decimal", totals)];
  }
}

const sums: readonly [AggregateOverload, ...AggregateOverload[]] = [
  { params: [required("expr", "int")], returns: "long", create: () => new IntSum() },
  { params: [required("expr", "long")], returns: "long", create: () => new LongSum("long") },
  { params: [required("expr", "real")], returns: "real", create: () => new RealSum() },
  { params: [required("expr", "decimal")], returns: "decimal", create: () => new DecimalSum() },
  { params: [required("expr", "timespan")], returns: "timespan", create: () => new LongSum("timespan") },
];

export const sumAggregates: readonly AggregateFunction[] = [
  aggregate("sum", "The sum of the values; 0 for none. Longs wrap around.", ...sums),
  aggregate("sumif", "The sum of the values in rows where the predicate is true.", ...whenTrue(sums)),
];
