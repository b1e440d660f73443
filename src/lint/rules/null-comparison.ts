import { nullComparison } from "../../diagnostics/catalogue/lint.ts";
import type * as ast from "../../parser/ast.ts";
import { type Rule, sourceText } from "../rule.ts";
import { findings } from "../walk.ts";

export const nullComparisonRule: Rule = {
  code: "KQ606",
  name: "null-comparison",
  severity: "warning",
  summary: "Nothing is equal to null, null itself included.",
  why: "`x == int(null)` is false or null for every row: `isnull(x)` asks whether there is a value.",
  example: { bad: "T | where Port == int(null)", good: "T | where isnull(Port)" },
  docs: "https://learn.microsoft.com/kusto/query/scalar-data-types/null-values",
  check: (query) =>
    findings(query.tree, (node) => {
      if (node.kind !== "Binary" || node.operator !== "==") return [];
      const other = isNull(node.right) ? node.left : isNull(node.left) ? node.right : undefined;
      if (!other || isNull(other)) return [];
      return [nullComparison(node.span, node.operator, `isnull(${sourceText(query, other.span)})`)];
    }),
};

/** Texts are never null. */
function isNull(expr: ast.Expr): boolean {
  return expr.kind === "Literal" && expr.value === null && expr.type !== "string";
}
