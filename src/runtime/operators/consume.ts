import { type Batches, batchOf } from "../../data/batch.ts";
import type { Consume } from "../../plan/nodes.ts";

/** One batch without rows, once the input has been read. */
export async function* consume(plan: Consume, input: Batches): Batches {
  for await (const batch of input) {
    if (plan.decode) for (const index of plan.input.schema.keys()) batch.column(index);
  }
  yield batchOf(plan.schema, [], 0);
}
