import type { Batches } from "../../data/batch.ts";
import { sliceBatch } from "../../data/slice.ts";
import type { Limit } from "../../plan/nodes.ts";

/** Stops pulling its input as soon as it has enough. */
export async function* limit(plan: Limit, input: Batches): Batches {
  let left = plan.count;
  if (left === 0) return;
  for await (const batch of input) {
    yield sliceBatch(batch, 0, Math.min(left, batch.length));
    left -= batch.length;
    if (left <= 0) return;
  }
}
