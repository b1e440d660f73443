import type { Plan } from "./nodes.ts";
import { limitSorts } from "./rules/limit-sorts.ts";
import { pruneColumns } from "./rules/prune-columns.ts";
import { sinkFilters } from "./rules/sink-filters.ts";
import { splitFilters } from "./rules/split-filters.ts";
import { wishFilters } from "./rules/wish-filters.ts";
import { rewriter } from "./walk.ts";

/** In this order: each rule finds what the ones before it have laid open. */
const rules: readonly ((plan: Plan) => Plan)[] = [splitFilters, sinkFilters, limitSorts, wishFilters];

/** Plans that give the same rows in the same order, sooner. They run together: what they share stays shared. */
export function optimize(plans: readonly Plan[]): readonly Plan[] {
  return pruneColumns(rules.reduce((current, rule) => current.map(rewriter(rule)), plans));
}
