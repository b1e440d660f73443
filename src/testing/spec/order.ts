import type { Plan } from "../../plan/nodes.ts";
import { inputsOf } from "../../plan/walk.ts";

/** Whether a query of these plans, as they are bound, puts the rows of its one result in order. */
export function isOrdered([plan]: readonly Plan[]): boolean {
  return plan !== undefined && inOrder(plan);
}

/** Whether some `take` of the query picks from rows that nobody has put in order. */
export function takesAtRandom(plans: readonly Plan[]): boolean {
  return plans.some(hasUnorderedLimit);
}

function hasUnorderedLimit(plan: Plan): boolean {
  return (plan.kind === "Limit" && !inOrder(plan.input)) || inputsOf(plan).some(hasUnorderedLimit);
}

/** True when the rows come in an order that the plan names, and not by accident. */
function inOrder(plan: Plan): boolean {
  switch (plan.kind) {
    case "Sort":
    case "Range":
      return true;
    case "Filter":
    case "Project":
    case "Extract":
    case "Limit":
    case "Shared":
    case "Unnest":
      return inOrder(plan.input);
    default:
      return false;
  }
}
