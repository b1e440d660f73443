import type { Batches } from "../../data/batch.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Unnest } from "../../plan/nodes.ts";
import { expandedCounts, expandedRows, expansion, listsOf, stretch } from "../expansion.ts";
import { checkCancelled, type Run } from "../run.ts";
import { windowed } from "../windowed.ts";

/** https://learn.microsoft.com/kusto/query/mv-expand-operator */
export async function* unnest(plan: Unnest, input: Batches, run: Run): Batches {
  const exprs = plan.items.map((item) => item.expr);
  for await (const batch of windowed(input, plan.input.schema, exprs)) {
    const lists = plan.items.map(({ expr }) => listsOf(evaluate(expr, batch, run), batch.length, plan.bagExpansion));
    const counts = expandedCounts(lists, batch.length, plan.rowLimit);
    for (let start = 0; start < batch.length; ) {
      checkCancelled(run);
      const { end, length } = stretch(counts, start);
      if (length > 0) yield expandedRows(plan, batch, lists, expansion(counts, start, end, length));
      start = end;
    }
  }
}
