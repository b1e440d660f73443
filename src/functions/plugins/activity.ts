import { type Batch, batchOf } from "../../data/batch.ts";
import { columnBuilder, columnFromCells } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { collect } from "../../data/concat.ts";
import { gatherColumn } from "../../data/gather.ts";
import type { Field, ScalarType, Schema } from "../../data/types.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginParam, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";
import { combinationsOf, distinctValues } from "./combinations.ts";
import {
  cellAtPosition,
  constantPosition,
  constantWindows,
  isCalendar,
  positionOf,
  timelineColumn,
  type Windows,
} from "./timeline.ts";

/*
 * What the plugins of user analytics have in common: who (IDs) was there when (a timeline cut into windows), for each
 * combination of dimensions. https://learn.microsoft.com/kusto/query/user-analytics
 */

export const who: PluginParam = { name: "IdColumn", kind: "column", presence: "required" };
export const when: PluginParam = { name: "TimelineColumn", kind: "column", presence: "required" };
export const dimensions: PluginParam = { name: "Dimension", kind: "column", presence: "repeated" };

export function constantParam(name: string, presence: PluginParam["presence"] = "required"): PluginParam {
  return { name, kind: "constant", presence };
}

/** The timeline, the dimensions, then `metrics`. */
export function activitySchema(call: PluginCall, metrics: readonly Field[]): Schema {
  const timeline = argumentOf(call, when.name, "column");
  return uniqueFields([timeline, ...dimensionsOf(call), ...metrics]);
}

export function dimensionsOf(call: PluginCall): readonly Field[] {
  const columns = argumentsOf(call, dimensions.name, "column");
  const unfit = columns.find((column) => column.type === "dynamic");
  if (unfit) throw new Refusal(dimensions.name, `\`${unfit.name}\` is dynamic: say which type it holds`);
  return columns;
}

export function uniqueFields(fields: readonly Field[]): Schema {
  const again = fields.find(({ name }, index) => fields.findIndex((other) => other.name === name) !== index);
  if (again) throw new Refusal(dimensions.name, `the result would have two columns \`${again.name}\``);
  return fields.map(({ name, type }) => ({ name, type }));
}

/** IDs are compared by value: a dynamic is to be converted first. */
export function checkId(call: PluginCall): void {
  const { name, type } = argumentOf(call, who.name, "column");
  if (type === "dynamic") throw new Refusal(who.name, `\`${name}\` is dynamic: say which type it holds`);
}

export interface Analysis {
  readonly type: ScalarType;
  readonly windows: Windows;
  readonly start: bigint;
  readonly end: bigint;
  /** The window that `end` lies in. */
  readonly last: number;
}

/** The period from `Start` to `End`, both in it, cut into windows by the constant `window`. */
export function analysisOf(call: PluginCall, window: string): Analysis {
  const { type } = timelineColumn(call, when.name);
  const start = constantPosition(call, "Start", type);
  const end = constantPosition(call, "End", type);
  if (start === undefined || end === undefined) throw new Refusal("Start", "`Start` and `End` come together");
  return between(call, window, start, end);
}

/** As `analysisOf`; without `Start` and `End`, from the first row to the last; undefined when there are no rows either. */
export function analysisOfRows(call: PluginCall, window: string, log: ActivityLog): Analysis | undefined {
  if (call.args.has("Start") || call.args.has("End")) return analysisOf(call, window);
  const [first] = log.times;
  if (first === undefined) return undefined;
  let [start, end] = [first, first];
  for (const time of log.times) {
    if (time < start) start = time;
    if (time > end) end = time;
  }
  if (isCalendar(call, window)) throw new Refusal("Start", `\`${window}\` is a word: say \`Start\` and \`End\``);
  const analysis = between(call, window, start, end);
  // Kusto's documentation does not say whether windows begin at the first row or at a multiple of their length.
  if (start % (analysis.windows.startOf(1) - start) !== 0n)
    throw new Refusal("Start", `the first row is at no multiple of \`${window}\`: say \`Start\` and \`End\``);
  return analysis;
}

function between(call: PluginCall, window: string, start: bigint, end: bigint): Analysis {
  const { type } = timelineColumn(call, when.name);
  const windows = constantWindows(call, window, type, start);
  return { type, windows, start, end, last: end < start ? -1 : windows.windowOf(end) };
}

/** The rows that have a time, in order of combination, ID and time. */
export interface ActivityLog {
  readonly combinations: Int32Array;
  /** -1 for null: nobody. */
  readonly ids: Int32Array;
  readonly times: readonly bigint[];
  readonly rows: Batch;
  /** The first row of each combination. */
  readonly firsts: readonly number[];
  /** The input row of each entry. */
  readonly sources: readonly number[];
}

export async function activityLog(run: PluginRun): Promise<ActivityLog> {
  const rows = await collect(run.rows, run.input);
  const { of, firsts } = combinationsOf(
    rows,
    argumentsOf(run, dimensions.name, "column").map((column) => column.index),
  );
  const who = distinctValues(rows, argumentOf(run, "IdColumn", "column").index, "none").of;
  const read = cellReader(rows.column(timelineColumn(run, when.name).index));
  const times: bigint[] = [];
  const sources: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const cell = read(row);
    times.push(cell === null ? 0n : positionOf(cell));
    if (cell !== null) sources.push(row);
  }
  sources.sort((a, b) => {
    if (of[a]! !== of[b]!) return of[a]! - of[b]!;
    if (who[a]! !== who[b]!) return who[a]! - who[b]!;
    return times[a]! < times[b]! ? -1 : times[a]! > times[b]! ? 1 : 0;
  });
  return {
    combinations: Int32Array.from(sources, (row) => of[row]!),
    ids: Int32Array.from(sources, (row) => who[row]!),
    times: sources.map((row) => times[row]!),
    rows,
    firsts,
    sources,
  };
}

/** The entries of one ID in one combination: from `from` up to `to`, in order of time. */
export interface Track {
  readonly combination: number;
  /** -1 for the rows without an ID. */
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

export function* tracksOf({ combinations, ids }: ActivityLog): Iterable<Track> {
  for (let from = 0, to = 0; from < ids.length; from = to) {
    while (to < ids.length && combinations[to] === combinations[from] && ids[to] === ids[from]) to++;
    yield { combination: combinations[from]!, id: ids[from]!, from, to };
  }
}

/** The windows in which the track has entries within the analysis, ascending. */
export function windowsOfTrack(log: ActivityLog, { from, to }: Track, analysis: Analysis): readonly number[] {
  const found: number[] = [];
  for (let entry = from; entry < to; entry++) {
    const time = log.times[entry]!;
    if (time < analysis.start || time > analysis.end) continue;
    const window = analysis.windows.windowOf(time);
    if (found.at(-1) !== window) found.push(window);
  }
  return found;
}

/** One value per combination and window, made when it is first asked for. */
export class Cells<T> {
  readonly #make: () => T;
  readonly #byCombination = new Map<number, Map<number, T>>();

  constructor(make: () => T) {
    this.#make = make;
  }

  at(combination: number, window: number): T {
    let windows = this.#byCombination.get(combination);
    if (!windows) {
      windows = new Map();
      this.#byCombination.set(combination, windows);
    }
    let value = windows.get(window);
    if (value === undefined) {
      value = this.#make();
      windows.set(window, value);
    }
    return value;
  }

  find(combination: number, window: number): T | undefined {
    return this.#byCombination.get(combination)?.get(window);
  }

  /** By combination, then by window. */
  *entries(): Iterable<{ readonly combination: number; readonly window: number; readonly value: T }> {
    for (const [combination, windows] of [...this.#byCombination].sort(([a], [b]) => a - b))
      for (const [window, value] of [...windows].sort(([a], [b]) => a - b)) yield { combination, window, value };
  }
}

export interface ActivityRow {
  readonly combination: number;
  /** The cells of the timeline columns. */
  readonly windows: readonly number[];
  readonly metrics: readonly Cell[];
}

/** The rows in order of their windows, then of the first appearance of their dimensions. */
export function activityBatch(
  run: PluginRun,
  log: ActivityLog,
  { type, windows }: Analysis,
  rows: ActivityRow[],
): Batch {
  rows.sort((a, b) => {
    for (const [i, window] of a.windows.entries()) if (window !== b.windows[i]!) return window - b.windows[i]!;
    return a.combination - b.combination;
  });
  const sources = Int32Array.from(rows, (row) => log.firsts[row.combination]!);
  const times = (rows[0]?.windows ?? []).map((_, i) =>
    columnFromCells(
      type,
      rows.map((row) => cellAtPosition(type, windows.startOf(row.windows[i]!))),
    ),
  );
  const sliced = argumentsOf(run, dimensions.name, "column").map(({ index }) =>
    gatherColumn(log.rows.column(index), sources),
  );
  const metrics = run.schema.slice(times.length + sliced.length).map((field, i) => {
    const builder = columnBuilder(field.type, rows.length);
    for (const row of rows) builder.push(row.metrics[i]!);
    return builder.finish();
  });
  return batchOf(run.schema, [...times, ...sliced, ...metrics], rows.length);
}
