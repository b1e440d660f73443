import type { Plan } from "../nodes.ts";
import { isRowLocal } from "../walk.ts";

/** `sort | take n` keeps n rows while it sorts, also when columns are projected in between. */
export function limitSorts(plan: Plan): Plan {
  return plan.kind === "Limit" ? (limited(plan.input, plan.count) ?? plan) : plan;
}

/** The first `count` rows of `plan`; undefined when nothing is gained. */
function limited(plan: Plan, count: number): Plan | undefined {
  switch (plan.kind) {
    case "Sort":
      return { ...plan, limit: Math.min(plan.limit ?? count, count) };
    case "Limit":
      return { ...plan, count: Math.min(plan.count, count) };
    case "Project": {
      const input = plan.outputs.every(isRowLocal) ? limited(plan.input, count) : undefined;
      return input && { ...plan, input };
    }
    default:
      return undefined;
  }
}
