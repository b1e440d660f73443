import { type Batches, select } from "../../data/batch.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { FirstPerKey } from "../../plan/nodes.ts";
import { firstRows } from "../first-rows.ts";
import { keyIndex } from "../keys.ts";
import type { Run } from "../run.ts";

export async function* firstPerKey(plan: FirstPerKey, input: Batches, run: Run): Batches {
  const types = plan.keys.map((key) => key.type);
  const index = keyIndex(types);
  let before = 0;
  for await (const batch of input) {
    const keys = plan.keys.map((key) => evaluate(key, batch, run));
    const rows = firstRows(index.add(keys, batch.length), before, index.count);
    before = index.count;
    if (rows.length > 0) yield select(batch, rows);
  }
}
