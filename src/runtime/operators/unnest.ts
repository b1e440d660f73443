import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Unnest } from "../../plan/nodes.ts";
import {
  type Expansion,
  expandedCounts,
  expansion,
  itemColumn,
  type Lists,
  listsOf,
  placeColumn,
  stretch,
} from "../expansion.ts";
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
      if (length > 0) yield expanded(plan, batch, lists, expansion(counts, start, end, length));
      start = end;
    }
  }
}

function expanded(plan: Unnest, batch: Batch, lists: readonly Lists[], rows: Expansion): Batch {
  const { schema, items, itemIndex } = plan;
  const kept = select(batch, rows.parents);
  return lazyBatch(schema, rows.parents.length, (index) => {
    if (index === itemIndex) return placeColumn(rows);
    const item = items.findIndex(({ output }) => output === index);
    return item < 0 ? kept.column(index) : itemColumn(lists[item]!, schema[index]!.type, rows);
  });
}
