import type { Column, ColumnOf } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { wordsOf } from "../../data/words.ts";
import { Refusal } from "../refusal.ts";
import { full, roomFor, two32 } from "./state.ts";

/** The values of one group in ascending order; value i counts `weights[i]` times, once where there are no weights. */
export interface Sorted {
  readonly values: Float64Array | BigInt64Array;
  readonly weights: Float64Array | undefined;
}

/** What can be put in order and cut at a rank. Reals and decimals are held as doubles, all else as 64-bit integers. */
export type RankedType = "int" | "long" | "real" | "decimal" | "datetime" | "timespan";

/** Keeps every value that is not null, with its group, and its weight where there are weights: a weight of 0 or null keeps nothing. */
export class ValueCollector {
  readonly #weighted: boolean;
  #values: Float64Array | BigInt64Array;
  #groups = new Int32Array(64);
  #weights = new Float64Array(0);
  #length = 0;

  constructor(type: RankedType, weighted: boolean) {
    this.#weighted = weighted;
    this.#values = type === "real" || type === "decimal" ? new Float64Array(64) : new BigInt64Array(64);
  }

  add(arg: Column, weight: Column | undefined, groups: Int32Array): void {
    const rows = groups.length;
    this.#groups = roomFor(this.#groups, this.#length + rows);
    this.#values = roomFor(this.#values, this.#length + rows);
    const start = this.#length;
    const kept = this.#keptRows(full(arg, rows), weight, groups);
    this.#copy(full(arg, rows) as ColumnOf<RankedType>, kept, start); // the overload's type
  }

  /** Notes groups and weights of the rows that count, and gives these rows. */
  #keptRows({ validity }: Column, weight: Column | undefined, groups: Int32Array): Int32Array {
    const kept = new Int32Array(groups.length);
    const weights = weight && this.#weighted ? weightsOf(weight, groups.length) : undefined;
    if (weights) this.#weights = roomFor(this.#weights, this.#length + groups.length);
    let count = 0;
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      if (weights) {
        if (weights[i] === 0) continue;
        this.#weights[this.#length] = weights[i]!;
      }
      this.#groups[this.#length++] = groups[i]!;
      kept[count++] = i;
    }
    return kept.subarray(0, count);
  }

  #copy(column: ColumnOf<RankedType>, rows: Int32Array, start: number): void {
    if (this.#values instanceof Float64Array) {
      const target = this.#values;
      const source = column.data as Float64Array | readonly Decimal[]; // a real or a decimal
      for (let k = 0; k < rows.length; k++) target[start + k] = Number(source[rows[k]!]!);
      return;
    }
    const target = this.#values;
    if (column.type === "int") {
      const source = column.data as Int32Array; // an int
      for (let k = 0; k < rows.length; k++) target[start + k] = BigInt(source[rows[k]!]!);
    } else {
      const source = column.data as BigInt64Array; // 64-bit
      for (let k = 0; k < rows.length; k++) target[start + k] = source[rows[k]!]!;
    }
  }

  /** The values by group. NaN comes before every number. */
  sorted(groupCount: number): readonly Sorted[] {
    const starts = new Int32Array(groupCount + 1);
    for (let i = 0; i < this.#length; i++) starts[this.#groups[i]! + 1]!++;
    for (let g = 0; g < groupCount; g++) starts[g + 1]! += starts[g]!;
    const next = starts.slice();
    const order = new Int32Array(this.#length);
    for (let i = 0; i < this.#length; i++) order[next[this.#groups[i]!]!++] = i;
    return Array.from({ length: groupCount }, (_, g) => this.#sortedGroup(order.subarray(starts[g]!, starts[g + 1]!)));
  }

  #sortedGroup(rows: Int32Array): Sorted {
    const all = this.#values;
    if (!this.#weighted) {
      if (all instanceof Float64Array) {
        const values = new Float64Array(rows.length);
        for (let k = 0; k < rows.length; k++) values[k] = all[rows[k]!]!;
        return { values: nansFirst(values.sort()), weights: undefined };
      }
      const values = new BigInt64Array(rows.length);
      for (let k = 0; k < rows.length; k++) values[k] = all[rows[k]!]!;
      return { values: values.sort(), weights: undefined };
    }
    const byValue = [...rows].sort((a, b) => {
      const [x, y] = [all[a]!, all[b]!];
      return x < y ? -1 : x > y ? 1 : Number(!Number.isNaN(x)) - Number(!Number.isNaN(y));
    });
    const weights = Float64Array.from(byValue, (row) => this.#weights[row]!);
    const values =
      all instanceof Float64Array
        ? Float64Array.from(byValue, (row) => all[row]!)
        : BigInt64Array.from(byValue, (row) => all[row]!);
    return { values, weights };
  }
}

/** A typed array sorts NaN to the end. */
function nansFirst(values: Float64Array): Float64Array {
  let nans = 0;
  while (nans < values.length && Number.isNaN(values[values.length - 1 - nans])) nans++;
  if (nans === 0) return values;
  values.copyWithin(nans, 0, values.length - nans);
  return values.fill(Number.NaN, 0, nans);
}

/** Null weighs nothing. */
function weightsOf(weight: Column, rows: number): Float64Array {
  const { data, validity } = full(weight, rows) as ColumnOf<"long">; // the parameter's type
  const parts = wordsOf(data);
  const weights = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    if (validity && validity[i] === 0) continue;
    weights[i] = parts[2 * i + 1]! * two32 + (parts[2 * i]! >>> 0);
    if (weights[i]! < 0) throw new Refusal("weight", "a weight is not negative");
  }
  return weights;
}
