import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { brokenExpr, callFunction, coerce, isBroken, literal } from "./coerce.ts";
import { bindExpr, type Place } from "./place.ts";

/** https://learn.microsoft.com/kusto/query/search-operator#search-predicate-syntax */

const sensitive: ReadonlySet<string> = new Set(
  ["has", "hasprefix", "hassuffix", "contains", "startswith", "endswith", "like"].flatMap((name) => [name, `!${name}`]),
);
const insensitive: ReadonlySet<string> = new Set(["=~", "!~", "in~", "!in~", "has_any", "has_all"]);

/** The operator that is meant: `search kind=case_sensitive` minds the case everywhere. Undefined after a report. */
export function comparison(operator: string, at: Span, { search, context }: Place): string | undefined {
  if (search !== "case_sensitive") return operator;
  if (sensitive.has(operator)) return `${operator}_cs`;
  if (!insensitive.has(operator)) return operator;
  context.report(problem.notSupported(at, `\`${operator}\` in a case-sensitive search`));
  return undefined;
}

/** `* has "x"`, `* == "x"`: true when it is for some column, `* !has "x"` when no column has it; and `Column:"term"`, `*:"term"`. */
export function bindMatch(expr: ast.Binary, place: Place): Expr {
  const { context } = place;
  const { operator, operatorSpan, span } = expr;
  if (operator === ":") {
    if (!place.search) {
      context.report(problem.notSupported(operatorSpan, "`:` outside of `search` and `find`", "write `has`"));
      return brokenExpr(span);
    }
    const text = bindExpr(expr.right, place);
    if (isBroken(text)) return brokenExpr(span);
    if (text.kind !== "Literal" || typeof text.value !== "string" || text.type !== "string") {
      context.report(problem.constantExpected(expr.right.span, "a search term"));
      return brokenExpr(span);
    }
    if (expr.left.kind === "Star") return bindTerm(text.value, span, place);
    const column = bindExpr(expr.left, place);
    if (isBroken(column)) return brokenExpr(span);
    if (column.type === "string" || column.type === "dynamic") return bindTermIn([column], text.value, span, place);
    context.report(problem.operatorNotDefined(operatorSpan, ":", [column.type, text.type]));
    return brokenExpr(span);
  }
  const pattern = bindExpr(expr.right, place);
  const columns = everyColumn(span, place);
  if (isBroken(pattern) || !columns) return brokenExpr(span);
  if (pattern.type !== "string") {
    context.report(problem.wrongType(expr.right.span, "string", pattern.type));
    return brokenExpr(span);
  }
  const negated = operator.startsWith("!");
  const name = comparison(negated ? positive(operator) : operator, operatorSpan, place);
  if (name === undefined) return brokenExpr(span);
  const some = anyOf(name, columns, pattern, span, place);
  const not = scalarFunction("not");
  return negated && not && !isBroken(some) ? callFunction(context, not, [some], span) : some;
}

function positive(operator: string): string {
  return operator === "!~" ? "=~" : operator.slice(1);
}

/** A term that stands alone: some column has it. */
export function bindTerm(term: string, span: Span, place: Place): Expr {
  const columns = everyColumn(span, place);
  return columns ? bindTermIn(columns, term, span, place) : brokenExpr(span);
}

function bindTermIn(columns: readonly Expr[], term: string, span: Span, place: Place): Expr {
  const cs = place.search === "case_sensitive" ? "_cs" : "";
  const open = term.startsWith("*");
  const close = term.length > 1 && term.endsWith("*");
  const inner = term.slice(open ? 1 : 0, close ? -1 : undefined);
  if (inner === "") return literal("bool", true, span);
  if (!inner.includes("*")) {
    const name = open && close ? "contains" : open ? "hassuffix" : close ? "hasprefix" : "has";
    return anyOf(`${name}${cs}`, columns, literal("string", inner, span), span, place);
  }
  if (open || close) {
    place.context.report(problem.notSupported(span, "a search term with `*` both inside and at an end"));
    return brokenExpr(span);
  }
  const words = inner.split("*").map((word) => word.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&"));
  const pattern = literal("string", `\\b${words.join(".*")}\\b`, span);
  return anyOf(cs === "" ? "search()" : "matches regex", columns, pattern, span, place);
}

/** The columns of the row, as text is looked for in them. */
function everyColumn(span: Span, { row, context }: Place): readonly Expr[] | undefined {
  if (!row || row.aggregation) {
    context.report(problem.notSupported(span, "`*` outside of a row"));
    return undefined;
  }
  return row.schema.map(({ name, type }, index) => ({ kind: "Column", index, name, type, span }));
}

function anyOf(name: string, columns: readonly Expr[], pattern: Expr, span: Span, { context }: Place): Expr {
  const fn = scalarFunction(name);
  const or = scalarFunction("or");
  if (!fn || !or) {
    context.report(problem.notSupported(span, `the operator \`${name}\``));
    return brokenExpr(span);
  }
  const tests = columns.map((column) => callFunction(context, fn, [coerce(context, column, "string"), pattern], span));
  const [first = literal("bool", false, span), ...others] = tests;
  return others.reduce((left, right) => callFunction(context, or, [left, right], span), first);
}
