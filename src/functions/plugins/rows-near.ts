import { lazyBatch, select } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { cellReader } from "../lift.ts";
import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";

export const rowsNear: PluginDefinition = {
  kind: "plugin",
  name: "rows_near",
  aliases: [],
  summary: "The rows that satisfy a condition, with so many rows before and after each.",
  docs: "https://learn.microsoft.com/kusto/query/rows-near-plugin",
  params: [
    { name: "Condition", kind: "predicate", presence: "required" },
    { name: "NumRows", kind: "constant", presence: "required" },
    { name: "NumRowsAfter", kind: "constant", presence: "optional" },
  ],
  serialized: true,
  schema: {
    from: "arguments",
    of: (call) => {
      reachOf(call);
      const { index } = argumentOf(call, "Condition", "predicate");
      return call.input.filter((_, i) => i !== index);
    },
  },
  async *run(run) {
    const rows = await collect(run.rows, run.input);
    const { before, after } = reachOf(run);
    const holds = cellReader(rows.column(argumentOf(run, "Condition", "predicate").index));
    const near: number[] = [];
    let next = 0;
    for (let row = 0; row < rows.length; row++) {
      if (holds(row) !== true) continue;
      const end = Math.min(row + after + 1, rows.length);
      for (next = Math.max(next, row - before); next < end; next++) near.push(next);
    }
    if (near.length === 0) return;
    const selected = select(rows, Int32Array.from(near));
    // The condition is the last column of the rows.
    yield lazyBatch(run.schema, selected.length, (index) => selected.column(index));
  },
};

function reachOf(call: PluginCall): { readonly before: number; readonly after: number } {
  const before = countOf(call, "NumRows");
  return {
    before,
    after: argumentsOf(call, "NumRowsAfter", "constant").length > 0 ? countOf(call, "NumRowsAfter") : before,
  };
}

function countOf(call: PluginCall, name: string): number {
  const { type, value } = argumentOf(call, name, "constant");
  const count = (type === "int" || type === "long") && value !== null ? Number(value) : -1;
  if (count < 0) throw new Refusal(name, `\`${name}\` is an integer from 0 on`);
  return count;
}
