import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import {
  type Analysis,
  activityBatch,
  activityLog,
  activitySchema,
  analysisOf,
  analysisOfRows,
  checkId,
  constantParam,
  dimensions,
  when,
  who,
} from "./activity.ts";
import { slidingCounts } from "./sliding-counts.ts";
import { constantLength, timelineColumn } from "./timeline.ts";

export const activityEngagement: PluginDefinition = {
  kind: "plugin",
  name: "activity_engagement",
  aliases: [],
  summary: "Distinct IDs of each inner window, of the outer window that ends with it, and the ratio of the two.",
  docs: "https://learn.microsoft.com/kusto/query/activity-engagement-plugin",
  params: [
    who,
    when,
    constantParam("Start", "optional"),
    constantParam("End", "optional"),
    constantParam("InnerActivityWindow"),
    constantParam("OuterActivityWindow"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      if (call.args.has("Start") || call.args.has("End")) analysisOf(call, "InnerActivityWindow");
      depthOf(call);
      return activitySchema(call, [
        { name: "dcount_activities_inner", type: "long" },
        { name: "dcount_activities_outer", type: "long" },
        { name: "activity_ratio", type: "real" },
      ]);
    },
  },
  async *run(run) {
    const log = await activityLog(run);
    const analysis = analysisOfRows(run, "InnerActivityWindow", log);
    if (!analysis) return;
    const depth = depthOf(run);
    refuseEarlier(log.times, analysis, depth);
    const inner = slidingCounts(log, analysis, 1);
    const keyOf = (count: { readonly combination: number; readonly window: number }) =>
      `${count.combination} ${count.window}`;
    const innerIds = new Map(inner.map((count) => [keyOf(count), count.ids]));
    const rows = slidingCounts(log, analysis, depth).map((count) => {
      const ids = innerIds.get(keyOf(count)) ?? 0;
      const metrics = [BigInt(ids), BigInt(count.ids), ids / count.ids];
      return { combination: count.combination, windows: [count.window], metrics };
    });
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};

/** How many inner windows the outer one has. */
function depthOf(call: PluginCall): number {
  const { type } = timelineColumn(call, when.name);
  const inner = constantLength(call, "InnerActivityWindow", type);
  const outer = constantLength(call, "OuterActivityWindow", type);
  if (outer % inner !== 0n)
    throw new Refusal("OuterActivityWindow", "`OuterActivityWindow` is no multiple of `InnerActivityWindow`");
  return Number(outer / inner);
}

/** Kusto's documentation does not say whether rows before the start count in the outer windows of the first inner ones. */
function refuseEarlier(times: readonly bigint[], { start, windows }: Analysis, depth: number): void {
  if (times.some((time) => time < start && windows.windowOf(time) + depth > 0))
    throw new Refusal("Start", "the outer windows begin before `Start` and have rows there: filter them out first");
}
