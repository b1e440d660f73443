import { scalarFunction } from "../../functions/registry.ts";
import type { Expr, Filter, Plan } from "../nodes.ts";
import { isRowLocal } from "../walk.ts";

/** `a and b` as two filters: each finds its own way down, and `b` is computed only for the rows that `a` leaves. */
export function splitFilters(plan: Plan): Plan {
  if (plan.kind !== "Filter" || !isRowLocal(plan.predicate)) return plan;
  return conjuncts(plan.predicate).reduce((input, predicate): Filter => ({ ...plan, input, predicate }), plan.input);
}

/** The conditions of an `and`, in its order. */
export function conjuncts(expr: Expr): readonly Expr[] {
  return expr.kind === "Call" && expr.fn === scalarFunction("and") ? expr.args.flatMap(conjuncts) : [expr];
}
