import { select } from "../../data/batch.ts";
import type { PluginCall, PluginDefinition } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { constantParam } from "./activity.ts";
import { argumentOf } from "./arguments.ts";

export const preview: PluginDefinition = {
  kind: "plugin",
  name: "preview",
  aliases: [],
  summary: "Two tables: some rows of the input, as `take` gives them, and how many there are, as `count` says it.",
  docs: "https://learn.microsoft.com/kusto/query/preview-plugin",
  params: [constantParam("NumberOfRows")],
  counts: true,
  schema: {
    from: "arguments",
    of: (call) => {
      mostRows(call);
      return call.input;
    },
  },
  async *run(call) {
    let left = mostRows(call);
    if (left === 0) return;
    for await (const batch of call.rows) {
      yield batch.length <= left
        ? batch
        : select(
            batch,
            Int32Array.from({ length: left }, (_, row) => row),
          );
      left -= batch.length;
      if (left <= 0) return;
    }
  },
};

function mostRows(call: PluginCall): number {
  const { value, type } = argumentOf(call, "NumberOfRows", "constant");
  const most = Number(value);
  if ((type !== "int" && type !== "long") || value === null || most < 0)
    throw new Refusal("NumberOfRows", "`NumberOfRows` is an integer of at least 0");
  return most;
}
