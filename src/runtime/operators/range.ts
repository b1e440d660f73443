import { type Batches, batchOf } from "../../data/batch.ts";
import { columnBuilder, columnOf } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { batchRows } from "../../data/slice.ts";
import type { ScalarType } from "../../data/types.ts";
import { badArgument } from "../../diagnostics/catalogue/binding.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Range } from "../../plan/nodes.ts";
import { checkCancelled, type Run } from "../run.ts";

export async function* range(plan: Range, run: Run): Batches {
  const { schema, from, to, step } = plan;
  if (from.value === null || to.value === null || step.value === null) return;
  if (Number(step.value) === 0)
    throw new KqlError({ ...badArgument(step.span, "range", "a `step` of zero never ends"), stage: "run" });
  // The binder has made the bounds and the step cells of the column's type, or a timespan for a datetime.
  for (const column of columns(from.type, from.value, to.value, step.value)) {
    checkCancelled(run);
    yield batchOf(schema, [column.column], column.length);
  }
}

interface Piece {
  readonly column: Column;
  readonly length: number;
}

function columns(type: ScalarType, from: Cell, to: Cell, step: Cell): Iterable<Piece> {
  switch (type) {
    case "long":
    case "datetime":
    case "timespan":
      return longs(type, from as bigint, to as bigint, step as bigint);
    case "int":
    case "real":
      return numbers(type, from as number, to as number, step as number);
    case "decimal":
      return decimals(from as Decimal, to as Decimal, step as Decimal);
    default:
      throw new Error(`a range of type ${type} does not exist`);
  }
}

function* longs(type: "long" | "datetime" | "timespan", from: bigint, to: bigint, step: bigint): Iterable<Piece> {
  const steps = (to - from) / step;
  if (step > 0n ? from > to : from < to) return;
  const count = Number(steps) + 1;
  for (let start = 0; start < count; start += batchRows) {
    const data = new BigInt64Array(Math.min(batchRows, count - start));
    let value = from + BigInt(start) * step;
    for (let i = 0; i < data.length; i++) {
      data[i] = value;
      value += step;
    }
    yield { column: columnOf(type, data), length: data.length };
  }
}

/** Each value is reckoned from the start: the errors of a real step do not add up. */
function* numbers(type: "int" | "real", from: number, to: number, step: number): Iterable<Piece> {
  const inside = (value: number): boolean => (step > 0 ? value <= to : value >= to);
  for (let start = 0; inside(from + start * step); start += batchRows) {
    const data = new Float64Array(batchRows);
    let length = 0;
    for (; length < batchRows; length++) {
      const value = from + (start + length) * step;
      if (!inside(value)) break;
      data[length] = value;
    }
    const cells = data.subarray(0, length);
    yield { column: type === "int" ? columnOf("int", Int32Array.from(cells)) : columnOf("real", cells), length };
  }
}

function* decimals(from: Decimal, to: Decimal, step: Decimal): Iterable<Piece> {
  const inside = (value: Decimal): boolean => (step.isPositive() ? value.lte(to) : value.gte(to));
  for (let start = 0; inside(from.plus(step.times(start))); start += batchRows) {
    const builder = columnBuilder("decimal");
    for (let i = 0; i < batchRows; i++) {
      const value = from.plus(step.times(start + i));
      if (!inside(value)) break;
      builder.push(value);
    }
    yield { column: builder.finish(), length: builder.length };
  }
}
