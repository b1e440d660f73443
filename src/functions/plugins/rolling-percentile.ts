import { type Batch, batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { compareCells } from "../../data/compare.ts";
import { collect } from "../../data/concat.ts";
import { gatherColumn } from "../../data/gather.ts";
import { cellText } from "../../data/text.ts";
import { nearestRank } from "../algorithms/nearest-rank.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { constantParam, dimensions, dimensionsOf, uniqueFields } from "./activity.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";
import { combinationsOf } from "./combinations.ts";
import { cellAtPosition, constantLength, equalWindows, positionOf, timelineColumn } from "./timeline.ts";

export const rollingPercentile: PluginDefinition = {
  kind: "plugin",
  name: "rolling_percentile",
  aliases: [],
  summary: "A percentile of the values of each bin and the bins before it in its window.",
  docs: "https://learn.microsoft.com/kusto/query/rolling-percentile-plugin",
  params: [
    { name: "ValueColumn", kind: "column", presence: "required" },
    constantParam("Percentile"),
    { name: "IndexColumn", kind: "column", presence: "required" },
    constantParam("BinSize"),
    constantParam("BinsPerWindow"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      const { name, type } = argumentOf(call, "ValueColumn", "column");
      if (type === "string" || type === "bool" || type === "guid" || type === "dynamic")
        throw new Refusal("ValueColumn", `\`${name}\` is ${type}: no number, datetime or timespan`);
      const { bins, percentile } = settingsOf(call);
      return uniqueFields([
        argumentOf(call, "IndexColumn", "column"),
        ...dimensionsOf(call),
        { name: `rolling_${bins}_percentile_${name}_${percentile}`, type },
      ]);
    },
  },
  async *run(run) {
    const rows = await collect(run.rows, run.input);
    const { type } = argumentOf(run, "ValueColumn", "column");
    const { bins, percentile, size, index } = settingsOf(run);
    const { combinations, firsts } = binned(run, rows);
    const found = combinations.flatMap((values, combination) => {
      const all = [...values.keys()].sort((a, b) => a - b);
      return all.map((bin) => {
        const inside = Array.from({ length: bins }, (_, i) => values.get(bin - i) ?? []).flat();
        const sorted = inside.sort(compareCells(type));
        return { combination, bin, cell: sorted[nearestRank(percentile, sorted.length) - 1] ?? null };
      });
    });
    if (found.length === 0) return;
    const { startOf } = equalWindows(0n, size);
    const times = found.map(({ bin }) => cellAtPosition(index.type, startOf(bin)));
    const sources = Int32Array.from(found, ({ combination }) => firsts[combination]!);
    const columns = [
      columnFromCells(index.type, times),
      ...argumentsOf(run, dimensions.name, "column").map((column) => gatherColumn(rows.column(column.index), sources)),
      columnFromCells(
        type,
        found.map(({ cell }) => cell),
      ),
    ];
    yield batchOf(run.schema, columns, found.length);
  },
};

interface Settings {
  readonly percentile: number;
  readonly bins: number;
  readonly size: bigint;
  readonly index: ReturnType<typeof timelineColumn>;
}

function settingsOf(call: PluginCall): Settings {
  const percentile = numberOf(call, "Percentile");
  if (!(percentile >= 0 && percentile <= 100))
    throw new Refusal("Percentile", "`Percentile` is a number from 0 to 100");
  const bins = numberOf(call, "BinsPerWindow");
  if (!(Number.isInteger(bins) && bins > 0))
    throw new Refusal("BinsPerWindow", "`BinsPerWindow` is an integer above 0");
  const index = timelineColumn(call, "IndexColumn");
  return { percentile, bins, size: constantLength(call, "BinSize", index.type), index };
}

function numberOf(call: PluginCall, name: string): number {
  const { type, value } = argumentOf(call, name, "constant");
  const numeric = type === "int" || type === "long" || type === "real" || type === "decimal";
  return numeric && value !== null ? Number(value) : Number.NaN;
}

interface Binned {
  /** For each combination of dimensions, the values of each bin. */
  readonly combinations: readonly ReadonlyMap<number, readonly NonNullable<Cell>[]>[];
  /** The first row of each combination. */
  readonly firsts: readonly number[];
}

function binned(run: PluginRun, rows: Batch): Binned {
  const { size, index } = settingsOf(run);
  const dimensionColumns = argumentsOf(run, dimensions.name, "column").map((column) => column.index);
  const { of, firsts } = combinationsOf(rows, dimensionColumns);
  const { windowOf, startOf } = equalWindows(0n, size);
  const readIndex = cellReader(rows.column(index.index));
  const readValue = cellReader(rows.column(argumentOf(run, "ValueColumn", "column").index));
  const combinations = firsts.map(() => new Map<number, NonNullable<Cell>[]>());
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.length; row++) {
    const position = readIndex(row);
    if (position === null) continue;
    const bin = windowOf(positionOf(position));
    last = Math.max(last, bin);
    const bins = combinations[of[row]!]!;
    const values = bins.get(bin) ?? [];
    if (values.length === 0) bins.set(bin, values);
    const value = readValue(row);
    if (value !== null) values.push(value);
  }
  for (const bins of combinations) {
    const first = [...bins.keys()].reduce((least, bin) => Math.min(least, bin), last);
    // Kusto's documentation does not say whether a bin without rows has a result, or a place in a window.
    for (let bin = first; bin <= last && bins.size > 0; bin++) {
      if (bins.has(bin)) continue;
      const text = cellText(index.type, cellAtPosition(index.type, startOf(bin)));
      throw new Refusal("BinSize", `the bin ${text} has no rows, and every bin from the first to the last needs some`);
    }
  }
  return { combinations, firsts };
}
