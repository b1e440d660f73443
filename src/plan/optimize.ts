import type { Plan } from "./nodes.ts";
import { limitSorts } from "./rules/limit-sorts.ts";
import { pruneColumns } from "./rules/prune-columns.ts";
import { shareScans } from "./rules/share-scans.ts";
import { sinkFilters } from "./rules/sink-filters.ts";
import { splitFilters } from "./rules/split-filters.ts";
import { wishFilters } from "./rules/wish-filters.ts";
import { rewriter } from "./walk.ts";

type Rule = (plans: readonly Plan[]) => readonly Plan[];

const everywhere =
  (rule: (plan: Plan) => Plan): Rule =>
  (plans) =>
    plans.map(rewriter(rule));

/** In this order: each rule finds what the ones before it have laid open. */
const rules: readonly Rule[] = [
  everywhere(splitFilters),
  everywhere(sinkFilters),
  everywhere(limitSorts),
  shareScans,
  everywhere(wishFilters),
  pruneColumns,
];

/** Plans that give the same rows in the same order, sooner. They run together: what they share stays shared. */
export function optimize(plans: readonly Plan[]): readonly Plan[] {
  return rules.reduce((current, rule) => rule(current), plans);
}
