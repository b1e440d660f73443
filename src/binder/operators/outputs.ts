import type { ScalarType } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type { Expr } from "../../plan/nodes.ts";
import { callFunction, coerce, literal } from "../coerce.ts";
import { columnName, impliedName, type Unnamed } from "../column-names.ts";
import type { ColumnName } from "../names.ts";
import { bindExpr, type Place } from "../place.ts";

/** A column that a list of columns makes. */
export interface Output {
  readonly expr: Expr;
  readonly column: ColumnName;
  readonly span: Span;
}

/** What one entry of project, extend or print makes: several columns when it calls a function with several results. */
export function bindOutputs(column: ast.Expr, place: Place, unnamed: Unnamed): readonly Output[] {
  const value = column.kind === "Named" ? column.value : column;
  const names = column.kind === "Named" ? column.names : [];
  const results = tupleResults(value, place) ?? [single(column, bindExpr(value, place), unnamed)];
  const spare = names[results.length];
  if (spare) place.context.report(problem.spareName(spare.span, spare.name));
  return results.map((result, i) => {
    const name = names[i];
    return name ? { ...result, column: { name: name.name, declared: true } } : result;
  });
}

function single(column: ast.Expr, expr: Expr, unnamed: Unnamed): Output {
  return { expr, column: columnName(column, unnamed, expr), span: column.span };
}

/** The results of a function that has several, by name; undefined for any other expression. */
function tupleResults(value: ast.Expr, place: Place): readonly Output[] | undefined {
  const fn = value.kind === "Call" && !place.scope.get(value.name.name) ? scalarFunction(value.name.name) : undefined;
  if (value.kind !== "Call" || !fn?.tuple) return undefined;
  const call = bindExpr(value, { ...place, columns: value });
  const types = call.kind === "Call" ? call.args.map((arg) => arg.type) : argumentTypes(value, place);
  const results = fn.tuple(value.args.map((arg, i) => ({ name: impliedName(arg), type: types[i] ?? "dynamic" })));
  return results.map(({ name, type }, i) => ({
    expr: results.length === 1 ? call : member(call, i, type, place),
    column: { name, declared: false, fresh: true },
    span: value.span,
  }));
}

/** A call of constants is folded: its arguments are bound again for their types. */
function argumentTypes(call: ast.Call, place: Place): readonly ScalarType[] {
  return call.args.map((arg) => bindExpr(arg, place).type);
}

function member(call: Expr, index: number, type: ScalarType, { context }: Place): Expr {
  const access = scalarFunction("[index]");
  if (!access) throw new Error("the function library lacks `[index]`");
  const item = callFunction(context, access, [call, literal("long", BigInt(index), call.span)], call.span);
  return coerce(context, item, type);
}
