import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import {
  type Analysis,
  activityBatch,
  activityLog,
  activitySchema,
  analysisOf,
  checkId,
  constantParam,
  dimensions,
  when,
  who,
} from "./activity.ts";
import { slidingCounts } from "./sliding-counts.ts";
import { constantLength, isCalendar } from "./timeline.ts";

export const slidingWindowCounts: PluginDefinition = {
  kind: "plugin",
  name: "sliding_window_counts",
  aliases: [],
  summary: "Rows and distinct IDs of the lookback period that ends with each bin of the timeline.",
  docs: "https://learn.microsoft.com/kusto/query/sliding-window-counts-plugin",
  params: [
    who,
    when,
    constantParam("Start"),
    constantParam("End"),
    constantParam("LookbackWindow"),
    constantParam("Bin"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      depthOf(call, analysisOf(call, "Bin"));
      return activitySchema(call, [
        { name: "Count", type: "long" },
        { name: "Dcount", type: "long" },
      ]);
    },
  },
  async *run(run) {
    const analysis = analysisOf(run, "Bin");
    const log = await activityLog(run);
    const rows = slidingCounts(log, analysis, depthOf(run, analysis)).map(
      ({ combination, window, rows: count, ids }) => ({
        combination,
        windows: [window],
        metrics: [BigInt(count), BigInt(ids)],
      }),
    );
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};

/** How many bins the lookback period has: it is rounded down to whole ones. */
function depthOf(call: PluginCall, { type, start, windows }: Analysis): number {
  const lookback = constantLength(call, "LookbackWindow", type);
  const first = windows.startOf(1) - start;
  if (isCalendar(call, "Bin") && windows.startOf(1001) - start !== 1001n * first)
    throw new Refusal("Bin", "bins of unequal length have no whole number of them in `LookbackWindow`");
  const depth = Number(lookback / first);
  if (depth === 0) throw new Refusal("LookbackWindow", "`LookbackWindow` is shorter than `Bin`");
  return depth;
}
