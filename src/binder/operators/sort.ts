import type { Cell } from "../../data/column.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { SortKey } from "../../plan/nodes.ts";
import { isBroken } from "../coerce.ts";
import { knownOptions } from "../options.ts";
import { bindConstant, bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";

export function bindSort(operator: op.Sort, input: Table, place: Place): Table | undefined {
  knownOptions("sort", operator.options, [], place);
  const keys = operator.by.map((by) => bindKey(by, input, place));
  if (keys.includes(undefined)) return undefined;
  const { schema } = input.plan;
  const known = keys.filter((key) => key !== undefined);
  return { plan: { kind: "Sort", input: input.plan, keys: known, schema, origin: operator.span }, serialized: true };
}

/** Kusto's defaults: descending; nulls last when descending, first when ascending. */
export function bindKey(by: ast.OrderedExpr, input: Table, place: Place): SortKey | undefined {
  const expr = bindExpr(by.expression, { ...place, row: rowOf(input) });
  if (isBroken(expr)) return undefined;
  if (expr.type === "dynamic") {
    place.context.report(problem.dynamicNotAllowed(by.expression.span, "as a sort key"));
    return undefined;
  }
  const descending = by.order !== "asc";
  return { expr, descending, nullsFirst: by.nulls === undefined ? !descending : by.nulls === "first" };
}

export function bindTop(operator: op.Top, input: Table, place: Place): Table | undefined {
  knownOptions("top", operator.options, [], place);
  const count = bindCount(operator.count, place, "the number of rows of `top`", "none");
  const key = bindKey(operator.by, input, place);
  if (count === undefined || !key) return undefined;
  const { schema } = input.plan;
  return {
    plan: { kind: "Sort", input: input.plan, keys: [key], limit: count, schema, origin: operator.span },
    serialized: true,
  };
}

export function bindTake(operator: op.Take, input: Table, place: Place): Table | undefined {
  const count = bindCount(operator.count, place, "the number of rows of `take`");
  if (count === undefined) return undefined;
  const { schema } = input.plan;
  return {
    plan: { kind: "Limit", input: input.plan, count, schema, origin: operator.span },
    serialized: input.serialized,
  };
}

/** A negative number is an error, or as good as none. */
export function bindCount(
  expr: ast.Expr,
  place: Place,
  what: string,
  negative: "error" | "none" = "error",
): number | undefined {
  const bound = bindConstant(expr, place, what);
  if (!bound) return undefined;
  const count = integerOf(bound.value);
  if (count !== undefined && (count >= 0 || negative === "none")) return Math.max(count, 0);
  place.context.report(problem.integerExpected(expr.span));
  return undefined;
}

function integerOf(value: Cell): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}
