import type { Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type { Expr, Literal, Plan, Refused } from "../plan/nodes.ts";
import { drawsAnew, isDrawn } from "../plan/walk.ts";
import { brokenExpr, coerce, isBroken } from "./coerce.ts";
import type { Context } from "./context.ts";
import type { Row, Scope, Table } from "./scope.ts";

/**
 * The two halves of the binder that need each other: expressions hold tables (`toscalar`), tables hold expressions.
 * They meet here, so that no file imports its own importer.
 */
export interface Binders {
  readonly expr: (expr: ast.Expr, place: Place) => Expr;
  readonly table: (expr: ast.Expr, place: Place) => Table | undefined;
  readonly steps: (operators: readonly op.Operator[], table: Table, place: Place) => Table | undefined;
  /** Hears of every operator that is bound, the table that it got, and what it made of it. */
  readonly stepped?:
    | ((operator: op.Operator, input: Table, output: Table | undefined, place: Place) => void)
    | undefined;
}

/** Where an expression stands: the row it reads (none in a `let`) and the names in force. */
export interface Place {
  readonly context: Context;
  readonly binders: Binders;
  readonly scope: Scope;
  readonly row: Row | undefined;
  /** The call that may have several results here: each becomes a column. */
  readonly columns?: ast.Call | undefined;
  /** Inside an operator over graphs: binds calls that have a meaning only there. */
  readonly graphCall?: ((call: ast.Call, place: Place) => Expr | undefined) | undefined;
  /** Inside `macro-expand`: the names that stand for a database of the group, outer ones first. */
  readonly entities?: readonly string[] | undefined;
  /** Inside the predicate of `search` or `find`: how texts are compared. */
  readonly search?: "case_insensitive" | "case_sensitive" | undefined;
}

/** The scalar expression in terms of the plan: names resolved, types agreed, constants folded. */
export function bindExpr(expr: ast.Expr, place: Place): Expr {
  return place.binders.expr(expr, place);
}

/** The tabular expression as a plan; undefined after a report. */
export function bindTable(expr: ast.Expr, place: Place): Table | undefined {
  return place.binders.table(expr, place.search ? { ...place, search: undefined } : place);
}

/** What the operators of a pipeline or subquery make of `table`; undefined after a report. */
export function bindSteps(operators: readonly op.Operator[], table: Table, place: Place): Table | undefined {
  return place.binders.steps(operators, table, place);
}

/** The value of an expression that must be known before any row is read. */
export function bindConstant(expr: ast.Expr, place: Place, what: string): Literal | undefined {
  const bound = bindExpr(expr, { ...place, row: undefined });
  if (isBroken(bound)) return undefined;
  if (bound.kind === "Literal") return bound;
  place.context.report(problem.constantExpected(expr.span, what));
  return undefined;
}

/** A condition: a bool. */
export function bindPredicate(expr: ast.Expr, place: Place): Expr {
  const predicate = bindExpr(expr, place);
  if (isBroken(predicate) || predicate.type === "bool") return predicate;
  if (predicate.type === "dynamic") return coerce(place.context, predicate, "bool");
  place.context.report(problem.wrongType(expr.span, "bool", predicate.type));
  return brokenExpr(expr.span);
}

/** A subplan that has a name: shared by those who use it, unless Kusto draws its rows anew for each of them. */
export function named(plan: Plan, name: string, place: Place): Plan {
  const kept = drawsAnew(plan) ? plan : shared(plan, name, place);
  return kept.kind === "Shared" && kept !== plan ? { ...kept, inlined: true } : kept;
}

/** Valid KQL whose columns are known, but which is not run: it binds, and is an error when it runs. */
export function refused(what: string, origin: Span, schema: Schema, help?: string): Refused {
  return { kind: "Refused", problem: problem.notSupported(origin, what, help), schema, origin };
}

/** Marks a subplan that may have several consumers. */
export function shared(plan: Plan, name: string, { context }: Place): Plan {
  if (plan.kind === "Shared" || plan.kind === "Scan" || plan.kind === "Values") return plan;
  const { schema, origin } = plan;
  return {
    kind: "Shared",
    id: context.nextShared(),
    drawn: isDrawn(plan),
    inlined: false,
    name,
    input: plan,
    schema,
    origin,
  };
}
