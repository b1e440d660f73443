import type { Column, ColumnOf } from "../../data/column.ts";
import { wordsOf } from "../../data/words.ts";
import { full, roomFor, two32 } from "./state.ts";

/** A column of integers: of 32 bits, or of 64. */
type IntegerType = "int" | "long" | "datetime" | "timespan";

/** So many additions to a low half stay below 2^53. */
const carryAfter = 2 ** 20;

/**
 * Sums of integers that do not overflow, and the numbers of their terms. A sum is high * 2^32 + low, two whole numbers
 * held in doubles: exact for 4 million longs of any size and for 60 million datetimes of our time, to 53 bits beyond.
 */
export class ExactSums {
  high = new Float64Array(1);
  low = new Float64Array(1);
  counts = new Float64Array(1);
  #added = 0;

  add(arg: Column, groups: Int32Array, groupCount: number): void {
    this.high = roomFor(this.high, groupCount);
    this.low = roomFor(this.low, groupCount);
    this.counts = roomFor(this.counts, groupCount);
    const column = full(arg, groups.length) as ColumnOf<IntegerType>; // the overload's type
    for (let start = 0; start < groups.length; start += carryAfter) {
      const end = Math.min(start + carryAfter, groups.length);
      this.#added += end - start;
      if (this.#added > carryAfter) {
        this.#carry();
        this.#added = end - start;
      }
      if (column.type === "int") this.#addInts(column as ColumnOf<"int">, groups, start, end);
      else this.#addLongs(column as ColumnOf<"long">, groups, start, end);
    }
  }

  #addInts({ data, validity }: ColumnOf<"int">, groups: Int32Array, start: number, end: number): void {
    const { low, counts } = this;
    for (let i = start; i < end; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      low[g]! += data[i]!;
      counts[g]!++;
    }
  }

  #addLongs({ data, validity }: ColumnOf<"long">, groups: Int32Array, start: number, end: number): void {
    const { high, low, counts } = this;
    const parts = wordsOf(data);
    for (let i = start; i < end; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      low[g]! += parts[2 * i]! >>> 0;
      high[g]! += parts[2 * i + 1]!;
      counts[g]!++;
    }
  }

  #carry(): void {
    const { high, low } = this;
    for (let g = 0; g < low.length; g++) {
      const over = Math.floor(low[g]! / two32);
      high[g]! += over;
      low[g]! -= over * two32;
    }
  }

  /** The sum of a group. */
  total(group: number): bigint {
    return BigInt(this.high[group] ?? 0) * 4294967296n + BigInt(this.low[group] ?? 0);
  }

  /** The sum of a group as a long has it, which wraps around, rounded to a double. */
  real(group: number): number {
    const high = this.high[group] ?? 0;
    const low = this.low[group] ?? 0;
    return Number.isSafeInteger(high * two32) && Number.isSafeInteger(low)
      ? high * two32 + low
      : Number(BigInt.asIntN(64, this.total(group)));
  }
}
