import { type Batches, batchOf } from "../../data/batch.ts";
import { cellAt, columnOf } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { collect } from "../../data/concat.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { gatherColumn } from "../../data/gather.ts";
import { toDynamic } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { badArgument } from "../../diagnostics/catalogue/binding.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { dynamicReader } from "../../functions/dynamic-kernels.ts";
import type { MakeSeries } from "../../plan/nodes.ts";
import { firstRows } from "../first-rows.ts";
import { keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";
import { type Axis, axisOf, mostBins } from "../series-axis.ts";

/** https://learn.microsoft.com/kusto/query/make-series-operator */
export async function* makeSeries(plan: MakeSeries, input: Batches, run: Run): Batches {
  const { keyCount, defaults, schema } = plan;
  const rows = await collect(input, plan.input.schema);
  if (rows.length === 0) {
    if (plan.nonempty) yield batchOf(schema, emptySeries(plan), 1);
    return;
  }
  const keys = Array.from({ length: keyCount }, (_, i) => rows.column(i));
  const index = keyIndex(keys.map((key) => key.type));
  const ids = index.add(keys, rows.length);
  const axis = rows.column(keyCount + defaults.length);
  const bins = Array.from({ length: rows.length }, (_, row) => cellAt(axis, row));
  const series = rowsOfEach(ids, index.count).map((of) => ({ of, bins: binsOf(plan, axis.type, of, bins) }));

  const arrays = defaults.map((fallback, i) => {
    checkCancelled(run);
    const read = dynamicReader(rows.column(keyCount + i));
    return series.map(({ of, bins: { places, count } }) => {
      const items = new Array<Dynamic>(count).fill(fallback);
      for (const [k, row] of of.entries()) {
        const place = places[k]!;
        // Rounding may put a real just outside.
        if (place >= 0 && place < count) items[place] = read(row);
      }
      return items;
    });
  });
  const columns = [
    ...keys.map((key) => gatherColumn(key, firstRows(ids, 0, index.count))),
    ...arrays.map((items) => columnOf("dynamic", items)),
    columnOf("dynamic", axes(series.map(({ bins: { starts } }) => starts))),
  ];
  yield batchOf(schema, columns, index.count);
}

function rowsOfEach(ids: Int32Array, count: number): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < ids.length; row++) rows[ids[row]!]!.push(row);
  return rows;
}

/** Series over the same bins share the array. */
function axes(starts: readonly Bins["starts"][]): readonly (readonly Dynamic[])[] {
  const known = new Map<string, readonly Dynamic[]>();
  return starts.map(({ key, items }) => {
    let array = known.get(key);
    if (!array) {
      array = items();
      known.set(key, array);
    }
    return array;
  });
}

/** The bins of one series. */
interface Bins {
  readonly count: number;
  /** The place of each of its rows. */
  readonly places: readonly number[];
  readonly starts: { readonly key: string; readonly items: () => readonly Dynamic[] };
}

function binsOf(plan: MakeSeries, type: ScalarType, rows: readonly number[], bins: readonly Cell[]): Bins {
  const { from, to, toIncluded } = plan;
  const { value: step } = plan.step;
  // The binder has made the bounds and the step cells of the axis' type, or the step one of ticks.
  const axis = axisOf(type, step);
  let first = bins[rows[0]!]!;
  let last = first;
  for (const row of rows) {
    const bin = bins[row]!;
    if (Number.isNaN(bin)) throw refused(plan, "the axis has a value that is not a number");
    if (axis.before(bin, first)) first = bin;
    if (axis.before(last, bin)) last = bin;
  }
  const start = from ? from.value! : first;
  const count = to ? axis.count(start, to.value!, toIncluded) : axis.count(start, last, true);
  return {
    count: limited(plan, count),
    places: rows.map((row) => axis.place(bins[row]!, start)),
    starts: startsOf(type, axis, start, count),
  };
}

function startsOf(type: ScalarType, axis: Axis, start: NonNullable<Cell>, count: number): Bins["starts"] {
  const items = () => Array.from({ length: count }, (_, i) => toDynamic(type, axis.at(start, i)));
  return { key: `${start} ${count}`, items };
}

function limited(plan: MakeSeries, count: number): number {
  if (count <= mostBins) return count;
  throw refused(plan, `a series has more than ${mostBins} bins`);
}

function refused(plan: MakeSeries, message: string): KqlError {
  return new KqlError({ ...badArgument(plan.origin, "make-series", message), stage: "run" });
}

/** kind=nonempty over no rows. */
function emptySeries(plan: MakeSeries): readonly Column[] {
  const { keyCount, defaults, from, to, toIncluded, step } = plan;
  if (keyCount > 0) throw refused(plan, "without rows there is no key for the series of `kind=nonempty`");
  if (!from || !to) throw refused(plan, "without rows the series of `kind=nonempty` has no bounds");
  const axis = axisOf(from.type, step.value);
  const count = limited(plan, axis.count(from.value!, to.value!, toIncluded));
  return [
    ...defaults.map((fallback) => columnOf("dynamic", [new Array<Dynamic>(count).fill(fallback)])),
    columnOf("dynamic", [startsOf(from.type, axis, from.value!, count).items()]),
  ];
}
