import { type Batch, type Batches, lazyBatch } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Project } from "../../plan/nodes.ts";
import type { Run } from "../run.ts";

/** An output is evaluated when somebody looks at it. */
export async function* project(plan: Project, input: Batches, run: Run): Batches {
  if (plan.whole) {
    const all = await collect(input, plan.input.schema);
    if (all.length > 0) yield projected(plan, all, run);
    return;
  }
  for await (const batch of input) yield projected(plan, batch, run);
}

function projected({ schema, outputs }: Project, batch: Batch, run: Run): Batch {
  return lazyBatch(schema, batch.length, (index) => evaluate(outputs[index]!, batch, run));
}
