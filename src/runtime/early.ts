import type { Plan, Shared } from "../plan/nodes.ts";
import { hasGiven, inputsOf } from "../plan/walk.ts";
import { execute } from "./execute.ts";
import type { Run } from "./run.ts";

/**
 * Starts what several parts of a plan need and other threads read, so that it is there when somebody asks. Gives how to
 * stop it.
 */
export function startEarly(plan: Plan, run: Run): () => void {
  // Operators that run at the same time cannot be told apart by a clock.
  if (run.profile) return () => {};
  let stopped = false;
  const signal = {
    get aborted() {
      return stopped || run.signal?.aborted === true;
    },
    get reason() {
      return run.signal?.reason;
    },
  };
  for (const shared of worthStarting(plan)) {
    const rows = execute(shared, { ...run, signal })[Symbol.asyncIterator]();
    // What goes wrong is told to whoever asks for the rows.
    rows.next().catch(() => {});
  }
  return () => {
    stopped = true;
  };
}

function worthStarting(plan: Plan): readonly Shared[] {
  const seen = new Set<Plan>();
  const found = new Map<number, Shared>();
  const visit = (node: Plan): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === "Shared" && !node.drawn && isConcurrent(node.input) && !hasGiven(node)) found.set(node.id, node);
    else for (const input of inputsOf(node)) visit(input);
  };
  visit(plan);
  return [...found.values()];
}

/** Filters and projections of one table that is read by others. */
function isConcurrent(plan: Plan): boolean {
  if (plan.kind === "Scan") return plan.source.concurrent === true;
  return (plan.kind === "Filter" || plan.kind === "Project") && isConcurrent(plan.input);
}
