import type { Cell } from "../../data/column.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import {
  type ActivityLog,
  type ActivityRow,
  type Analysis,
  activityBatch,
  activityLog,
  analysisOf,
  checkId,
  constantParam,
  dimensions,
  dimensionsOf,
  tracksOf,
  uniqueFields,
  when,
  who,
  windowsOfTrack,
} from "./activity.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";
import { keyOf } from "./combinations.ts";
import { constantPosition } from "./timeline.ts";

export const newActivityMetrics: PluginDefinition = {
  kind: "plugin",
  name: "new_activity_metrics",
  aliases: [],
  summary:
    "For each window's new IDs, and each window from there on: how many of them came back, and how many others are new.",
  docs: "https://learn.microsoft.com/kusto/query/new-activity-metrics-plugin",
  params: [
    who,
    when,
    constantParam("Start"),
    constantParam("End"),
    constantParam("Window"),
    constantParam("Cohort", "optional"),
    dimensions,
    { name: "Lookback", kind: "table", presence: "optional" },
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      cohortsOf(call, analysisOf(call, "Window"));
      lookbackColumn(call);
      const { name, type } = argumentOf(call, when.name, "column");
      return uniqueFields([
        { name: `from_${name}`, type },
        { name: `to_${name}`, type },
        ...dimensionsOf(call),
        { name: "dcount_new_values", type: "long" },
        { name: "dcount_retained_values", type: "long" },
        { name: "dcount_churn_values", type: "long" },
        { name: "retention_rate", type: "real" },
        { name: "churn_rate", type: "real" },
      ]);
    },
  },
  async *run(run) {
    const analysis = analysisOf(run, "Window");
    const cohorts = cohortsOf(run, analysis);
    const log = await activityLog(run);
    const rows = [...arrivalsOf(log, run, analysis)].flatMap(([combination, arrivals]) =>
      metricsOf(combination, arrivals, cohorts, analysis.last),
    );
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};

/** The windows whose new IDs are followed: all, or the one that `Cohort` begins. */
function cohortsOf(call: PluginCall, { type, windows, start, end, last }: Analysis): readonly number[] {
  // The result has a row for every pair of windows.
  if (last >= 5000) throw new Refusal("Window", `the analysis has ${last + 1} windows, more than 5000`);
  const cohort = constantPosition(call, "Cohort", type);
  if (cohort === undefined) return Array.from({ length: last + 1 }, (_, window) => window);
  const window = windows.windowOf(cohort);
  if (cohort < start || cohort > end || windows.startOf(window) !== cohort)
    throw new Refusal("Cohort", "no window of the analysis begins at `Cohort`");
  return [window];
}

/** The IDs of each window by the window in which they were new. */
interface Arrivals {
  /** How many IDs are new in each window. */
  readonly fresh: number[];
  /** For each window, how many of its IDs were new in each window up to it. */
  readonly seen: ReadonlyMap<number, number>[];
}

function arrivalsOf(log: ActivityLog, run: PluginRun, analysis: Analysis): ReadonlyMap<number, Arrivals> {
  const isKnown = lookback(run, log);
  const byCombination = new Map<number, { readonly fresh: number[]; readonly seen: Map<number, number>[] }>();
  for (const track of tracksOf(log)) {
    const windows = windowsOfTrack(log, track, analysis);
    const [first] = windows;
    if (first === undefined) continue;
    let arrivals = byCombination.get(track.combination);
    if (!arrivals) {
      const length = analysis.last + 1;
      arrivals = { fresh: new Array<number>(length).fill(0), seen: Array.from({ length }, () => new Map()) };
      byCombination.set(track.combination, arrivals);
    }
    if (track.id < 0 || isKnown(track.from)) continue;
    arrivals.fresh[first]!++;
    for (const window of windows) {
      const seen = arrivals.seen[window]!;
      seen.set(first, (seen.get(first) ?? 0) + 1);
    }
  }
  return byCombination;
}

/** Whether the ID of an entry is among those of the lookback table: it is new in no window then. */
function lookback(run: PluginRun, log: ActivityLog): (entry: number) => boolean {
  const index = lookbackColumn(run);
  if (index < 0) return () => false;
  const table = run.tables[0]!;
  const { index: own, type } = argumentOf(run, who.name, "column");
  const read = cellReader(table.column(index));
  const known = new Set<unknown>();
  for (let row = 0; row < table.length; row++) known.add(keyOf(type, read(row)));
  const readOwn = cellReader(log.rows.column(own));
  return (entry) => known.has(keyOf(type, readOwn(log.sources[entry]!)));
}

/** The position of the IDs in the lookback table, where they have the same name; -1 without such a table. */
function lookbackColumn(call: PluginCall): number {
  const [table] = argumentsOf(call, "Lookback", "table");
  if (!table) return -1;
  const { name, type } = argumentOf(call, who.name, "column");
  const index = table.schema.findIndex((field) => field.name === name && field.type === type);
  if (index < 0) throw new Refusal("Lookback", `the lookback table has no column \`${name}\` of type ${type}`);
  return index;
}

function metricsOf(
  combination: number,
  { fresh, seen }: Arrivals,
  cohorts: readonly number[],
  last: number,
): readonly ActivityRow[] {
  const rows: ActivityRow[] = [];
  for (const from of cohorts) {
    const size = fresh[from]!;
    for (let to = from; to <= last; to++) {
      const retained = seen[to]!.get(from) ?? 0;
      let others = 0;
      for (const [first, count] of seen[to]!) if (first > from) others += count;
      const counts: readonly Cell[] = [to === from ? size : others, retained, size - retained].map(BigInt);
      // A cohort of nobody gives NaN.
      rows.push({ combination, windows: [from, to], metrics: [...counts, retained / size, (size - retained) / size] });
    }
  }
  return rows;
}
