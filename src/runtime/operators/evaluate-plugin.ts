import { type Batches, lazyBatch } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { badArgument } from "../../diagnostics/catalogue/binding.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { Refusal } from "../../functions/refusal.ts";
import type { Evaluate } from "../../plan/nodes.ts";

/** Table arguments are collected, the input streams through the plugin. */
export async function* evaluatePlugin(plan: Evaluate, input: Batches, tables: readonly Batches[]): Batches {
  const { schema, plugin, call } = plan;
  try {
    const collected = [];
    for (const [i, table] of tables.entries()) collected.push(await collect(table, plan.tables[i]!.schema));
    for await (const batch of plugin.run({ ...call, rows: input, tables: collected, schema })) {
      // A plugin may find out only at a look into a column that it cannot make it.
      yield lazyBatch(schema, batch.length, (index) => {
        try {
          return batch.column(index);
        } catch (thrown) {
          throw refused(plan, thrown);
        }
      });
    }
  } catch (thrown) {
    throw refused(plan, thrown);
  }
}

function refused(plan: Evaluate, thrown: unknown): unknown {
  if (!(thrown instanceof Refusal)) return thrown;
  return new KqlError({ ...badArgument(plan.origin, plan.plugin.name, thrown.message), stage: "run" });
}
