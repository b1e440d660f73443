import type { Plan, Shared } from "./nodes.ts";
import { inputsOf, mapInputs } from "./walk.ts";

/**
 * Takes the marks off shared subplans that turn out to have a single consumer, so that they stream. What is
 * drawn by lot stays marked: another part of the query may have asked for it while it was bound.
 */
export function unshare(plans: readonly Plan[]): readonly Plan[] {
  const uses = new Map<number, number>();
  const count = (plan: Plan): void => {
    if (plan.kind === "Shared") {
      const before = uses.get(plan.id) ?? 0;
      uses.set(plan.id, before + 1);
      if (before > 0) return;
    }
    for (const input of inputsOf(plan)) count(input);
    // It runs many times: what is shared inside has as many consumers.
    if (plan.kind === "Partition" || plan.kind === "Apply") count(plan.body);
  };
  for (const plan of plans) count(plan);
  const rewritten = new Map<number, Shared>();
  const rewrite = (plan: Plan): Plan => {
    if (plan.kind !== "Shared") return mapInputs(plan, rewrite);
    if (uses.get(plan.id) === 1 && !plan.drawn) return rewrite(plan.input);
    const known = rewritten.get(plan.id);
    if (known) return known;
    const next: Shared = { ...plan, input: rewrite(plan.input) };
    rewritten.set(plan.id, next);
    return next;
  };
  return plans.map(rewrite);
}
