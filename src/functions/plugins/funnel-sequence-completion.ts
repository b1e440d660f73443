import { batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import { type Dynamic, isTyped } from "../../data/dynamic.ts";
import { cellText } from "../../data/text.ts";
import { stepsTaken, type Visit } from "../algorithms/funnel.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { activityLog, analysisOf, checkId, constantParam, tracksOf, uniqueFields, when, who } from "./activity.ts";
import { argumentOf, constantOf } from "./arguments.ts";
import { isCalendar } from "./timeline.ts";

const open = "and what Kusto makes of that is not documented";

/**
 * Kusto documents the result, and leaves open what some rows mean: they are refused where that would decide a number.
 */
export const funnelSequenceCompletion: PluginDefinition = {
  kind: "plugin",
  name: "funnel_sequence_completion",
  aliases: [],
  summary: "How many IDs get how far in a sequence of states, within each period and bin.",
  docs: "https://learn.microsoft.com/kusto/query/funnel-sequence-completion-plugin",
  params: [
    who,
    when,
    constantParam("Start"),
    constantParam("End"),
    constantParam("BinSize"),
    { name: "StateColumn", kind: "column", type: "string", presence: "required" },
    { ...constantParam("Sequence"), type: "dynamic" },
    { ...constantParam("MaxSequencePeriods"), type: "dynamic" },
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      checkId(call);
      funnelOf(call);
      return uniqueFields([
        argumentOf(call, when.name, "column"),
        argumentOf(call, "StateColumn", "column"),
        { name: "Period", type: "timespan" },
        { name: "dcount", type: "long" },
      ]);
    },
  },
  async *run(run) {
    const { states, periods, bins, start, end } = funnelOf(run);
    const log = await activityLog(run);
    const read = cellReader(log.rows.column(argumentOf(run, "StateColumn", "column").index));
    /** By bin, period and step. */
    const counts = new Map<number, number[][]>();
    for (const { id, from, to } of tracksOf(log)) {
      const tracks = new Map<number, Visit[]>();
      for (let entry = from; entry < to && id >= 0; entry++) {
        const time = log.times[entry]!;
        if (time < start || time > end) continue;
        if (time === end) throw new Refusal("End", `there are rows at the very end of the analysis, ${open}`);
        const bin = bins.windowOf(time);
        const visit = { time, step: states.indexOf(String(read(log.sources[entry]!))) };
        const track = tracks.get(bin);
        if (track) track.push(visit);
        else tracks.set(bin, [visit]);
      }
      for (const [bin, track] of tracks) {
        const inBin = counts.get(bin) ?? periods.map(() => states.map(() => 0));
        counts.set(bin, inBin);
        for (const [i, period] of periods.entries()) {
          const taken = stepsTaken(track, states.length, period);
          if (taken === undefined) throw new Refusal("Sequence", ambiguous);
          for (let step = 0; step < taken; step++) inBin[i]![step]!++;
        }
      }
    }
    const rows: (readonly [bigint, string, bigint, bigint])[] = [];
    for (let bin = 0; bins.startOf(bin) < end; bin++) {
      const time = bins.startOf(bin);
      for (const [i, period] of periods.entries())
        for (const [step, state] of states.entries()) {
          const count = counts.get(bin)?.[i]?.[step] ?? 0;
          if (count === 0) {
            const where = `in the bin ${cellText("datetime", time)}, within ${cellText("timespan", period)}`;
            throw new Refusal("Sequence", `nobody reaches \`${state}\` ${where}, ${open}`);
          }
          rows.push([time, state, period, BigInt(count)] as const);
        }
    }
    const columns = run.schema.map(({ type }, i) =>
      columnFromCells(
        type,
        rows.map((row) => row[i]!),
      ),
    );
    yield batchOf(run.schema, columns, rows.length);
  },
};

const ambiguous =
  "of somebody's rows it depends on what Kusto does not document how far they get: states that are repeated, that stand " +
  "between two steps, at one time, or at the very end of the period: leave out what is no step, and what comes twice";

function funnelOf(call: PluginCall) {
  if (isCalendar(call, "BinSize")) throw new Refusal("BinSize", "`BinSize` is a length");
  const { type, windows: bins, start, end } = analysisOf(call, "BinSize");
  if (type !== "datetime") throw new Refusal(when.name, `the timeline is ${type}, and \`Period\` is a timespan`);
  const sequence = constantOf(call, "Sequence");
  const states = Array.isArray(sequence) ? sequence.filter((state) => typeof state === "string") : [];
  if (!Array.isArray(sequence) || states.length !== sequence.length || new Set(states).size !== states.length)
    throw new Refusal("Sequence", "`Sequence` is an array of texts, each of them once");
  const lengths = constantOf(call, "MaxSequencePeriods");
  const periods = Array.isArray(lengths) ? lengths.map(ticksOf).filter((ticks) => ticks > 0n) : [];
  if (!Array.isArray(lengths) || periods.length !== lengths.length || new Set(periods).size !== periods.length)
    throw new Refusal("MaxSequencePeriods", "`MaxSequencePeriods` is an array of timespans above zero, each once");
  return { states, periods, bins, start, end };
}

/** A timespan inside a dynamic literal is the number of its ticks. 0 when it is none. */
function ticksOf(value: Dynamic): bigint {
  if (isTyped(value)) return value.typed === "timespan" ? value.value : 0n;
  return typeof value === "bigint" || Number.isInteger(value) ? BigInt(value as number | bigint) : 0n;
}
