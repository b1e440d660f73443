import { batchOf } from "../../data/batch.ts";
import { columnBuilder } from "../../data/cells.ts";
import { cellText } from "../../data/text.ts";
import { cellReader } from "../lift.ts";
import type { PluginDefinition } from "../plugin.ts";

export const narrow: PluginDefinition = {
  kind: "plugin",
  name: "narrow",
  aliases: [],
  summary: "One row per cell of the input: the number of its row, the name of its column, and the value as text.",
  docs: "https://learn.microsoft.com/kusto/query/narrow-plugin",
  params: [],
  schema: {
    from: "arguments",
    of: () => [
      { name: "Row", type: "long" },
      { name: "Column", type: "string" },
      { name: "Value", type: "string" },
    ],
  },
  async *run({ rows, input, schema }) {
    let before = 0;
    for await (const batch of rows) {
      const count = batch.length * input.length;
      const numbers = columnBuilder("long", count);
      const names = columnBuilder("string", count);
      const values = columnBuilder("string", count);
      const readers = input.map((_, index) => cellReader(batch.column(index)));
      for (let row = 0; row < batch.length; row++) {
        for (const [index, { name, type }] of input.entries()) {
          numbers.push(BigInt(before + row));
          names.push(name);
          values.push(cellText(type, readers[index]!(row)));
        }
      }
      before += batch.length;
      if (count > 0) yield batchOf(schema, [numbers.finish(), names.finish(), values.finish()], count);
    }
  },
};
