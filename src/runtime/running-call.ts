import type { Batch } from "../data/batch.ts";
import type { Column } from "../data/column.ts";
import { sliceBatch } from "../data/slice.ts";
import { badArgument } from "../diagnostics/catalogue/binding.ts";
import { KqlError, type Span } from "../diagnostics/diagnostic.ts";
import { Refusal } from "../functions/refusal.ts";
import type { Accumulator } from "../functions/signature.ts";
import { evaluate } from "../plan/evaluate.ts";
import type { AggregateCallExpr } from "../plan/nodes.ts";
import { goesInPieces, isFixed, pieceRows } from "../plan/pieces.ts";
import type { Run } from "./run.ts";

/** An aggregate at work: rows go in with the group of each, a column per output comes out. */
export interface RunningCall {
  add(batch: Batch, groups: Int32Array, groupCount: number): void;
  finish(groupCount: number): readonly Column[];
}

/** Where the aggregate refuses an argument, the error points at it, or at `origin`. */
export function runningCall(call: AggregateCallExpr, origin: Span, run: Run): RunningCall {
  const accumulator = guarded(
    call,
    origin,
    (): Accumulator =>
      call.overload.create({
        types: call.args.map((arg) => arg.type),
        constants: call.args.map((arg) => (arg.kind === "Literal" ? arg.value : undefined)),
        outputs: call.outputs,
        random: run.random,
      }),
  );
  const inPieces =
    call.args.some(goesInPieces) &&
    call.args.every(
      (arg) => arg.kind === "Literal" || (arg.kind === "Column" && isFixed(arg.type)) || goesInPieces(arg),
    );
  const add = (batch: Batch, groups: Int32Array, groupCount: number) => {
    const args = call.args.map((arg) => evaluate(arg, batch, run));
    guarded(call, origin, () => accumulator.add(args, groups, groupCount));
  };
  return {
    add: (batch, groups, groupCount) => {
      const step = inPieces ? pieceRows : batch.length;
      for (let start = 0; start < batch.length; start += step) {
        const end = Math.min(batch.length, start + step);
        add(sliceBatch(batch, start, end), groups.subarray(start, end), groupCount);
      }
    },
    finish: (groupCount) => guarded(call, origin, () => accumulator.finish(groupCount)),
  };
}

function guarded<T>(call: AggregateCallExpr, origin: Span, body: () => T): T {
  try {
    return body();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const argument = typeof thrown.argument === "number" ? call.args[thrown.argument] : undefined;
    const span = argument?.span ?? origin;
    throw new KqlError({ ...badArgument(span, call.fn.name, thrown.message), stage: "run" });
  }
}
