import * as problem from "../diagnostics/catalogue/binding.ts";
import type * as statements from "../parser/ast-statements.ts";
import { brokenExpr, coerce, literal } from "./coerce.ts";
import { isTabular } from "./is-tabular.ts";
import { parseParameter } from "./parameters.ts";
import { bindExpr, bindTable, named, type Place } from "./place.ts";
import { tableBehind } from "./scope.ts";

/** let: the name is known from here on, in this scope. */
export function bindLet(statement: statements.Let, place: Place): void {
  const { scope, context } = place;
  const { name, value } = statement;
  if (scope.hasOwn(name.name)) {
    context.report(problem.duplicateVariable(name.span, name.name));
    return;
  }
  if (value.kind === "Function") {
    // A function sees the names before it, not itself: there is no recursion.
    scope.set(name.name, { kind: "function", declaration: value, scope: scope.snapshot() });
    return;
  }
  if (value.kind === "EntityGroup") {
    scope.set(name.name, { kind: "entity group", group: value });
    return;
  }
  if (isTabular(value, place)) {
    const before = context.diagnostics.length;
    const fromCall = value.kind === "Call" || (value.kind === "Pipeline" && value.source.kind === "Call");
    const table = fromCall ? context.unlessTableMissing(() => bindTable(value, place)) : bindTable(value, place);
    if (!table && context.diagnostics.length === before) {
      // `table(name)` inside of a function that is called: whoever uses the name says what is missing, or does without it.
      const { span } = statement;
      const declaration = { kind: "Function", span, view: false, parameters: [], statements: [], body: value } as const;
      scope.set(name.name, { kind: "function", declaration, scope: scope.snapshot() });
      return;
    }
    if (table) {
      scope.set(name.name, {
        kind: "table",
        table: {
          plan: named(table.plan, name.name, place),
          serialized: table.serialized,
          name: name.name,
          behind: tableBehind(table),
          graph: table.graph,
        },
      });
    } else {
      scope.set(name.name, { kind: "scalar", expr: brokenExpr(statement.span), row: undefined });
    }
    return;
  }
  scope.set(name.name, { kind: "scalar", expr: bindExpr(value, place), row: undefined });
}

/** declare query_parameters: the value given from outside, else the default. */
export function bindParameters(statement: statements.DeclareParameters, place: Place): void {
  const { scope, context } = place;
  for (const { name, type, default: fallback, span } of statement.parameters) {
    if (type.kind !== "scalar") {
      context.report(problem.notSupported(span, "a tabular query parameter"));
      continue;
    }
    const given = context.parameters.get(name.name);
    if (given !== undefined) {
      const value = parseParameter(type.type, given);
      if (value === undefined) context.report(problem.parameterValue(span, name.name, type.type, given));
      const expr = value === undefined ? brokenExpr(span) : literal(type.type, value, span);
      scope.set(name.name, { kind: "scalar", expr, row: undefined });
      continue;
    }
    if (!fallback) {
      context.report(problem.missingParameter(span, name.name));
      scope.set(name.name, { kind: "scalar", expr: brokenExpr(span), row: undefined });
      continue;
    }
    const expr = coerce(context, bindExpr(fallback, place), type.type);
    scope.set(name.name, { kind: "scalar", expr, row: undefined });
  }
}
