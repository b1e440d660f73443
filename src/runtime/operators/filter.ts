import { type Batches, select } from "../../data/batch.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Filter } from "../../plan/nodes.ts";
import type { Run } from "../run.ts";
import { trueRows } from "../true-rows.ts";
import { windowed } from "../windowed.ts";

export async function* filter(plan: Filter, input: Batches, run: Run): Batches {
  const { predicate } = plan;
  if (predicate.kind === "Literal") {
    if (predicate.value === true) yield* input;
    return;
  }
  for await (const batch of windowed(input, plan.schema, [predicate])) {
    const rows = trueRows(evaluate(predicate, batch, run), batch.length);
    if (rows === "all") yield batch;
    else if (rows.length > 0) yield select(batch, rows);
  }
}
