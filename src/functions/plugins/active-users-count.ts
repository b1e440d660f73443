import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import {
  type ActivityLog,
  type Analysis,
  activityBatch,
  activityLog,
  activitySchema,
  analysisOf,
  Cells,
  checkId,
  constantParam,
  dimensions,
  type Track,
  tracksOf,
  when,
  who,
} from "./activity.ts";
import { argumentOf } from "./arguments.ts";
import { constantLength, equalWindows, type Windows } from "./timeline.ts";

export const activeUsersCount: PluginDefinition = {
  kind: "plugin",
  name: "active_users_count",
  aliases: [],
  summary: "Distinct IDs of each bin that were there in enough periods of the lookback window before.",
  docs: "https://learn.microsoft.com/kusto/query/active-users-count-plugin",
  params: [
    who,
    when,
    constantParam("Start"),
    constantParam("End"),
    constantParam("LookbackWindow"),
    constantParam("Period"),
    constantParam("ActivePeriods"),
    constantParam("Bin"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      ruleOf(call, analysisOf(call, "Bin"));
      return activitySchema(call, [{ name: "dcount", type: "long" }]);
    },
  },
  async *run(run) {
    const analysis = analysisOf(run, "Bin");
    const rule = ruleOf(run, analysis);
    const log = await activityLog(run);
    const counts = new Cells(() => ({ ids: 0n }));
    for (const track of tracksOf(log)) {
      if (track.id < 0) continue;
      for (const window of activeWindows(log, track, analysis, rule)) counts.at(track.combination, window).ids++;
    }
    const rows = [...counts.entries()].map(({ combination, window, value }) => ({
      combination,
      windows: [window],
      metrics: [value.ids],
    }));
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};

/** Who is active: in at least `least` different periods of the last `lookback`. */
interface Rule {
  readonly lookback: bigint;
  readonly periods: Windows;
  readonly least: number;
}

function ruleOf(call: PluginCall, { type, start }: Analysis): Rule {
  const { type: given, value } = argumentOf(call, "ActivePeriods", "constant");
  const numeric = given === "int" || given === "long" || given === "real" || given === "decimal";
  const least = numeric && value !== null ? Number(value) : Number.NaN;
  if (Number.isNaN(least)) throw new Refusal("ActivePeriods", "`ActivePeriods` is a number");
  return {
    lookback: constantLength(call, "LookbackWindow", type),
    periods: equalWindows(start, constantLength(call, "Period", type)),
    least,
  };
}

/** The windows of the analysis in which the ID appears while it is active, ascending. */
function activeWindows(log: ActivityLog, track: Track, analysis: Analysis, rule: Rule): readonly number[] {
  const found: number[] = [];
  const rowsOf = new Map<number, number>();
  let oldest = track.from;
  for (let entry = track.from; entry < track.to; entry++) {
    const time = log.times[entry]!;
    if (time > analysis.end) break;
    const period = rule.periods.windowOf(time);
    rowsOf.set(period, (rowsOf.get(period) ?? 0) + 1);
    // The lookback window of 8 days is this day and the 7 before: its far end is not part of it.
    for (; log.times[oldest]! <= time - rule.lookback; oldest++) {
      const past = rule.periods.windowOf(log.times[oldest]!);
      const left = rowsOf.get(past)! - 1;
      if (left > 0) rowsOf.set(past, left);
      else rowsOf.delete(past);
    }
    if (time < analysis.start || rowsOf.size < rule.least) continue;
    const window = analysis.windows.windowOf(time);
    if (found.at(-1) !== window) found.push(window);
  }
  return found;
}
