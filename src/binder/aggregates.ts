import { cellText } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { AggregateFunction } from "../functions/signature.ts";
import type * as ast from "../parser/ast.ts";
import type { AggregateCallExpr, Expr } from "../plan/nodes.ts";
import { brokenExpr, coerce, isBroken } from "./coerce.ts";
import { impliedName } from "./column-names.ts";
import { matchOverload, takesCount } from "./overloads.ts";
import { bindExpr, type Place } from "./place.ts";
import type { Aggregation, Row } from "./scope.ts";

/** One output column of an aggregate call, still without a final name. */
export interface AggregateOutput {
  readonly expr: Expr;
  readonly name: string;
}

/** An aggregate as part of a scalar expression, such as `max(a) - min(a)`: it has one output there. */
export function bindAggregate(fn: AggregateFunction, call: ast.Call, place: Place): Expr {
  const outputs = bindAggregateOutputs(fn, call, place, []);
  if (!outputs) return brokenExpr(call.span);
  const [first] = outputs;
  return first?.expr ?? brokenExpr(call.span);
}

/** All outputs of an aggregate call, collected into the aggregation under way; undefined when it is not well formed. */
export function bindAggregateOutputs(
  fn: AggregateFunction,
  call: ast.Call,
  place: Place,
  keyNames: readonly string[],
): readonly AggregateOutput[] | undefined {
  const { context, row } = place;
  const aggregation = row?.aggregation;
  if (!aggregation) {
    context.report(problem.aggregateNotAllowed(call.name.span, fn.name));
    return undefined;
  }
  const inner: Place = { ...place, row: aggregation.input };
  const { args, names } = bindArguments(fn, call, inner, keyNames);
  if (args.some(isBroken)) return undefined;
  const types = args.map((arg) => arg.type);
  if (!takesCount(fn.overloads, args.length)) {
    context.report(problem.wrongArgumentCount(call.name.span, fn.name, expectation(fn), args.length));
    return undefined;
  }
  const match = matchOverload(fn.overloads, types);
  if (!match) {
    const signatures = fn.overloads
      .slice(0, 4)
      .map((o) => `${fn.name}(${o.params.map((p) => `${p.name}: ${p.type}`).join(", ")})`);
    context.report(problem.noOverload(call.span, fn.name, types, signatures));
    return undefined;
  }
  const coerced = args.map((arg, i) => coerce(context, arg, match.targets[i]));
  for (const [i, param] of match.params.entries()) {
    const arg = coerced[i];
    if (param.constant && arg && arg.kind !== "Literal") {
      context.report(problem.constantExpected(arg.span, `the argument \`${param.name}\` of \`${fn.name}\``));
      return undefined;
    }
  }
  if (coerced.some(isBroken)) return undefined;
  const outputTypes = typesOf(fn, match.type, coerced);
  const start = collected(aggregation);
  aggregation.calls.push({
    fn,
    overload: match.overload,
    args: coerced,
    outputs: outputTypes,
  } satisfies AggregateCallExpr);
  aggregation.spans.push(call.span);
  return outputTypes.map((type, i) => {
    const name = outputName(fn, call, coerced, names, i);
    return { expr: { kind: "Column", index: start + i, name, type, span: call.span }, name };
  });
}

function collected({ keyCount, calls }: Aggregation): number {
  return keyCount + calls.reduce((sum, call) => sum + call.outputs.length, 0);
}

interface BoundArguments {
  readonly args: readonly Expr[];
  /** The implied name of each argument. */
  readonly names: readonly (string | undefined)[];
}

/** `*` in arg_max and take_any stands for every column that is neither a key nor the maximised one. */
function bindArguments(
  fn: AggregateFunction,
  call: ast.Call,
  place: Place,
  keyNames: readonly string[],
): BoundArguments {
  const args: Expr[] = [];
  const names: (string | undefined)[] = [];
  for (const arg of call.args) {
    if (arg.kind === "Star" && (fn.shape === "each" || fn.shape === "any")) {
      const [first] = call.args;
      const skipped = new Set(keyNames);
      if (fn.shape === "each" && first?.kind === "Name") skipped.add(first.name);
      for (const field of allColumns(place.row, arg.span)) {
        if (skipped.has(field.name)) continue;
        args.push(field);
        names.push(field.name);
      }
    } else {
      args.push(bindExpr(arg, place));
      names.push(impliedName(arg));
    }
  }
  return { args, names };
}

function allColumns(row: Row | undefined, span: Span): readonly Extract<Expr, { kind: "Column" }>[] {
  return (row?.schema ?? []).map(({ name, type }, index) => ({ kind: "Column", index, name, type, span }));
}

function typesOf(fn: AggregateFunction, type: ScalarType, args: readonly Expr[]): readonly ScalarType[] {
  switch (fn.shape) {
    case "each":
    case "any":
      return args.map((arg) => arg.type);
    case "percentiles":
      return args.slice(1).map(() => type);
    case "one":
      return [type];
  }
}

function outputName(
  fn: AggregateFunction,
  call: ast.Call,
  args: readonly Expr[],
  names: readonly (string | undefined)[],
  output: number,
): string {
  switch (fn.shape) {
    case "each":
      return withPrefix(fn.prefix, names[output] ?? (output === 0 ? (fn.name === "arg_min" ? "min_" : "max_") : ""));
    case "any":
      return withPrefix(fn.prefix, names[output] ?? "");
    case "percentiles": {
      const rank = args[output + 1];
      const text =
        rank?.kind === "Literal" ? cellText(rank.type, rank.value).replace(/\.0$/, "").replace(".", "_") : "";
      return `percentile_${names[0] ?? ""}_${text}`;
    }
    case "one":
      return impliedName(call) ?? fn.prefix;
  }
}

function withPrefix(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}_${name}`;
}

function expectation(fn: AggregateFunction): string {
  const least = Math.min(
    ...fn.overloads.map(({ params }) => params.filter((param) => param.presence === "required").length),
  );
  return `at least ${least} argument${least === 1 ? "" : "s"}`;
}
