import type { Expr, Plan, Scan } from "../nodes.ts";
import { columnsIn, isRowLocal } from "../walk.ts";

/** Of a predicate with more columns a source can make little use. */
const mostColumns = 4;

/** Filters right above a scan are told to its source, the first filter first. They stay: a wish need not be granted. */
export function wishFilters(plan: Plan): Plan {
  return plan.kind === "Filter" ? (wished(plan, plan.predicate) ?? plan) : plan;
}

function wished(plan: Plan, predicate: Expr): Plan | undefined {
  if (plan.kind === "Filter") {
    // Other filters below must come first only if they look at more than one row.
    const input = isRowLocal(predicate) && isRowLocal(plan.predicate) ? wished(plan.input, predicate) : undefined;
    return input && { ...plan, input };
  }
  if (plan.kind !== "Scan") return undefined;
  const { size } = columnsIn(predicate);
  const scan: Scan = { ...plan, wishes: [...(plan.wishes ?? []), predicate] };
  return size > 0 && size <= mostColumns ? scan : undefined;
}
