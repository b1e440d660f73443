import { type Batch, batchOf } from "../../data/batch.ts";
import { columnFromCells } from "../../data/cells.ts";
import { collect } from "../../data/concat.ts";
import { gatherColumn } from "../../data/gather.ts";
import { cellText } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition, PluginRun } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { constantParam, dimensions, dimensionsOf, uniqueFields, when } from "./activity.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";
import { combinationsOf } from "./combinations.ts";
import { constantLength, positionOf, timelineColumn } from "./timeline.ts";

export const sequenceDetect: PluginDefinition = {
  kind: "plugin",
  name: "sequence_detect",
  aliases: [],
  summary: "Every way in which rows satisfy the steps one after the other, within the time allowed.",
  docs: "https://learn.microsoft.com/kusto/query/sequence-detect-plugin",
  params: [
    when,
    constantParam("MaxSequenceStepWindow"),
    constantParam("MaxSequenceSpan"),
    { name: "Expr", kind: "predicate", presence: "repeated" },
    dimensions,
  ],
  schema: {
    from: "arguments",
    of: (call) => {
      const { type } = limitsOf(call);
      const { name } = argumentOf(call, when.name, "column");
      const steps = argumentsOf(call, "Expr", "predicate");
      if (steps.length === 0) throw new Refusal("Expr", 'there are no steps, as in `start = (Name == "a")`');
      const times = steps.map((step) => {
        if (step.name === undefined) throw new Refusal("Expr", 'a step has no name, as in `start = (Name == "a")`');
        return { name: `${step.name}_${name}`, type };
      });
      return uniqueFields([...dimensionsOf(call), ...times, { name: "Duration", type: "timespan" }]);
    },
  },
  async *run(run) {
    const rows = await collect(run.rows, run.input);
    const columns = argumentsOf(run, dimensions.name, "column").map((column) => column.index);
    const { of, firsts } = combinationsOf(rows, columns);
    const limits = limitsOf(run);
    const found = stepTimes(run, rows, of, firsts.length).flatMap((steps, combination) =>
      sequences(steps, limits).map((times) => ({ combination, times })),
    );
    if (found.length === 0) return;
    found.sort((a, b) => compareTimes(a.times, b.times) || a.combination - b.combination);
    const sources = Int32Array.from(found, ({ combination }) => firsts[combination]!);
    const steps = argumentsOf(run, "Expr", "predicate").map((_, step) =>
      columnFromCells(
        limits.type,
        found.map(({ times }) => times[step]!),
      ),
    );
    const durations = found.map(({ times }) => times.at(-1)! - times[0]!);
    const sliced = columns.map((index) => gatherColumn(rows.column(index), sources));
    yield batchOf(run.schema, [...sliced, ...steps, columnFromCells("timespan", durations)], found.length);
  },
};

interface Limits {
  readonly type: ScalarType;
  /** Between one step and the next. */
  readonly step: bigint;
  /** Between the first step and the last. */
  readonly span: bigint;
}

function limitsOf(call: PluginCall): Limits {
  const { type } = timelineColumn(call, when.name);
  if (type !== "datetime" && type !== "timespan")
    throw new Refusal(when.name, `the timeline is ${type}; \`Duration\` is a timespan, so it is one of time`);
  return {
    type,
    step: constantLength(call, "MaxSequenceStepWindow", type),
    span: constantLength(call, "MaxSequenceSpan", type),
  };
}

/** For every combination of dimensions and every step, the times at which some row satisfies it: distinct, ascending. */
function stepTimes(run: PluginRun, rows: Batch, of: Int32Array, count: number): readonly (readonly bigint[])[][] {
  const readTime = cellReader(rows.column(argumentOf(run, when.name, "column").index));
  const times = argumentsOf(run, "Expr", "predicate").map(({ index }) => {
    const holds = cellReader(rows.column(index));
    const sets = Array.from({ length: count }, () => new Set<bigint>());
    for (let row = 0; row < rows.length; row++) {
      const time = readTime(row);
      if (time !== null && holds(row) === true) sets[of[row]!]!.add(positionOf(time));
    }
    return sets.map((set) => [...set].sort((a, b) => (a < b ? -1 : 1)));
  });
  return Array.from({ length: count }, (_, combination) => times.map((step) => step[combination]!));
}

/** All choices of one time per step that follow one another within the limits. */
function sequences(steps: readonly (readonly bigint[])[], limits: Limits): readonly (readonly bigint[])[] {
  const found: bigint[][] = [];
  const chosen: bigint[] = [];
  const choose = (step: number): void => {
    const times = steps[step];
    if (!times) {
      refuseTies(chosen, limits.type);
      found.push([...chosen]);
      return;
    }
    const before = chosen.at(-1);
    const [first] = chosen;
    const start = before === undefined ? 0 : firstFrom(times, before);
    for (let i = start; i < times.length; i++) {
      const time = times[i]!;
      if (before !== undefined && time - before > limits.step) break;
      if (first !== undefined && time - first > limits.span) break;
      chosen.push(time);
      choose(step + 1);
      chosen.pop();
    }
  };
  choose(0);
  return found;
}

/** Kusto's documentation does not say whether a step may follow another at the same time. */
function refuseTies(times: readonly bigint[], type: ScalarType): void {
  const tie = times.find((time, i) => time === times[i + 1]);
  if (tie !== undefined)
    throw new Refusal("Expr", `two steps are at the same time, ${cellText(type, tie)}: which comes first is not known`);
}

/** The position of the first time that is not before `least`. */
function firstFrom(times: readonly bigint[], least: bigint): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareTimes(a: readonly bigint[], b: readonly bigint[]): number {
  const different = a.findIndex((time, i) => time !== b[i]);
  return different < 0 ? 0 : a[different]! < b[different]! ? -1 : 1;
}
