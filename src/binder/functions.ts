import { isNumeric, type ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Expr } from "../plan/nodes.ts";
import { brokenExpr, coerce, isBroken } from "./coerce.ts";
import { hasColumns } from "./operators/project.ts";
import { bindExpr, bindTable, type Place } from "./place.ts";
import { type FunctionMeaning, type Meaning, Scope, type Table } from "./scope.ts";
import { bindLet } from "./statements.ts";

/** A function of the query in a scalar place: its body becomes part of the expression that calls it. */
export function bindScalarFunction(call: ast.Call, fn: FunctionMeaning, place: Place): Expr {
  return (
    inBody(call, fn, place, (body, inner) => ({ ...bindExpr(body, inner), span: call.span })) ?? brokenExpr(call.span)
  );
}

/** A function of the query in a tabular place. `input` stands for the first argument: T | invoke f(x). */
export function bindTabularFunction(
  call: ast.Call,
  fn: FunctionMeaning,
  place: Place,
  input?: Table | undefined,
): Table | undefined {
  return inBody(call, fn, place, bindTable, input);
}

/** Runs `bind` on the body, where the parameters of `fn` have the values of `call` and the function's own `let`s are known. */
function inBody<T>(
  call: ast.Call,
  fn: FunctionMeaning,
  place: Place,
  bind: (body: ast.Expr, inner: Place) => T,
  input?: Table | undefined,
): T | undefined {
  const { context } = place;
  const { stored } = fn;
  if (stored && context.stored.runs(stored)) {
    context.report(problem.recursiveFunction(call.span, stored.name));
    return undefined;
  }
  return context.nested(call.span, () => {
    if (!stored) return bodyOf(call, fn.declaration, fn.scope, place, bind, input);
    const { declaration, diagnostics } = context.stored.begin(stored, call.span);
    try {
      for (const diagnostic of diagnostics) context.report(diagnostic);
      if (diagnostics.some(({ severity }) => severity === "error")) return undefined;
      // A stored function is expanded where it is called: names that the query gives reach into its body.
      const scope = place.scope.restriction ? place.scope.unrestricted() : place.scope;
      return bodyOf(call, declaration, scope, place, bind, input);
    } finally {
      context.stored.end();
    }
  });
}

function bodyOf<T>(
  call: ast.Call,
  declaration: statements.FunctionDeclaration,
  outer: Scope,
  place: Place,
  bind: (body: ast.Expr, inner: Place) => T,
  input: Table | undefined,
): T | undefined {
  const scope = new Scope(outer);
  if (!bindParameters(call, declaration, scope, place, input)) return undefined;
  const inner: Place = { ...place, scope, row: undefined, search: undefined };
  for (const statement of declaration.statements) {
    if (statement.kind === "Let") bindLet(statement, inner);
    else place.context.report(problem.notSupported(statement.span, "this statement inside a function"));
  }
  return declaration.body.kind === "Missing" ? undefined : bind(declaration.body, inner);
}

function bindParameters(
  call: ast.Call,
  declaration: statements.FunctionDeclaration,
  scope: Scope,
  place: Place,
  input: Table | undefined,
): boolean {
  const { context } = place;
  const [first] = declaration.parameters;
  const parameters = input ? declaration.parameters.slice(1) : declaration.parameters;
  if (input && first) {
    const meaning = tableMeaning(first, input, call.name.span, place);
    if (!meaning) return false;
    scope.set(first.name.name, meaning);
  }
  const given = new Map<string, ast.Expr>();
  for (const [position, arg] of call.args.entries()) {
    const [name] = arg.kind === "Named" ? arg.names : [];
    const target = name ? name.name : parameters[position]?.name.name;
    if (target === undefined || !parameters.some((parameter) => parameter.name.name === target)) {
      context.report(countProblem(call, parameters));
      return false;
    }
    given.set(target, arg.kind === "Named" ? arg.value : arg);
  }
  for (const parameter of parameters) {
    const value = given.get(parameter.name.name) ?? parameter.default;
    if (!value) {
      const byName = call.args.some((arg) => arg.kind === "Named");
      const { name } = parameter.name;
      context.report(
        byName ? problem.missingArgument(call.name.span, call.name.name, name) : countProblem(call, parameters),
      );
      return false;
    }
    const meaning = argumentMeaning(parameter, value, place);
    if (!meaning) return false;
    scope.set(parameter.name.name, meaning);
  }
  return true;
}

function countProblem(call: ast.Call, parameters: readonly statements.Parameter[]) {
  const least = parameters.filter((parameter) => !parameter.default).length;
  const expected = least === parameters.length ? `${least}` : `${least} to ${parameters.length}`;
  return problem.wrongArgumentCount(
    call.name.span,
    call.name.name,
    `${expected} argument${expected === "1" ? "" : "s"}`,
    call.args.length,
  );
}

function argumentMeaning(parameter: statements.Parameter, value: ast.Expr, place: Place): Meaning | undefined {
  const { context } = place;
  if (parameter.type.kind === "scalar") {
    const { type } = parameter.type;
    const expr = bindExpr(value, place);
    if (isBroken(expr)) return undefined;
    if (!convertible(expr.type, type)) {
      context.report(problem.wrongType(value.span, type, expr.type));
      return undefined;
    }
    return { kind: "scalar", expr: coerce(context, expr, type), row: place.row };
  }
  const table = bindTable(value, { ...place, row: undefined });
  return table && tableMeaning(parameter, table, value.span, place);
}

function tableMeaning(
  parameter: statements.Parameter,
  table: Table,
  span: Span,
  { context }: Place,
): Meaning | undefined {
  if (parameter.type.kind !== "tabular" || parameter.type.columns === "any") return { kind: "table", table };
  // The columns that are declared are the least that it has: others are there as well.
  return hasColumns(context, table, parameter.type.columns, span) ? { kind: "table", table } : undefined;
}

/** Arguments convert to the declared type as Kusto's do: numbers among each other, dynamic to anything. */
function convertible(from: ScalarType, to: ScalarType): boolean {
  return from === to || from === "dynamic" || (isNumeric(from) && isNumeric(to));
}
