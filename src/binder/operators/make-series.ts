import type { Dynamic } from "../../data/dynamic.ts";
import { toDynamic } from "../../data/text.ts";
import { isNumeric, type ScalarType } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { aggregateFunction, scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Expr, MakeSeries, Plan } from "../../plan/nodes.ts";
import { bindAggregateOutputs } from "../aggregates.ts";
import { brokenExpr, callFunction, coerce, isBroken, literal } from "../coerce.ts";
import { columnName, impliedName } from "../column-names.ts";
import { type ColumnName, OutputColumns } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindConstant, bindExpr, type Place } from "../place.ts";
import { type Aggregation, rowOf, type Table } from "../scope.ts";
import { bindSeriesBounds, fits, type SeriesBounds } from "./series-bounds.ts";

/**
 * make-series is a filter (the rows within the bounds), an aggregation by the keys and the bin of the axis, and a node
 * that lays the bins of each series side by side.
 */
export function bindMakeSeries(operator: op.MakeSeries, input: Table, place: Place): Table | undefined {
  const nonempty = bindKind(operator, place);
  const axis = bindExpr(valueIn(operator.axis), { ...place, row: rowOf(input) });
  if (isBroken(axis)) return undefined;
  const bounds = bindSeriesBounds(operator, axis.type, place);
  if (!bounds) return undefined;
  const columns = new OutputColumns(place.context);
  const unnamed = { count: 0 };
  const keys = bindKeys(operator.by, input, place, columns, unnamed);
  if (!keys) return undefined;

  const { plan, column } = withAxis(input.plan, axis);
  const aggregation: Aggregation = { input: rowOf(input), keyCount: keys.length + 1, calls: [], spans: [] };
  const inner: Place = { ...place, row: { schema: [], serialized: false, aggregation } };
  const defaults: Dynamic[] = [];
  for (const aggregate of operator.aggregates) {
    const bound = bindValue(aggregate, inner, unnamed);
    if (!bound) return undefined;
    defaults.push(bound.fallback);
    columns.addNamed(bound.expr, "dynamic", bound.name, aggregate.column.span);
  }
  const bin: Expr = { kind: "Column", index: keys.length, name: "", type: axis.type, span: axis.span };
  columns.addNamed(bin, "dynamic", columnName(operator.axis, unnamed), operator.axis.span);

  const { outputs, schema } = columns;
  const origin = operator.span;
  const rows: Plan = {
    kind: "Filter",
    input: plan,
    predicate: within(column, bounds, place),
    schema: plan.schema,
    origin,
  };
  const groups = [...keys, binOf(column, bounds, place)];
  const { calls } = aggregation;
  const types = [...groups.map(({ type }) => type), ...calls.flatMap((call) => call.outputs)];
  const aggregated: Plan = {
    kind: "Aggregate",
    input: rows,
    keys: groups,
    aggregates: calls,
    schema: types.map((type, i) => ({ name: `${i}`, type })),
    origin,
  };
  const bins: Plan = {
    kind: "Project",
    input: aggregated,
    outputs,
    whole: false,
    schema: outputs.map(({ type }, i) => ({ name: `${i}`, type })),
    origin,
  };
  const { from, to, toIncluded, step } = bounds;
  const series: MakeSeries = {
    kind: "MakeSeries",
    input: bins,
    keyCount: keys.length,
    defaults,
    from,
    to,
    toIncluded,
    step,
    nonempty,
    schema,
    origin,
  };
  return { plan: series, serialized: false };
}

function valueIn(column: ast.Expr): ast.Expr {
  return column.kind === "Named" ? column.value : column;
}

function bindKind({ options }: op.MakeSeries, place: Place): boolean {
  const known = knownOptions("make-series", options, ["kind"], place);
  const kind = known.get("kind");
  if (!kind) return false;
  if (kind.option.value.kind !== "Name") {
    place.context.report(problem.unknownOptionValue(kind.option.value.span, "kind", String(kind.value), ["nonempty"]));
    return false;
  }
  return wordOption(known, "kind", ["nonempty"] as const, "nonempty", place) === "nonempty";
}

/** The keys come first in the output; a dynamic is not a key. */
function bindKeys(
  by: readonly ast.Expr[],
  input: Table,
  place: Place,
  columns: OutputColumns,
  unnamed: { count: number },
): readonly Expr[] | undefined {
  const keys: Expr[] = [];
  for (const column of by) {
    const value = valueIn(column);
    const key = bindExpr(value, { ...place, row: rowOf(input) });
    if (isBroken(key)) return undefined;
    if (key.type === "dynamic") {
      place.context.report(problem.dynamicNotAllowed(value.span, "as a key of `make-series`"));
      return undefined;
    }
    const output: Expr = { kind: "Column", index: keys.length, name: "", type: key.type, span: value.span };
    const before = columns.outputs.length;
    columns.add(output, columnName(column, unnamed, key), column.span);
    if (columns.outputs.length > before) keys.push(key);
  }
  return keys;
}

/** One array of values: the value of each bin, and what stands in for a bin without rows. */
interface Value {
  readonly expr: Expr;
  readonly name: ColumnName;
  readonly fallback: Dynamic;
}

function bindValue({ column, fallback }: op.SeriesColumn, place: Place, unnamed: { count: number }): Value | undefined {
  const { context } = place;
  const bound = bindAggregated(column, place);
  if (!bound || isBroken(bound.expr)) return undefined;
  const { expr } = bound;
  const names = column.kind === "Named" ? column.names : [];
  const [name, spare] = names;
  if (spare) {
    context.report(problem.spareName(spare.span, spare.name));
    return undefined;
  }
  if (!isNumeric(expr.type)) {
    const what = `an aggregate of type ${expr.type} in \`make-series\``;
    context.report(problem.notSupported(column.span, what, "`make-series` makes arrays of numbers"));
    return undefined;
  }
  const missing = bindDefault(fallback, expr.type, place);
  if (missing === undefined) return undefined;
  return {
    expr,
    name: name
      ? { name: name.name, declared: true }
      : { name: bound.name ?? `Column${++unnamed.count}`, declared: false },
    fallback: missing,
  };
}

/** The aggregate, or an expression over aggregates, with the name that it implies. */
function bindAggregated(column: ast.Expr, place: Place): { expr: Expr; name: string | undefined } | undefined {
  const value = valueIn(column);
  const named = value.kind === "Call" && !place.scope.get(value.name.name);
  const fn = named ? aggregateFunction(value.name.name) : undefined;
  if (value.kind !== "Call" || !fn) return { expr: bindExpr(value, place), name: impliedName(value) };
  const outputs = bindAggregateOutputs(fn, value, place, []);
  const [output, second] = outputs ?? [];
  if (second) {
    place.context.report(
      problem.badArgument(value.span, fn.name, "it gives several columns, and cannot make a series"),
    );
    return undefined;
  }
  return output;
}

/** Undefined after a report. */
function bindDefault(fallback: ast.Expr | undefined, type: ScalarType, place: Place): Dynamic | undefined {
  const { context } = place;
  // The items of an array are longs, whatever integers they come from.
  const wanted = type === "int" ? "long" : type;
  const given = fallback
    ? bindConstant(fallback, place, "the default of `make-series`")
    : literal("long", 0n, { start: 0, end: 0 });
  if (!given) return undefined;
  if (given.value === null && given.type !== "dynamic") return null;
  if (!fits(given.type, wanted)) {
    context.report(
      problem.wrongType(given.span, wanted, given.type, "the default is a value as the aggregate gives it"),
    );
    return undefined;
  }
  const value = coerce(context, given, wanted);
  return value.kind === "Literal" && !isBroken(value) ? toDynamic(wanted, value.value) : undefined;
}

/** The input with the axis as a column: it is looked at more than once. */
function withAxis(input: Plan, axis: Expr): { readonly plan: Plan; readonly column: Expr } {
  if (axis.kind === "Column") return { plan: input, column: axis };
  const { schema } = input;
  const columns = schema.map(({ name, type }, index): Expr => ({ kind: "Column", index, name, type, span: axis.span }));
  const plan: Plan = {
    kind: "Project",
    input,
    outputs: [...columns, axis],
    whole: false,
    schema: [...schema, { name: "", type: axis.type }],
    origin: axis.span,
  };
  return { plan, column: { kind: "Column", index: schema.length, name: "", type: axis.type, span: axis.span } };
}

/** The rows that fall into a bin of the series. */
function within(axis: Expr, bounds: SeriesBounds, place: Place): Expr {
  const { from, to, toIncluded } = bounds;
  const lower = from ? call(">=", [axis, from], place) : call("isnotnull", [axis], place);
  if (!to) return lower;
  // Of the last bin of `in range(…)` all rows count, also those behind the stop value.
  const upper = toIncluded ? call("<=", [binOf(axis, bounds, place), to], place) : call("<", [axis, to], place);
  return call("and", [lower, upper], place);
}

function binOf(axis: Expr, { from, toIncluded, step }: SeriesBounds, place: Place): Expr {
  return from && !toIncluded ? call("bin_at", [axis, step, from], place) : call("bin", [axis, step], place);
}

function call(name: string, args: readonly Expr[], { context }: Place): Expr {
  const fn = scalarFunction(name);
  if (!fn) throw new Error(`the function library lacks \`${name}\``);
  const [first] = args;
  return first ? callFunction(context, fn, args, first.span) : brokenExpr({ start: 0, end: 0 });
}
