import { cellText, kqlLiteral } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { Refusal } from "../functions/refusal.ts";
import { scalarFunction } from "../functions/registry.ts";
import type { Overload, ScalarFunction } from "../functions/signature.ts";
import { evaluateConstant } from "../plan/evaluate.ts";
import type { Call, Expr, Literal } from "../plan/nodes.ts";
import type { Context } from "./context.ts";
import { matchOverload } from "./overloads.ts";

/** Expressions that stand for something already reported: whatever uses them stays silent. */
const broken = new WeakSet<Expr>();

export function brokenExpr(span: Span): Expr {
  const expr: Literal = { kind: "Literal", value: null, type: "dynamic", span };
  broken.add(expr);
  return expr;
}

export function isBroken(expr: Expr): boolean {
  return broken.has(expr);
}

export function literal(type: ScalarType, value: Literal["value"], span: Span): Literal {
  return { kind: "Literal", value, type, span };
}

const castNames: Readonly<Record<ScalarType, string>> = {
  bool: "tobool",
  int: "toint",
  long: "tolong",
  real: "toreal",
  decimal: "todecimal",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
  string: "tostring",
  dynamic: "dynamic()",
};

/** `expr` as a value of `type`, by the function that the query could have called itself (`tolong`, …). */
export function coerce(context: Context, expr: Expr, type: ScalarType | undefined): Expr {
  if (type === undefined || expr.type === type || isBroken(expr)) return expr;
  return callFunction(context, named(castNames[type]), [expr], expr.span);
}

function named(name: string): ScalarFunction {
  const fn = scalarFunction(name);
  if (!fn) throw new Error(`the function library lacks \`${name}\``);
  return fn;
}

/** A call of a library function with arguments that are bound already; reports what does not fit. */
export function callFunction(context: Context, fn: ScalarFunction, args: readonly Expr[], span: Span): Expr {
  if (args.some(isBroken)) return brokenExpr(span);
  const match = matchOverload(
    fn.overloads,
    args.map((arg) => arg.type),
  );
  if (!match) {
    context.report(mismatch(fn, args, span));
    return brokenExpr(span);
  }
  const { refusal } = match.overload;
  if (refusal) {
    context.report(refused(fn, refusal, args, span));
    return brokenExpr(span);
  }
  const coerced = args.map((arg, i) => coerce(context, arg, match.targets[i]));
  for (const [i, param] of match.params.entries()) {
    const arg = coerced[i];
    if (param.constant && arg && arg.kind !== "Literal" && !isBroken(arg)) {
      context.report(problem.constantExpected(arg.span, `the argument \`${param.name}\` of \`${fn.name}\``));
      return brokenExpr(span);
    }
  }
  if (coerced.some(isBroken)) return brokenExpr(span);
  return fold(context, { kind: "Call", fn, overload: match.overload, args: coerced, type: match.type, span });
}

function mismatch(fn: ScalarFunction, args: readonly Expr[], span: Span) {
  const types = args.map((arg) => arg.type);
  if (isOperator(fn.name))
    return problem.operatorNotDefined(span, fn.name === "negate" ? "-" : fn.name, types, operatorHelp(types));
  const alike = fn.overloads.some(({ params }) => params.some((param) => param.type === "alike"));
  if (alike && types.includes("real") && (types.includes("long") || types.includes("int"))) {
    const help = "its values have one type, and an integer is no real: convert it with `toreal(…)`, or write `1.0`";
    return problem.noOverload(span, fn.name, types, [], help);
  }
  return problem.noOverload(
    span,
    fn.name,
    types,
    fn.overloads.slice(0, 4).map((overload) => signatureText(fn.name, overload)),
  );
}

function operatorHelp(types: readonly ScalarType[]): string | undefined {
  const [left, right] = types;
  return left === undefined || right === undefined || left === right
    ? undefined
    : `convert one side, for example with \`${castNames[left]}(…)\``;
}

function isOperator(name: string): boolean {
  return (
    !/^[a-z_0-9]+$/i.test(name) ||
    name === "negate" ||
    name === "and" ||
    name === "or" ||
    /^(has|in|between|contains|matches)/.test(name)
  );
}

function signatureText(name: string, overload: Pick<Overload, "params">): string {
  const params = overload.params.map(({ name: param, type, presence }) => {
    if (presence === "optional") return `[${param}: ${type}]`;
    return presence === "repeated" ? `${param}: ${type}, …` : `${param}: ${type}`;
  });
  return `${name}(${params.join(", ")})`;
}

function refused(fn: ScalarFunction, { argument, message }: Refusal, args: readonly Expr[], span: Span) {
  const place = typeof argument === "number" ? (args[argument]?.span ?? span) : span;
  return problem.badArgument(place, fn.name, message);
}

/** Calls that need no row become literals now: pure ones, and those fixed for one run such as `ago(1d)`. */
function fold(context: Context, call: Call): Expr {
  const foldable = call.fn.volatility === "pure" || call.fn.volatility === "query";
  if (!foldable || call.args.some((arg) => arg.kind !== "Literal")) return call;
  try {
    return literal(call.type, evaluateConstant(call, context.clock), call.span);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    context.report(refused(call.fn, thrown, call.args, call.span));
    return brokenExpr(call.span);
  }
}

/** The text of a literal, as a message shows it. */
export function literalText(expr: Literal): string {
  return expr.type === "string" ? cellText(expr.type, expr.value) : kqlLiteral(expr.type, expr.value);
}
