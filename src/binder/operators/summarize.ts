import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { aggregateFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { AggregateCallExpr, Expr, Plan } from "../../plan/nodes.ts";
import { bindAggregateOutputs, columnBehind } from "../aggregates.ts";
import { isBroken } from "../coerce.ts";
import { columnName, impliedName, nextName } from "../column-names.ts";
import { OutputColumns } from "../names.ts";
import { knownOptions } from "../options.ts";
import { bindExpr, type Place } from "../place.ts";
import { type Aggregation, type Row, rowOf, type Table } from "../scope.ts";
import { columnRef } from "./project.ts";

export function bindSummarize(operator: op.Summarize, input: Table, place: Place): Table | undefined {
  knownOptions("summarize", operator.options, [], place);
  const columns = new OutputColumns(place.context);
  const unnamed = { count: 0 };
  const keys = bindKeys(operator.by, input, place, columns, unnamed);
  if (!keys) return undefined;
  const row = rowOf(input);
  const aggregation: Aggregation = { input: row, keyCount: keys.length, calls: [], spans: [] };
  const inner: Place = { ...place, row: { schema: [], serialized: false, aggregation } };
  const keyColumns = keys.flatMap((key) => columnBehind(key) ?? []);
  for (const column of operator.aggregates) bindOutput(column, inner, columns, keyColumns, unnamed);
  return aggregated(input, keys, aggregation.calls, columns, operator.span);
}

/** The keys come first in the output; a dynamic is not a key. */
function bindKeys(
  by: readonly ast.Expr[],
  input: Table,
  place: Place,
  columns: OutputColumns,
  unnamed: { count: number },
): readonly Expr[] | undefined {
  const row = rowOf(input);
  const keys: Expr[] = [];
  let failed = false;
  for (const column of by) {
    const value = column.kind === "Named" ? column.value : column;
    const key = bindExpr(value, { ...place, row });
    if (isBroken(key)) {
      failed = true;
      continue;
    }
    if (key.type === "dynamic") {
      place.context.report(problem.dynamicNotAllowed(value.span, "as a key of `summarize`"));
      failed = true;
    }
    const before = columns.outputs.length;
    // A `let` does not name a key, as a column does.
    const name =
      column.kind === "Name" && key.kind !== "Column"
        ? { name: nextName(unnamed), declared: false }
        : columnName(column, unnamed, key);
    columns.add(columnPlaceholder(keys.length, key, value.span), name, column.span);
    if (columns.outputs.length > before) keys.push(key);
  }
  return failed ? undefined : keys;
}

/** Column `index` of the aggregate's own output. */
function columnPlaceholder(index: number, { type }: Expr, span: Span): Expr {
  return { kind: "Column", index, name: "", type, span };
}

function bindOutput(
  column: ast.Expr,
  place: Place,
  columns: OutputColumns,
  keyColumns: readonly string[],
  unnamed: { count: number },
): void {
  const value = column.kind === "Named" ? column.value : column;
  const names = column.kind === "Named" ? column.names.map((name) => name.name) : [];
  const fn =
    value.kind === "Call" && place.scope.get(value.name.name) === undefined
      ? aggregateFunction(value.name.name)
      : undefined;
  if (value.kind === "Call" && fn) {
    const outputs = bindAggregateOutputs(fn, value, place, keyColumns);
    for (const [i, output] of (outputs ?? []).entries()) {
      const name = names[i];
      const implied = () => output.name ?? `Column${++unnamed.count}`;
      columns.add(output.expr, { name: name ?? implied(), declared: name !== undefined }, column.span);
    }
    const spare = outputs ? names[outputs.length] : undefined;
    if (spare !== undefined)
      place.context.report(problem.badArgument(column.span, fn.name, `it has no column to be named \`${spare}\``));
    return;
  }
  const calls = place.row?.aggregation?.calls;
  const before = calls?.length;
  const expr = bindExpr(value, place);
  if (!isBroken(expr) && calls?.length === before) place.context.report(problem.noAggregate(value.span));
  const [name] = names;
  const implied = impliedName(value);
  columns.add(
    expr,
    name === undefined ? { name: implied ?? `Column${++unnamed.count}`, declared: false } : { name, declared: true },
    column.span,
  );
}

/** The aggregate itself, and a projection above it when the outputs are not just its columns in order. */
function aggregated(
  input: Table,
  keys: readonly Expr[],
  aggregates: readonly AggregateCallExpr[],
  columns: OutputColumns,
  origin: Span,
): Table {
  const types = [...keys.map((key) => key.type), ...aggregates.flatMap((call) => call.outputs)];
  const { outputs } = columns;
  const direct =
    outputs.length === types.length && outputs.every((output, i) => output.kind === "Column" && output.index === i);
  const schema: readonly Field[] = direct ? columns.schema : types.map((type, i) => ({ name: `${i}`, type }));
  const plan: Plan = { kind: "Aggregate", input: input.plan, keys, aggregates, schema, origin };
  if (direct) return { plan, serialized: false };
  return {
    plan: { kind: "Project", input: plan, outputs, whole: false, schema: columns.schema, origin },
    serialized: false,
  };
}

export function bindDistinct(operator: op.Distinct, input: Table, place: Place): Table | undefined {
  knownOptions("distinct", operator.options, [], place);
  const columns = new OutputColumns(place.context);
  const row: Row = rowOf(input);
  const unnamed = { count: 0 };
  for (const column of operator.columns) {
    if (column.kind === "Star") {
      for (const [index, field] of row.schema.entries()) {
        if (field.type === "dynamic") {
          place.context.report(problem.dynamicNotAllowed(column.span, "in `distinct`"));
          return undefined;
        }
        columns.add(columnRef(row.schema, index, column.span), { name: field.name, declared: true }, column.span);
      }
      continue;
    }
    const value = bindExpr(column.kind === "Named" ? column.value : column, { ...place, row });
    if (isBroken(value)) return undefined;
    if (value.type === "dynamic") {
      place.context.report(problem.dynamicNotAllowed(column.span, "in `distinct`"));
      return undefined;
    }
    columns.add(value, columnName(column, unnamed, value), column.span);
  }
  const { outputs: keys, schema } = columns;
  return {
    plan: { kind: "Aggregate", input: input.plan, keys, aggregates: [], schema, origin: operator.span },
    serialized: false,
  };
}

export function bindCount(operator: op.Count, input: Table): Table {
  const count = aggregateFunction("count");
  const [overload] = count?.overloads ?? [];
  if (!count || !overload) throw new Error("the function library lacks `count`");
  const call: AggregateCallExpr = { fn: count, overload, args: [], outputs: ["long"] };
  const schema: readonly Field[] = [{ name: operator.as?.name ?? "Count", type: "long" }];
  const plan: Plan = {
    kind: "Aggregate",
    input: input.plan,
    keys: [],
    aggregates: [call],
    schema,
    origin: operator.span,
  };
  return { plan, serialized: true };
}
