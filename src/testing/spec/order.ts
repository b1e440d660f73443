import type { Database, QueryOptions } from "../../engine/database.ts";
import type { Plan } from "../../plan/nodes.ts";
import { inputsOf } from "../../plan/walk.ts";

/** Whether the query puts the rows of its one result in order. */
export async function isOrdered(text: string, database: Database, options: QueryOptions): Promise<boolean> {
  const { results } = await database.prepare(text, options);
  const [result] = results;
  return result !== undefined && inOrder(result.plan);
}

/** Whether some `take` of the query picks from rows that nobody has put in order. */
export async function takesAtRandom(text: string, database: Database, options: QueryOptions): Promise<boolean> {
  const { results } = await database.prepare(text, options);
  return results.some(({ plan }) => hasUnorderedLimit(plan));
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
