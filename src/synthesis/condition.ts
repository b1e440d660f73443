import { cellAt, columnFromCells } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import { kqlLiteral } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { scalarFunction } from "../functions/registry.ts";
import type { Clock } from "../plan/evaluate.ts";
import { evaluate } from "../plan/evaluate.ts";
import type { Call, Expr, Literal } from "../plan/nodes.ts";

/*
 * What a row has to be like, in expressions over the columns of some plan. On the way down to the tables each node
 * rewrites them over the columns of its input.
 */

/**
 * holds: the predicate is true, or it is not – false or null.
 * same: the value is that of every other row of the group; the first row chooses it.
 * distinct: no other row of the group has the value.
 */
export type Condition =
  | { readonly kind: "holds"; readonly expr: Expr; readonly holds: boolean; readonly turned?: boolean | undefined }
  | { readonly kind: "same"; readonly expr: Expr; readonly group: Group; readonly present: boolean }
  | { readonly kind: "distinct"; readonly expr: Expr; readonly group: Group };

/** Rows that have a value in common, or none; what they chose so far is in the `Groups` of the attempt. */
export interface Group {
  readonly type: ScalarType;
}

/** The values that the rows of each group have. */
export type Groups = Map<Group, readonly Cell[]>;

/** All that one row must fulfil. */
export type Want = readonly Condition[];

export function holds(expr: Expr): Condition {
  return { kind: "holds", expr, holds: true };
}

/** `condition` over the columns that `place` puts for those of its expression. */
export function substituted(condition: Condition, place: (index: number) => Expr): Condition {
  return { ...condition, expr: substitute(condition.expr, place) };
}

/** Literals stay the same objects: some stand for values that are not known yet. */
export function substitute(expr: Expr, place: (index: number) => Expr): Expr {
  if (expr.kind === "Column") return place(expr.index);
  return expr.kind === "Call" ? { ...expr, args: expr.args.map((arg) => substitute(arg, place)) } : expr;
}

/** The operands of nested calls of `and`, or of `or`. */
export function operands(expr: Expr, name: "and" | "or"): readonly Expr[] {
  return isCall(expr, name) ? expr.args.flatMap((arg) => operands(arg, name)) : [expr];
}

export function isCall(expr: Expr, ...names: readonly string[]): expr is Call {
  return expr.kind === "Call" && names.includes(expr.fn.name);
}

export function literal(type: ScalarType, value: Cell, span: Span): Literal {
  return { kind: "Literal", type, value, span };
}

/** A call of a function of the library; of its overloads the one that takes these types. */
export function callOf(name: string, args: readonly Expr[], type: ScalarType, span: Span): Call {
  const fn = scalarFunction(name);
  const fits = fn?.overloads.find(({ params }) =>
    args.every((arg, i) =>
      [arg.type, "scalar", "common", "alike"].includes(params[Math.min(i, params.length - 1)]?.type ?? ""),
    ),
  );
  if (!fn || !fits) throw new Error(`${name} does not take ${args.map((arg) => arg.type).join(", ")}`);
  return { kind: "Call", fn, overload: fits, args, type, span };
}

/** Equal values of a type have equal keys. */
export function cellKey(type: ScalarType, cell: Cell): string {
  return kqlLiteral(type, cell);
}

export function isAbsent(cell: Cell): boolean {
  return cell === null || cell === "";
}

/** Which of the rows fulfil a condition. A row for which the expression has no value does not. */
export function fulfilled(
  condition: Condition,
  rows: {
    readonly count: number;
    readonly cellsOf: (index: number) => readonly Cell[];
    readonly typeOf: (index: number) => ScalarType;
  },
  groups: Groups,
  clock: Clock,
): readonly boolean[] {
  const values = valuesOf(condition.expr, rows, clock);
  if (condition.kind === "holds")
    return values.map((value) => value !== undefined && (value === true) === condition.holds);
  const known = new Set((groups.get(condition.group) ?? []).map((cell) => cellKey(condition.group.type, cell)));
  return values.map((value) => {
    if (value === undefined) return false;
    if (condition.kind === "distinct") return !isAbsent(value) && !known.has(cellKey(condition.group.type, value));
    return (
      !(condition.present && isAbsent(value)) && (known.size === 0 || known.has(cellKey(condition.group.type, value)))
    );
  });
}

/** The value of `expr` in each of the rows; undefined where its function refuses the arguments. */
export function valuesOf(
  expr: Expr,
  { count, cellsOf, typeOf }: Parameters<typeof fulfilled>[1],
  clock: Clock,
): readonly (Cell | undefined)[] {
  try {
    const column = evaluate(
      expr,
      { schema: [], length: count, column: (index) => columnFromCells(typeOf(index), cellsOf(index)) },
      clock,
    );
    return Array.from({ length: count }, (_, row) => cellAt(column, row));
  } catch {
    // One row of the batch is enough for it: ask them one by one.
    if (count === 1) return [undefined];
    return Array.from({ length: count }, (_, row) => {
      const one = { count: 1, typeOf, cellsOf: (index: number) => [cellsOf(index)[row] ?? null] };
      return valuesOf(expr, one, clock)[0];
    });
  }
}
