import type { Batch, Batches, ScanPredicate } from "../../data/batch.ts";
import { type Diagnostic, KqlError } from "../../diagnostics/diagnostic.ts";
import { type Clock, evaluate } from "../../plan/evaluate.ts";
import type { Expr, Scan } from "../../plan/nodes.ts";
import { portableExprs } from "../../plan/portable.ts";
import { columnsIn } from "../../plan/walk.ts";
import { checkCancelled, type Run } from "../run.ts";
import { trueMask } from "../true-rows.ts";
import { refusesAll } from "./value-ranges.ts";

/** The rows of a table. What the plan does not need of it, the source may leave out. */
export async function* scan(plan: Scan, run: Run): Batches {
  checkCancelled(run);
  const columns = plan.columns ?? new Set(plan.schema.keys());
  const predicate = plan.wishes && wishOf(plan.wishes, run);
  try {
    for await (const batch of plan.source.scan({ columns, predicate })) {
      checkCancelled(run);
      if (batch.length > 0) yield batch;
    }
  } catch (thrown) {
    throw thrown instanceof KqlError ? placed(thrown, plan) : thrown;
  }
}

/** A reader knows the place in its file, but not the one in the query. */
function placed({ diagnostics }: KqlError, { origin }: Scan): KqlError {
  const [first, ...others] = diagnostics;
  const at = (diagnostic: Diagnostic): Diagnostic => {
    const { span, text } = diagnostic.labels[0];
    return span.end > 0 ? diagnostic : { ...diagnostic, labels: [{ span: origin, text }] };
  };
  return new KqlError(at(first), ...others.map(at));
}

/** What a source is told of the conditions. */
export function wishOf(wishes: readonly Expr[], clock: Clock): ScanPredicate {
  return {
    columns: columnsIn(...wishes),
    keep: (batch) => wantedRows(wishes, batch, clock),
    refusesAll: (rangeOf) => wishes.some((wish) => refusesAll(wish, rangeOf)),
    portable: () => portableExprs(wishes, clock.now),
  };
}

/** 0 for rows that fail one of the wishes, though not for all of those: the filters above look again. */
function wantedRows(wishes: readonly Expr[], batch: Batch, clock: Clock): Uint8Array {
  const kept = new Uint8Array(batch.length).fill(1);
  for (const wish of wishes) {
    const mask = attempted(wish, batch, clock);
    if (!mask) return kept;
    let count = 0;
    for (let row = 0; row < kept.length; row++) {
      kept[row]! &= mask[row]!;
      count += kept[row]!;
    }
    // With few rows left, the next condition is cheaper on those alone.
    if (count * 4 < kept.length) return kept;
  }
  return kept;
}

/** Undefined when the condition cannot be computed: it may still be for the rows that another one leaves. */
function attempted(wish: Expr, batch: Batch, clock: Clock): Uint8Array | undefined {
  try {
    return trueMask(evaluate(wish, batch, clock), batch.length);
  } catch (thrown) {
    if (thrown instanceof KqlError) return undefined;
    throw thrown;
  }
}
