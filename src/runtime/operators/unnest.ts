import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { columnBuilder, columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { type Dynamic, isArray, isBag } from "../../data/dynamic.ts";
import { fromDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { dynamicReader } from "../../functions/dynamic-kernels.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Unnest } from "../../plan/nodes.ts";
import { checkCancelled, type Run } from "../run.ts";
import { batchRows } from "../slice.ts";
import { windowed } from "../windowed.ts";

/** https://learn.microsoft.com/kusto/query/mv-expand-operator */
export async function* unnest(plan: Unnest, input: Batches, run: Run): Batches {
  const rowLimit = plan.rowLimit ?? Number.POSITIVE_INFINITY;
  const exprs = plan.items.map((item) => item.expr);
  for await (const batch of windowed(input, plan.input.schema, exprs)) {
    const lists = plan.items.map(({ expr }) => listsOf(evaluate(expr, batch, run), batch.length, plan.bagExpansion));
    const counts = new Int32Array(batch.length);
    for (let row = 0; row < batch.length; row++) {
      let count = 0;
      for (const list of lists) count = Math.max(count, list[row]!.length);
      counts[row] = Math.min(count, rowLimit);
    }
    for (let start = 0; start < batch.length; ) {
      checkCancelled(run);
      const { end, length } = stretch(counts, start);
      if (length > 0) yield expanded(plan, batch, lists, expansion(counts, start, end, length));
      start = end;
    }
  }
}

/** By row: what it expands to. Null stays as a single item; an empty array or bag has none. */
type Lists = readonly (readonly Dynamic[])[];

function listsOf(column: Column, length: number, bags: Unnest["bagExpansion"]): Lists {
  const read = dynamicReader(column);
  return Array.from({ length }, (_, row) => itemsOf(read(row), bags));
}

function itemsOf(value: Dynamic, bags: Unnest["bagExpansion"]): readonly Dynamic[] {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value];
  return bags === "array" ? [...value] : [...value].map((slot) => new Map([slot]));
}

/** From `start`, as many rows as fill one batch, and the rows that they expand to. */
function stretch(counts: Int32Array, start: number): { readonly end: number; readonly length: number } {
  let end = start;
  let length = 0;
  do length += counts[end++]!;
  while (end < counts.length && length + counts[end]! <= batchRows);
  return { end, length };
}

/** For each output row, the input row that it comes from and the place of its item. */
interface Expansion {
  readonly parents: Int32Array;
  readonly places: Int32Array;
}

function expansion(counts: Int32Array, start: number, end: number, length: number): Expansion {
  const parents = new Int32Array(length);
  const places = new Int32Array(length);
  let at = 0;
  for (let row = start; row < end; row++) {
    for (let place = 0; place < counts[row]!; place++) {
      parents[at] = row;
      places[at++] = place;
    }
  }
  return { parents, places };
}

function expanded(plan: Unnest, batch: Batch, lists: readonly Lists[], rows: Expansion): Batch {
  const { schema, items, itemIndex } = plan;
  const kept = select(batch, rows.parents);
  return lazyBatch(schema, rows.parents.length, (index) => {
    if (index === itemIndex) return columnOf("long", BigInt64Array.from(rows.places, BigInt));
    const item = items.findIndex(({ output }) => output === index);
    return item < 0 ? kept.column(index) : itemColumn(lists[item]!, schema[index]!.type, rows);
  });
}

function itemColumn(lists: Lists, type: ScalarType, { parents, places }: Expansion): Column {
  const builder = columnBuilder(type, parents.length);
  for (let i = 0; i < parents.length; i++) {
    const item = lists[parents[i]!]![places[i]!];
    // A list that is shorter than those beside it is padded with null.
    builder.push(item === undefined ? null : fromDynamic(item, type));
  }
  return builder.finish();
}
