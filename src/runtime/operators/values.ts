import type { Batches } from "../../data/batch.ts";
import type { Values } from "../../plan/nodes.ts";
import { checkCancelled, type Run } from "../run.ts";

export async function* values(plan: Values, run: Run): Batches {
  checkCancelled(run);
  if (plan.rows.length > 0) yield plan.rows;
}
