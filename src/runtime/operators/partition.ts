import { type Batch, type Batches, select } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { nullPartition, tooManyPartitions } from "../../diagnostics/catalogue/binding.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Partition } from "../../plan/nodes.ts";
import { givenRun, sharedWith } from "../given.ts";
import { keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";

/** The parts come in the order of their first rows. */
export async function* partition(plan: Partition, input: Batches, body: (run: Run) => Batches, run: Run): Batches {
  const all = await collect(input, plan.input.schema);
  if (all.length === 0) return;
  const index = keyIndex([plan.key.type]);
  const key = evaluate(plan.key, all, run);
  const ids = index.add([key], all.length);
  if (plan.limit !== undefined) {
    if (index.count > plan.limit) throw new KqlError({ ...tooManyPartitions(plan.origin, plan.limit), stage: "run" });
    if (key.validity?.includes(0)) throw new KqlError({ ...nullPartition(plan.origin), stage: "run" });
  }
  const { starts, rows } = rowsById(ids, index.count);
  const own = sharedWith(plan.body, plan.given);
  for (let id = 0; id < index.count; id++) {
    checkCancelled(run);
    const part: Batch = select(all, rows.slice(starts[id], starts[id + 1]));
    yield* body(givenRun(run, plan.given, part, own));
  }
}
