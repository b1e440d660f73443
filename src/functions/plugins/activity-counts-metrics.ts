import type { PluginDefinition } from "../plugin.ts";
import {
  activityBatch,
  activityLog,
  activitySchema,
  analysisOf,
  Cells,
  checkId,
  constantParam,
  dimensions,
  tracksOf,
  when,
  who,
  windowsOfTrack,
} from "./activity.ts";

export const activityCountsMetrics: PluginDefinition = {
  kind: "plugin",
  name: "activity_counts_metrics",
  aliases: [],
  summary: "Rows, IDs, IDs that no earlier window has, and all IDs so far: for each window of the timeline.",
  docs: "https://learn.microsoft.com/kusto/query/activity-counts-metrics-plugin",
  params: [who, when, constantParam("Start"), constantParam("End"), constantParam("Step"), dimensions],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      analysisOf(call, "Step");
      return activitySchema(call, [
        { name: "count", type: "long" },
        { name: "dcount", type: "long" },
        { name: "new_dcount", type: "long" },
        { name: "aggregated_dcount", type: "long" },
      ]);
    },
  },
  async *run(run) {
    const analysis = analysisOf(run, "Step");
    const log = await activityLog(run);
    const counts = new Cells(() => ({ rows: 0n, ids: 0n, fresh: 0n }));
    for (const track of tracksOf(log)) {
      for (let entry = track.from; entry < track.to; entry++) {
        const time = log.times[entry]!;
        if (time >= analysis.start && time <= analysis.end)
          counts.at(track.combination, analysis.windows.windowOf(time)).rows++;
      }
      if (track.id < 0) continue;
      for (const [i, window] of windowsOfTrack(log, track, analysis).entries()) {
        const count = counts.at(track.combination, window);
        count.ids++;
        if (i === 0) count.fresh++;
      }
    }
    const known = new Map<number, bigint>();
    const rows = [...counts.entries()].map(({ combination, window, value: { rows: count, ids, fresh } }) => {
      const all = (known.get(combination) ?? 0n) + fresh;
      known.set(combination, all);
      return { combination, windows: [window], metrics: [count, ids, fresh, all] };
    });
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};
