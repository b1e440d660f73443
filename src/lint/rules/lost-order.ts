import { lostOrder } from "../../diagnostics/catalogue/lint.ts";
import { aggregateFunction } from "../../functions/registry.ts";
import type * as op from "../../parser/ast-operators.ts";
import { walk } from "../../parser/walk.ts";
import { keywordOf, type Rule } from "../rule.ts";
import { findings } from "../walk.ts";

/** Aggregates that give the same for any order of the rows. */
const orderless =
  /^(count|dcount|sum|avg|min|max|stdevp?|variancep?|percentiles?w?|count_distinct|cnt|covariancep?)(if)?$/;

export const lostOrderRule: Rule = {
  code: "KQ610",
  name: "lost-order",
  severity: "hint",
  summary: "`sort` in front of an operator that does not keep the order.",
  why: "`summarize`, `join`, `distinct`, `count` and another `sort` give rows in an order of their own.",
  example: {
    bad: "T | sort by Time | summarize count() by Name",
    good: "T | summarize count() by Name | sort by Name",
  },
  docs: "https://learn.microsoft.com/kusto/query/sort-operator",
  check: (query) =>
    findings(query.tree, (node) => {
      if (node.kind !== "Pipeline") return [];
      return node.operators.flatMap((operator, i) => {
        const next = node.operators[i + 1];
        if (operator.kind !== "Sort" || !next || !losesOrder(next)) return [];
        const keyword = keywordOf(query, operator);
        const start = query.text.indexOf(keyword, operator.span.start);
        const edit = { start: (node.operators[i - 1] ?? node.source).span.end, end: operator.span.end };
        return [lostOrder({ start, end: start + keyword.length }, keyword, keywordOf(query, next), edit)];
      });
    }),
};

function losesOrder(operator: op.Operator): boolean {
  switch (operator.kind) {
    case "Count":
    case "Distinct":
    case "Join":
    case "Sort":
    case "Top":
      return true;
    case "Summarize": {
      let keeps = false;
      walk(operator, (node) => {
        if (node.kind !== "Call") return;
        const { name } = node.name;
        if (aggregateFunction(name) && !orderless.test(name)) keeps = true;
      });
      return !keeps;
    }
    default:
      return false;
  }
}
