import { type Batch, type Batches, select } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Sort } from "../../plan/nodes.ts";
import { checkCancelled, type Run } from "../run.ts";
import { type OrderedColumn, sortedRows } from "../sorted-rows.ts";
import { topRows } from "../top-rows.ts";
import { windowed } from "../windowed.ts";

export async function* sort(plan: Sort, input: Batches, run: Run): Batches {
  const keysOf = (batch: Batch): readonly OrderedColumn[] =>
    plan.keys.map(({ expr, descending, nullsFirst }) => {
      return { column: evaluate(expr, batch, run), descending, nullsFirst };
    });
  if (plan.limit !== undefined) {
    if (plan.limit === 0) return;
    const top = topRows(plan.schema, plan.limit, keysOf);
    const exprs = plan.keys.map((key) => key.expr);
    for await (const batch of windowed(input, plan.schema, exprs)) top.add(batch);
    const rows = top.finish();
    if (rows.length > 0) yield rows;
    return;
  }
  const all = await collect(input, plan.schema);
  checkCancelled(run);
  if (all.length > 0) yield select(all, sortedRows(keysOf(all), all.length));
}
