import type { BoundResult, Locate, Rendering } from "../binder/bind.ts";
import { type Batch, batchOf } from "../data/batch.ts";
import { collect } from "../data/concat.ts";
import type { Schema } from "../data/types.ts";
import { tooManyRows } from "../diagnostics/catalogue/engine.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Plan } from "../plan/nodes.ts";
import { startEarly } from "../runtime/early.ts";
import { execute } from "../runtime/execute.ts";
import type { OperatorCost } from "../runtime/profile.ts";
import type { Run } from "../runtime/run.ts";

/** The rows of one tabular statement. */
export interface ResultTable {
  readonly schema: Schema;
  readonly rows: Batch;
  /** What `render` asked for. */
  readonly rendering?: Rendering | undefined;
  /** By operator, top down, where the query was given a timer. */
  readonly costs?: readonly OperatorCost[] | undefined;
}

/** Runs `plan`, which is that of `bound` as somebody has rewritten it. Throws `KqlError`. */
export async function resultTable(bound: BoundResult, plan: Plan, run: Run, locate: Locate): Promise<ResultTable> {
  const rows = await located(locate, async () => {
    const lazy = await collected(plan, run);
    // Columns are made at the first look, and data that does not fit is an error then: look now, while it is ours.
    const columns = plan.schema.map((_, index) => lazy.column(index));
    return batchOf(plan.schema, columns, lazy.length);
  });
  const { mostRows, rendering } = bound;
  if (mostRows !== undefined && rows.length > mostRows) throw new KqlError(tooManyRows(rows.length, mostRows));
  return { schema: plan.schema, rows, rendering };
}

async function collected(plan: Plan, run: Run): Promise<Batch> {
  const stop = startEarly(plan, run);
  try {
    return await collect(execute(plan, run), plan.schema);
  } finally {
    stop();
  }
}

/** Runs `work`, with the places of its errors in the query. */
export async function located<T>(locate: Locate, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    const [first, ...others] = thrown.diagnostics;
    throw new KqlError(locate(first), ...others.map(locate));
  }
}
