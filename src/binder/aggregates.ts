import { cellText } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { Refusal } from "../functions/refusal.ts";
import type { AggregateFunction, AggregateOverload, ArgumentName } from "../functions/signature.ts";
import type * as ast from "../parser/ast.ts";
import type { AggregateCallExpr, Expr } from "../plan/nodes.ts";
import { brokenExpr, coerce, isBroken } from "./coerce.ts";
import { impliedName } from "./column-names.ts";
import { type Match, matchOverload, takesCount } from "./overloads.ts";
import { bindExpr, type Place } from "./place.ts";
import type { Aggregation, Row } from "./scope.ts";

/** One output column of an aggregate call. */
export interface AggregateOutput {
  readonly expr: Expr;
  /** Undefined where the query has to name it, and `Column1` and so on stand in. */
  readonly name: string | undefined;
}

/** An aggregate as part of a scalar expression, such as `max(a) - min(a)`: it has one output there. */
export function bindAggregate(fn: AggregateFunction, call: ast.Call, place: Place): Expr {
  const outputs = bindAggregateOutputs(fn, call, place, []);
  if (!outputs) return brokenExpr(call.span);
  const [first, second] = outputs;
  if (second) {
    place.context.report(problem.severalColumns(call.span, fn.name));
    return brokenExpr(call.span);
  }
  return first?.expr ?? brokenExpr(call.span);
}

/**
 * All outputs of an aggregate call, collected into the aggregation under way; undefined when it is not well formed.
 * `keyColumns` are the columns that the rows are grouped by: `*` leaves them out.
 */
export function bindAggregateOutputs(
  fn: AggregateFunction,
  call: ast.Call,
  place: Place,
  keyColumns: readonly string[],
): readonly AggregateOutput[] | undefined {
  const { context, row } = place;
  const aggregation = row?.aggregation;
  if (!aggregation) {
    context.report(problem.aggregateNotAllowed(call.name.span, fn.name));
    return undefined;
  }
  const inner: Place = { ...place, row: aggregation.input };
  const bound = bindArguments(fn, call, inner, keyColumns);
  const args = bound.map(({ expr }) => expr);
  if (args.some(isBroken)) return undefined;
  if (!takesCount(fn.overloads, args.length)) {
    context.report(problem.wrongArgumentCount(call.name.span, fn.name, expectation(fn), args.length));
    return undefined;
  }
  const match = matched(fn, call, args, place);
  if (!match) return undefined;
  const coerced = args.map((arg, i) => coerce(context, arg, match.targets[i]));
  if (coerced.some(isBroken) || !constantsAreRight(fn, call, coerced, match, place)) return undefined;
  const outputs = outputTypes(fn, match, coerced);
  const start = collected(aggregation);
  aggregation.calls.push({ fn, overload: match.overload, args: coerced, outputs } satisfies AggregateCallExpr);
  aggregation.spans.push(call.span);
  const given = coerced.map((arg, i): ArgumentName => {
    const text = match.params[i]?.constant && arg.kind === "Literal" ? cellText(arg.type, arg.value) : undefined;
    return { name: bound[i]?.name, position: bound[i]?.position ?? i, constant: text };
  });
  return outputs.map((type, i) => {
    const name = fn.outputName(given, i);
    return { expr: { kind: "Column", index: start + i, name: name ?? "", type, span: call.span }, name };
  });
}

function collected({ keyCount, calls }: Aggregation): number {
  return keyCount + calls.reduce((sum, call) => sum + call.outputs.length, 0);
}

/** The overload for the arguments; undefined after a report. What a dynamic holds must be said, but for predicates. */
function matched(
  fn: AggregateFunction,
  call: ast.Call,
  args: readonly Expr[],
  { context }: Place,
): Match<AggregateOverload> | undefined {
  const types = args.map((arg) => arg.type);
  const match = matchOverload(fn.overloads, types);
  if (!match) {
    const signatures = fn.overloads
      .slice(0, 4)
      .map((o) => `${fn.name}(${o.params.map((p) => `${p.name}: ${p.type}`).join(", ")})`);
    context.report(problem.noOverload(call.span, fn.name, types, signatures));
    return undefined;
  }
  for (const [i, arg] of args.entries()) {
    const target = match.targets[i];
    if (arg.type !== "dynamic" || target === undefined || target === "dynamic" || target === "bool") continue;
    context.report(problem.dynamicNotAllowed(arg.span, `in \`${fn.name}\``));
    return undefined;
  }
  return match;
}

/** Constants are where they must be, and the aggregate takes their values. */
function constantsAreRight(
  fn: AggregateFunction,
  call: ast.Call,
  args: readonly Expr[],
  match: Match<AggregateOverload>,
  { context }: Place,
): boolean {
  for (const [i, param] of match.params.entries()) {
    const arg = args[i];
    if (!param.constant || !arg || arg.kind === "Literal") continue;
    context.report(problem.constantExpected(arg.span, `the argument \`${param.name}\` of \`${fn.name}\``));
    return false;
  }
  try {
    match.overload.create({
      types: args.map((arg) => arg.type),
      constants: args.map((arg) => (arg.kind === "Literal" ? arg.value : undefined)),
      outputs: outputTypes(fn, match, args),
      random: () => 0,
    });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const { argument, message } = thrown;
    const at = typeof argument === "number" ? argument : match.params.findIndex((param) => param.name === argument);
    context.report(problem.badArgument(args[at]?.span ?? call.span, fn.name, message));
    return false;
  }
}

interface BoundArgument {
  readonly expr: Expr;
  /** The implied name. */
  readonly name: string | undefined;
  /** Its place among the arguments that the query writes. */
  readonly position: number;
}

/** `*` stands for every column that is neither a key nor an argument already; behind it no column is repeated. */
function bindArguments(
  fn: AggregateFunction,
  call: ast.Call,
  place: Place,
  keyColumns: readonly string[],
): readonly BoundArgument[] {
  const bound: BoundArgument[] = [];
  const star = call.args.some((arg) => arg.kind === "Star");
  const taken = new Set(keyColumns);
  for (const [position, arg] of call.args.entries()) {
    if (arg.kind === "Star" && takesStar(fn, position)) {
      for (const field of allColumns(place.row, arg.span)) {
        if (taken.has(field.name)) continue;
        taken.add(field.name);
        bound.push({ expr: field, name: field.name, position });
      }
      continue;
    }
    const named = arg.kind === "Named" && fn.shape === "arguments";
    const expr = bindExpr(named ? arg.value : arg, place);
    const column = columnBehind(expr);
    if (star && position > 0 && column !== undefined && taken.has(column)) continue;
    if (column !== undefined) taken.add(column);
    bound.push({ expr, name: named ? arg.names[0]?.name : impliedName(arg), position });
  }
  return bound;
}

const conversions: ReadonlySet<string> = new Set([
  ...["tobool", "toint", "tolong", "toreal", "todecimal"],
  ...["todatetime", "totimespan", "toguid", "tostring"],
]);

/** The name of the column that the expression is: itself, or converted to the type that it has already. */
export function columnBehind(expr: Expr): string | undefined {
  if (expr.kind === "Column") return expr.name;
  if (expr.kind !== "Call" || !conversions.has(expr.fn.name) || expr.args.length !== 1) return undefined;
  const [arg] = expr.args;
  return arg?.kind === "Column" && arg.type === expr.type ? arg.name : undefined;
}

/** The row to choose is not chosen by all columns at once: `arg_max(*)` has no meaning. */
function takesStar(fn: AggregateFunction, position: number): boolean {
  return fn.shape === "arguments" && fn.overloads[0].params[Math.min(position, 1)]?.type === "scalar";
}

function allColumns(row: Row | undefined, span: Span): readonly Extract<Expr, { kind: "Column" }>[] {
  return (row?.schema ?? []).map(({ name, type }, index) => ({ kind: "Column", index, name, type, span }));
}

function outputTypes(
  { shape }: AggregateFunction,
  { type, params }: Match<AggregateOverload>,
  args: readonly Expr[],
): readonly ScalarType[] {
  switch (shape) {
    case "arguments":
      return args.map((arg) => arg.type);
    case "constants":
      return params.filter((param) => param.constant).map(() => type);
    case "one":
      return [type];
  }
}

function expectation(fn: AggregateFunction): string {
  const least = Math.min(
    ...fn.overloads.map(({ params }) => params.filter((param) => param.presence === "required").length),
  );
  const most = fn.overloads.some(({ params }) => params.some((param) => param.presence === "repeated"))
    ? Number.POSITIVE_INFINITY
    : Math.max(...fn.overloads.map(({ params }) => params.length));
  const plural = `argument${most === 1 ? "" : "s"}`;
  if (most === least) return least === 0 ? "no arguments" : `${least} ${plural}`;
  return most === Number.POSITIVE_INFINITY
    ? `at least ${least} argument${least === 1 ? "" : "s"}`
    : `${least} to ${most} ${plural}`;
}
