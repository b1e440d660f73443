import type { Batch, Batches } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import type { Shared } from "../../plan/nodes.ts";
import type { Run } from "../run.ts";

/** The first consumer collects the rows; every consumer reads what was collected. */
export async function* shared(plan: Shared, input: Batches, run: Run): Batches {
  const known = plan.drawn ? run.drawn : run.shared;
  let rows: Promise<Batch> | undefined = known.get(plan.id);
  if (!rows) {
    rows = collect(input, plan.schema);
    known.set(plan.id, rows);
  }
  const batch = await rows;
  if (batch.length > 0) yield batch;
}
