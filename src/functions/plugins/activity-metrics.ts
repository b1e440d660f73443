import type { PluginDefinition } from "../plugin.ts";
import {
  activityBatch,
  activityLog,
  activitySchema,
  analysisOf,
  analysisOfRows,
  Cells,
  constantParam,
  dimensions,
  tracksOf,
  when,
  who,
  windowsOfTrack,
} from "./activity.ts";

export const activityMetrics: PluginDefinition = {
  kind: "plugin",
  name: "activity_metrics",
  aliases: [],
  summary: "IDs, IDs that the window before does not have, and the shares of its IDs that came back or stayed away.",
  docs: "https://learn.microsoft.com/kusto/query/activity-metrics-plugin",
  params: [
    who,
    when,
    constantParam("Start", "optional"),
    constantParam("End", "optional"),
    constantParam("Step"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      if (call.args.has("Start") || call.args.has("End")) analysisOf(call, "Step");
      return activitySchema(call, [
        { name: "dcount_values", type: "long" },
        { name: "dcount_newvalues", type: "long" },
        { name: "retention_rate", type: "real" },
        { name: "churn_rate", type: "real" },
      ]);
    },
  },
  async *run(run) {
    const log = await activityLog(run);
    const analysis = analysisOfRows(run, "Step", log);
    if (!analysis) return;
    const counts = new Cells(() => ({ ids: 0, fresh: 0 }));
    for (const track of tracksOf(log)) {
      let before = Number.NaN;
      for (const window of windowsOfTrack(log, track, analysis)) {
        const count = counts.at(track.combination, window);
        if (track.id < 0) continue;
        count.ids++;
        if (before !== window - 1) count.fresh++;
        before = window;
      }
    }
    const rows = [...counts.entries()].map(({ combination, window, value: { ids, fresh } }) => {
      const base = counts.find(combination, window - 1)?.ids ?? 0;
      const retained = ids - fresh;
      // Where nobody was, nobody stayed away: the documentation prints NaN, the Kusto emulator 1 and 0.
      const retention = base === 0 ? 1 : retained / base;
      const churn = base === 0 ? 0 : (base - retained) / base;
      const metrics = [BigInt(ids), BigInt(fresh), retention, churn];
      return { combination, windows: [window], metrics };
    });
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};
