import { type Batch, batchOf } from "../data/batch.ts";
import { cellAt, constantColumn } from "../data/cells.ts";
import type { Cell, Column } from "../data/column.ts";
import { sliceBatch } from "../data/slice.ts";
import { badArgument } from "../diagnostics/catalogue/binding.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { Refusal } from "../functions/refusal.ts";
import type { Call, Expr } from "./nodes.ts";
import { goesInPieces, pieced, pieceRows } from "./pieces.ts";

/** What an expression may ask of the run. */
export interface Clock {
  /** Ticks of 100 ns since year 1. */
  readonly now: bigint;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A column of `batch.length` cells, or a constant one. Throws `KqlError` where an argument has no meaning. */
export function evaluate(expr: Expr, batch: Batch, clock: Clock): Column {
  switch (expr.kind) {
    case "Column":
      return batch.column(expr.index);
    case "Literal":
      return constantColumn(expr.type, expr.value);
    case "Call": {
      if (batch.length > 2 * pieceRows && goesInPieces(expr)) {
        return pieced(expr.type, batch.length, (start, end) => evaluate(expr, sliceBatch(batch, start, end), clock));
      }
      const args = expr.args.map((arg) => evaluate(arg, batch, clock));
      try {
        return call(expr, args, batch.length, clock);
      } catch (thrown) {
        throw thrown instanceof Refusal ? refused(expr, thrown) : thrown;
      }
    }
  }
}

function call(expr: Call, args: readonly Column[], rows: number, { now, random }: Clock): Column {
  return expr.overload.eval(args, { rows, returns: expr.type, now, random });
}

function refused(expr: Call, { argument, message }: Refusal): KqlError {
  const place = typeof argument === "number" ? expr.args[argument] : undefined;
  return new KqlError({ ...badArgument(place?.span ?? expr.span, expr.fn.name, message), stage: "run" });
}

const oneRow: Batch = batchOf([], [], 1);

/** The value of a call whose arguments are literals. Throws the kernel's `Refusal`. */
export function evaluateConstant(expr: Call, clock: Clock): Cell {
  const args = expr.args.map((arg) => evaluate(arg, oneRow, clock));
  return cellAt(call(expr, args, 1, clock), 0);
}
