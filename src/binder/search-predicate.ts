import * as problem from "../diagnostics/catalogue/binding.ts";
import { Refusal } from "../functions/refusal.ts";
import { scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import { stringEnd } from "../parser/lexer.ts";
import { evaluateConstant } from "../plan/evaluate.ts";
import type { Expr, Literal } from "../plan/nodes.ts";
import { columnsIn } from "../plan/walk.ts";
import { expressionsIn } from "./ast-nodes.ts";
import { brokenExpr, callFunction, isBroken, literal } from "./coerce.ts";
import type { Context } from "./context.ts";
import { bindExpr, type Place } from "./place.ts";
import { bindTerm } from "./search-terms.ts";

export interface SearchPredicate {
  readonly expr: Expr;
  /** The conditions inside that name columns: what `and` and `or` put together. */
  readonly conditions: readonly Expr[];
  /** It looks at every column somewhere. */
  readonly everywhere: boolean;
}

/** Conditions and terms: a text that stands where a condition is expected is looked for in every column. */
export function bindSearchPredicate(predicate: ast.Expr, place: Place): SearchPredicate {
  const conditions: Expr[] = [];
  let everywhere = false;
  for (const node of expressionsIn(predicate)) if (node.kind === "Star") everywhere = true;
  const visit = (node: ast.Expr): Expr => {
    if (node.kind === "Star") return literal("bool", true, node.span);
    const connective = node.kind === "Binary" && (node.operator === "and" || node.operator === "or");
    if (node.kind === "Binary" && connective) {
      const fn = scalarFunction(node.operator);
      if (!fn) throw new Error(`the function library lacks \`${node.operator}\``);
      return callFunction(place.context, fn, [visit(node.left), visit(node.right)], node.operatorSpan);
    }
    if (isNegation(node) && place.scope.get("not") === undefined) {
      const fn = scalarFunction("not");
      if (!fn) throw new Error("the function library lacks `not`");
      const negation = (expr: Expr): Expr => callFunction(place.context, fn, [expr], node.span);
      const before = conditions.length;
      const negated = negation(visit(node.args[0]));
      conditions.push(...conditions.splice(before).map(negation));
      return negated;
    }
    const bound = bindExpr(node, place);
    if (standsAlone(node) && bound.kind === "Literal" && typeof bound.value === "string" && bound.type === "string") {
      everywhere = true;
      return bindTerm(bound.value, node.span, place);
    }
    if (isBroken(bound)) return bound;
    if (bound.type === "bool") {
      if (!(node.kind === "Binary" && node.left.kind === "Star")) conditions.push(bound);
      return bound;
    }
    place.context.report(problem.wrongType(node.span, "bool", bound.type));
    return brokenExpr(node.span);
  };
  const expr = visit(predicate);
  return { expr, conditions, everywhere };
}

/** `not("error")`: the terms inside are looked for as those outside are. */
function isNegation(node: ast.Expr): node is ast.Call & { readonly args: readonly [ast.Expr] } {
  return node.kind === "Call" && node.name.name === "not" && node.args.length === 1 && node.args[0]?.kind !== "Star";
}

/** Strings side by side are one string, but no search term. */
function standsAlone(node: ast.Expr): boolean {
  if (node.kind !== "Literal") return node.kind === "Name";
  const quote = /^[hH]/.test(node.text) ? 1 : 0;
  return node.type !== "string" || stringEnd(node.text, quote).end === node.text.length;
}

/**
 * Reports a condition that would be true of rows only because their table lacks its columns: whether such rows count is
 * not documented. `missing` says what stands for a column that the table does not have.
 */
export function refuseMissing(
  { conditions }: SearchPredicate,
  missing: (index: number) => Literal | undefined,
  table: string,
  context: Context,
): void {
  for (const condition of conditions) {
    const absent = [...columnsIn(condition)].filter((index) => missing(index) !== undefined);
    if (absent.length === 0) continue;
    const value = settled(condition, missing, context);
    if (value.kind !== "Literal" || value.value !== true) continue;
    const what = `a condition that is true where its column is missing, as it is in \`${table}\`,`;
    context.report(problem.notSupported(condition.span, what, "name the tables that have the column: `in (…)`"));
  }
}

/** `expr` with literals in the place of some columns, folded as far as that goes. */
function settled(expr: Expr, value: (index: number) => Literal | undefined, context: Context): Expr {
  if (expr.kind === "Column") return value(expr.index) ?? expr;
  if (expr.kind !== "Call") return expr;
  const args = expr.args.map((arg) => settled(arg, value, context));
  const decisive = expr.fn.name === "or" ? true : expr.fn.name === "and" ? false : undefined;
  if (decisive !== undefined && args.some((arg) => arg.kind === "Literal" && arg.value === decisive)) {
    return literal("bool", decisive, expr.span);
  }
  const call = { ...expr, args };
  if (expr.fn.volatility !== "pure" || args.some((arg) => arg.kind !== "Literal")) return call;
  try {
    return literal(expr.type, evaluateConstant(call, context.clock), expr.span);
  } catch (thrown) {
    if (thrown instanceof Refusal) return call;
    throw thrown;
  }
}
