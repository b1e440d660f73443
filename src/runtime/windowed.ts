import type { Batches } from "../data/batch.ts";
import { collect } from "../data/concat.ts";
import type { Schema } from "../data/types.ts";
import type { Expr } from "../plan/nodes.ts";
import { someCall } from "../plan/walk.ts";

/** The rows in one batch when an expression looks at its neighbours, else as they come. */
export async function* windowed(input: Batches, schema: Schema, exprs: readonly Expr[]): Batches {
  if (exprs.some((expr) => someCall(expr, ({ fn }) => fn.volatility === "window"))) yield collect(input, schema);
  else yield* input;
}
