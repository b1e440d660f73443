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
import { constantLength, equalWindows } from "./timeline.ts";

/*
 * The documentation shows no number of a result. What the Kusto emulator gives for its example decides: bins are those of
 * `bin()`, a session counts where it begins, and goes on while the next row comes less than the lookback window later.
 * What that example leaves open is refused.
 */

export const sessionCount: PluginDefinition = {
  kind: "plugin",
  name: "session_count",
  aliases: [],
  summary: "How many sessions of IDs begin in each bin of the timeline; every bin of the analysis has to have one.",
  docs: "https://learn.microsoft.com/kusto/query/session-count-plugin",
  params: [
    who,
    when,
    constantParam("Start"),
    constantParam("End"),
    constantParam("Bin"),
    constantParam("LookBackWindow"),
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      lookbackOf(call, binsOf(call));
      return activitySchema(call, [{ name: "count_sessions", type: "long" }]);
    },
  },
  async *run(run) {
    const analysis = binsOf(run);
    const lookback = lookbackOf(run, analysis);
    const log = await activityLog(run);
    const counts = new Cells(() => ({ sessions: 0n }));
    for (const track of tracksOf(log)) {
      if (track.id < 0) throw new Refusal(who.name, "whether rows without an ID are sessions is not documented");
      for (const start of sessionsOf(log, track, analysis, lookback))
        counts.at(track.combination, analysis.windows.windowOf(start)).sessions++;
    }
    const { windows, start, end } = analysis;
    const rows = log.firsts.flatMap((_, combination) => {
      const of = [];
      for (let window = windows.windowOf(start); windows.startOf(window) < end; window++) {
        const count = counts.find(combination, window);
        if (!count) throw new Refusal("Bin", "whether a bin in which no session begins has a row is not documented");
        of.push({ combination, windows: [window], metrics: [count.sessions] });
      }
      return of;
    });
    if (rows.length > 0) yield activityBatch(run, log, analysis, rows);
  },
};

/** The bins do not count from the start of the analysis. */
function binsOf(call: PluginCall): Analysis {
  const analysis = analysisOf(call, "Bin");
  return { ...analysis, windows: equalWindows(0n, constantLength(call, "Bin", analysis.type)) };
}

function lookbackOf(call: PluginCall, { type }: Analysis): bigint {
  return constantLength(call, "LookBackWindow", type);
}

/** Where the sessions of an ID begin. */
function* sessionsOf(log: ActivityLog, track: Track, { start, end }: Analysis, lookback: bigint): Iterable<bigint> {
  let before: bigint | undefined;
  for (let entry = track.from; entry < track.to; entry++) {
    const time = log.times[entry]!;
    if (time > end) return;
    if (time === end) throw new Refusal("End", "whether a row at `End` is in the analysis is not documented");
    const goesOn = before !== undefined && time - before < lookback;
    if (time >= start && goesOn && before! < start)
      throw new Refusal("Start", "whether a session from before `Start` begins anew there is not documented");
    if (time >= start && !goesOn) yield time;
    before = time;
  }
}
