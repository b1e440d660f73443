import { integerDivision } from "../../diagnostics/catalogue/lint.ts";
import type * as ast from "../../parser/ast.ts";
import type { Node } from "../../parser/walk.ts";
import type { Expr, Plan } from "../../plan/nodes.ts";
import { exprsOf, inputsOf } from "../../plan/walk.ts";
import { type Rule, sourceText } from "../rule.ts";
import { findings } from "../walk.ts";

export const integerDivisionRule: Rule = {
  code: "KQ607",
  name: "integer-division",
  severity: "warning",
  summary: "A division of whole numbers drops the fraction that the query goes on with.",
  why:
    "`1 / 2` is 0. It is spoken of where the fraction is wanted: multiplied by 100, rounded to digits, converted to a " +
    "real, or compared with one.",
  example: {
    bad: "T | summarize a = countif(x), n = count() | extend p = a / n * 100",
    good: "T | summarize a = countif(x), n = count() | extend p = todouble(a) / n * 100",
  },
  docs: "https://learn.microsoft.com/kusto/query/numerical-operators",
  check: (query) => {
    const whole = wholeDivisions(query.plans);
    return findings(query.tree, (node, around) => {
      if (node.kind !== "Binary" || node.operator !== "/") return [];
      if (!whole.has(keyOf(node)) && !(isWhole(node.left) && isWhole(node.right))) return [];
      const user = around.find((outer) => outer.kind !== "Pipeline" || outer.operators.length > 0);
      if (!user || !wantsFraction(user, node)) return [];
      return [integerDivision(node.span, node.left.span, sourceText(query, node.left.span))];
    });
  },
};

function keyOf({ span }: { readonly span: ast.Expr["span"] }): string {
  return `${span.start}-${span.end}`;
}

/** The places of all divisions that the binder has found to be of whole numbers. */
function wholeDivisions(plans: readonly Plan[]): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Plan>();
  const inExpr = (expr: Expr): void => {
    if (expr.kind !== "Call") return;
    if (expr.fn.name === "/" && expr.args.every(({ type }) => type === "int" || type === "long"))
      found.add(keyOf(expr));
    expr.args.forEach(inExpr);
  };
  const inPlan = (plan: Plan): void => {
    if (seen.has(plan)) return;
    seen.add(plan);
    exprsOf(plan).forEach(inExpr);
    inputsOf(plan).forEach(inPlan);
  };
  plans.forEach(inPlan);
  return found;
}

function isWhole(expr: ast.Expr): boolean {
  return expr.kind === "Literal" && (expr.type === "long" || expr.type === "int");
}

function wantsFraction(user: Node, division: ast.Binary): boolean {
  if (user.kind === "Call") {
    const { name } = user.name;
    return (
      name === "todouble" || name === "toreal" || name === "todecimal" || (name === "round" && user.args.length > 1)
    );
  }
  if (user.kind !== "Binary") return false;
  const other =
    user.left.span.start <= division.span.start && user.left.span.end >= division.span.end ? user.right : user.left;
  if (other.kind !== "Literal") return false;
  if (user.operator === "*") return other.value === 100n || other.type === "real";
  return /^([<>]=?|==|!=)$/.test(user.operator) && other.type === "real" && !Number.isInteger(other.value);
}
