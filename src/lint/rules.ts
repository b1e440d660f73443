import type { Rule } from "./rule.ts";
import { foldedEqualityRule } from "./rules/folded-equality.ts";
import { implicitJoinKindRule } from "./rules/implicit-join-kind.ts";
import { indexedContainsRule } from "./rules/indexed-contains.ts";
import { integerDivisionRule } from "./rules/integer-division.ts";
import { lostOrderRule } from "./rules/lost-order.ts";
import { neverEqualRule } from "./rules/never-equal.ts";
import { noTermRule } from "./rules/no-term.ts";
import { nullComparisonRule } from "./rules/null-comparison.ts";
import { severalColumnsInRule } from "./rules/several-columns-in.ts";
import { unorderedTakeRule } from "./rules/unordered-take.ts";
import { unusedLetRule } from "./rules/unused-let.ts";

/** Every rule, by its code. */
export const rules: readonly Rule[] = [
  implicitJoinKindRule,
  severalColumnsInRule,
  noTermRule,
  foldedEqualityRule,
  neverEqualRule,
  unorderedTakeRule,
  nullComparisonRule,
  integerDivisionRule,
  unusedLetRule,
  indexedContainsRule,
  lostOrderRule,
];
