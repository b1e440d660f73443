import type { Cell } from "../data/column.ts";
import { Decimal } from "../data/decimal.ts";
import type { ScalarType } from "../data/types.ts";

/** How many bins a series has at most. */
export const mostBins = 1_048_576;

type Point = NonNullable<Cell>;

/** Reckoning in steps along the axis. */
export interface Axis {
  readonly before: (a: Point, b: Point) => boolean;
  /** The start of bin `i`. */
  readonly at: (start: Point, i: number) => Point;
  readonly place: (bin: Point, start: Point) => number;
  /** How many bins begin before `end`, or at it. */
  readonly count: (start: Point, end: Point, included: boolean) => number;
}

export function axisOf(type: ScalarType, step: Cell): Axis {
  // Cells are of the type of the axis.
  if (type === "real") return realAxis(step as number) as unknown as Axis;
  if (type === "decimal") return decimalAxis(step as Decimal) as unknown as Axis;
  return countedAxis(step as bigint) as unknown as Axis;
}

interface AxisOf<T> {
  readonly before: (a: T, b: T) => boolean;
  readonly at: (start: T, i: number) => T;
  readonly place: (bin: T, start: T) => number;
  readonly count: (start: T, end: T, included: boolean) => number;
}

function countedAxis(step: bigint): AxisOf<bigint> {
  return {
    before: (a, b) => a < b,
    at: (start, i) => start + BigInt(i) * step,
    place: (bin, start) => Number((bin - start) / step),
    count: (start, end, included) => {
      const span = end - start + (included ? 1n : 0n);
      return span <= 0n ? 0 : Number((span + step - 1n) / step);
    },
  };
}

function realAxis(step: number): AxisOf<number> {
  const at = (start: number, i: number) => start + i * step;
  return {
    before: (a, b) => a < b,
    at,
    place: (bin, start) => Math.round((bin - start) / step),
    count: (start, end, included) => {
      const steps = (end - start) / step;
      // Every bin begins where `at` says, whatever the division makes of it.
      let count = Math.min(Math.max(Math.round(steps), 0), mostBins + 1);
      const inside = (i: number) => (included ? at(start, i) <= end + step / 1e9 : at(start, i) < end);
      while (count > 0 && !inside(count - 1)) count--;
      while (count <= mostBins && inside(count)) count++;
      return count;
    },
  };
}

function decimalAxis(step: Decimal): AxisOf<Decimal> {
  return {
    before: (a, b) => a.lt(b),
    at: (start, i) => start.plus(step.times(i)),
    place: (bin, start) => bin.minus(start).div(step).round().toNumber(),
    count: (start, end, included) => {
      const steps = end.minus(start).div(step);
      const count = included ? steps.floor().plus(1) : steps.ceil();
      return Decimal.max(count, 0).toNumber();
    },
  };
}
