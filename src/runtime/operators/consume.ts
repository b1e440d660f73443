import type { Batches } from "../../data/batch.ts";
import type { Consume } from "../../plan/nodes.ts";

export async function* consume(plan: Consume, input: Batches): Batches {
  for await (const batch of input) {
    if (plan.decode) for (const index of plan.input.schema.keys()) batch.column(index);
  }
}
