import { type Batch, type Batches, batchOf } from "../../data/batch.ts";
import type { Column } from "../../data/column.ts";
import { concatColumns } from "../../data/concat.ts";
import { badArgument } from "../../diagnostics/catalogue/binding.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { Refusal } from "../../functions/refusal.ts";
import type { Accumulator } from "../../functions/signature.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Aggregate, AggregateCallExpr } from "../../plan/nodes.ts";
import { firstRows } from "../first-rows.ts";
import { keyIndex } from "../keys.ts";
import { pickedCells } from "../picked-cells.ts";
import type { Run } from "../run.ts";
import { windowed } from "../windowed.ts";

/** The groups come in the order of their first rows. */
export async function* aggregate(plan: Aggregate, input: Batches, run: Run): Batches {
  const types = plan.keys.map((key) => key.type);
  const index = keyIndex(types, "key");
  const calls = plan.aggregates.map((call) => newCall(plan, call, run));
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

interface RunningCall {
  add(batch: Batch, groups: Int32Array, groupCount: number): void;
  finish(groupCount: number): readonly Column[];
}

function newCall(plan: Aggregate, call: AggregateCallExpr, run: Run): RunningCall {
  const accumulator = guarded(
    plan,
    call,
    (): Accumulator =>
      call.overload.create({
        types: call.args.map((arg) => arg.type),
        constants: call.args.map((arg) => (arg.kind === "Literal" ? arg.value : undefined)),
        outputs: call.outputs,
        random: run.random,
      }),
  );
  return {
    add: (batch, groups, groupCount) => {
      const args = call.args.map((arg) => evaluate(arg, batch, run));
      guarded(plan, call, () => accumulator.add(args, groups, groupCount));
    },
    finish: (groupCount) => guarded(plan, call, () => accumulator.finish(groupCount)),
  };
}

function guarded<T>(plan: Aggregate, call: AggregateCallExpr, body: () => T): T {
  try {
    return body();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const argument = typeof thrown.argument === "number" ? call.args[thrown.argument] : undefined;
    const span = argument?.span ?? plan.origin;
    throw new KqlError({ ...badArgument(span, call.fn.name, thrown.message), stage: "run" });
  }
}
