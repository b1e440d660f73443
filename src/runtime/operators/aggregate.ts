import { type Batches, batchOf } from "../../data/batch.ts";
import { concatColumns } from "../../data/concat.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Aggregate } from "../../plan/nodes.ts";
import { firstRows } from "../first-rows.ts";
import { keyIndex } from "../keys.ts";
import { pickedCells } from "../picked-cells.ts";
import type { Run } from "../run.ts";
import { runningCall } from "../running-call.ts";
import { windowed } from "../windowed.ts";

/** The groups come in the order of their first rows. */
export async function* aggregate(plan: Aggregate, input: Batches, run: Run): Batches {
  const types = plan.keys.map((key) => key.type);
  const index = keyIndex(types);
  const calls = plan.aggregates.map((call) => runningCall(call, plan.origin, run));
  const keyParts: Part[][] = plan.keys.map(() => []);
  let before = 0;
  const exprs = [...plan.keys, ...plan.aggregates.flatMap((call) => call.args)];
  for await (const batch of windowed(input, plan.input.schema, exprs)) {
    const keys = plan.keys.map((key) => evaluate(key, batch, run));
    const groups = index.add(keys, batch.length);
    if (index.count > before && keys.length > 0) {
      const rows = firstRows(groups, before, index.count);
      for (const [i, key] of keys.entries()) keyParts[i]!.push({ column: pickedCells(key, rows), length: rows.length });
      before = index.count;
    }
    for (const call of calls) call.add(batch, groups, index.count);
  }
  if (index.count === 0) return;
  const columns = [
    ...keyParts.map((parts, i) => concatColumns(parts, types[i]!, index.count)),
    ...calls.flatMap((call) => call.finish(index.count)),
  ];
  yield batchOf(plan.schema, columns, index.count);
}

type Part = Parameters<typeof concatColumns>[0][number];
