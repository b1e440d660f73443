import { cellAt } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import { toDynamic } from "../data/text.ts";
import { isNumeric } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { closest } from "../diagnostics/suggest.ts";
import { scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { bindCall } from "./calls.ts";
import { brokenExpr, callFunction, coerce, isBroken, literal } from "./coerce.ts";
import { namesDatabase } from "./databases.ts";
import { isTabular } from "./is-tabular.ts";
import { bindExpr, bindTable, type Place } from "./place.ts";
import type { RowPart } from "./scope.ts";
import { bindMatch, comparison } from "./search-terms.ts";

/** Operators that two values out of bags leave without a type. */
const oneSideTyped: ReadonlySet<string> = new Set(["==", "!=", "+", "-", "*", "/", "%"]);

/** The scalar expression in terms of the plan: names resolved, types agreed, constants folded. */
export function exprOf(expr: ast.Expr, place: Place): Expr {
  const { context } = place;
  switch (expr.kind) {
    case "Literal":
      return literal(expr.type, expr.value, expr.span);
    case "Name":
      return bindName(expr, place);
    case "Path":
      return bindPath(expr, place);
    case "Element":
      return bindElement(expr, place);
    case "Unary": {
      const operand = bindExpr(expr.operand, place);
      if (expr.operator === "-" && operand.kind === "Literal" && operand.type === "int" && operand.value !== null) {
        // The sign of a literal is part of it: `-int(5)` stays an int, `-x` becomes a long.
        return literal("int", -(operand.value as number) | 0, expr.span);
      }
      return expr.operator === "+" ? plus(operand, expr, place) : operator(place, "negate", [operand], expr.span);
    }
    case "Binary": {
      if (expr.left.kind === "Star" || expr.operator === ":") return bindMatch(expr, place);
      const args = [bindExpr(expr.left, place), bindExpr(expr.right, place)];
      const name = comparison(expr.operator, expr.operatorSpan, place);
      if (oneSideTyped.has(name ?? "") && args.every((arg) => arg.type === "dynamic" && !isBroken(arg))) {
        context.report(problem.dynamicNotAllowed(expr.operatorSpan, `on both sides of \`${name}\``));
        return brokenExpr(expr.span);
      }
      return name === undefined ? brokenExpr(expr.span) : operator(place, name, args, expr.operatorSpan, expr.span);
    }
    case "Between": {
      const args = [expr.operand, expr.low, expr.high].map((part) => bindExpr(part, place));
      if (args.every((arg) => arg.type === "dynamic" && !isBroken(arg))) {
        context.report(problem.dynamicNotAllowed(expr.operand.span, "between bounds"));
        return brokenExpr(expr.span);
      }
      return operator(place, expr.negated ? "!between" : "between", args, expr.span);
    }
    case "In":
      return bindIn(expr, place);
    case "Call":
      return bindCall(expr, place);
    case "MemberCall":
      if (namesDatabase(expr.object)) context.report(problem.scalarExpected(expr.span));
      else context.report(problem.notSupported(expr.call.span, `\`${expr.call.name.name}()\` behind a dot`));
      return brokenExpr(expr.span);
    case "Named":
      return bindNamed(expr, place);
    case "Pipeline":
      // Parentheses around a scalar may have been read as a pipeline without operators.
      if (expr.operators.length === 0 && !isTabular(expr.source, place)) return bindExpr(expr.source, place);
      context.report(problem.scalarExpected(expr.span));
      return brokenExpr(expr.span);
    case "Missing":
      return brokenExpr(expr.span); // the parser has reported it
    case "Star":
    case "Wildcard":
      context.report(problem.starNotAllowed(expr.span));
      return brokenExpr(expr.span);
    case "Typeof":
      context.report(problem.notSupported(expr.span, "`typeof` in this place"));
      return brokenExpr(expr.span);
    default:
      context.report(problem.scalarExpected(expr.span));
      return brokenExpr(expr.span);
  }
}

/** As with the other sign: what has none is an error, and an int that is no literal becomes a long. */
function plus(operand: Expr, expr: ast.Unary, { context }: Place): Expr {
  if (isBroken(operand)) return operand;
  if (operand.type === "string" || operand.type === "bool" || operand.type === "guid") {
    context.report(problem.operatorNotDefined(expr.span, "+", [operand.type]));
    return brokenExpr(expr.span);
  }
  return operand.type === "int" && operand.kind !== "Literal" ? coerce(context, operand, "long") : operand;
}

/** An argument with a name, which is for the result: `round(rate = 100.0 * a / b)` makes a column `rate`. */
function bindNamed(expr: ast.Named, place: Place): Expr {
  const [name, ...others] = expr.names;
  const { row } = place;
  const fields = [...(row?.schema ?? []), ...(row?.aggregation?.input.schema ?? [])];
  // Of what has a value already, one would expect that it is compared.
  const known = name && (place.scope.get(name.name) || fields.some((field) => field.name === name.name));
  return !name || known || others.length > 0 ? strayName(expr.span, place) : bindExpr(expr.value, place);
}

function strayName(span: Span, { context }: Place): Expr {
  context.report(problem.notSupported(span, "a named argument here", "`==` compares two values"));
  return brokenExpr(span);
}

function operator(place: Place, name: string, args: readonly Expr[], at: Span, span: Span = at): Expr {
  const fn = scalarFunction(name);
  if (!fn) {
    place.context.report(problem.notSupported(at, `the operator \`${name}\``));
    return brokenExpr(span);
  }
  const bound = callFunction(place.context, fn, args, at);
  return isBroken(bound) ? brokenExpr(span) : { ...bound, span };
}

function bindName(expr: ast.Name, place: Place): Expr {
  const { row, scope, context } = place;
  if (row && !row.aggregation) {
    const index = row.schema.findIndex((field) => field.name === expr.name);
    const field = row.schema[index];
    if (field) return { kind: "Column", index, name: field.name, type: field.type, span: expr.span };
  }
  const meaning = scope.get(expr.name);
  switch (meaning?.kind) {
    case "scalar":
      // The body of a scalar function has no row of its own: it is part of the expression that calls it.
      if (meaning.row && row && meaning.row !== row && meaning.expr.kind !== "Literal") {
        context.report(problem.outerRow(expr.span, expr.name));
        return brokenExpr(expr.span);
      }
      return isBroken(meaning.expr) ? brokenExpr(expr.span) : { ...meaning.expr, span: expr.span };
    case "table":
      context.report(problem.scalarExpected(expr.span));
      return brokenExpr(expr.span);
    case "entity group":
      context.report(problem.strayEntityGroup(expr.span, expr.name));
      return brokenExpr(expr.span);
    case "function":
      return bindCall({ kind: "Call", name: expr, args: [], span: expr.span }, place);
    default:
  }
  const aggregation = row?.aggregation;
  if (aggregation?.input.schema.some((field) => field.name === expr.name)) {
    context.report(problem.notAggregate(expr.span, expr.name));
    return brokenExpr(expr.span);
  }
  if (context.catalog.table(expr.name)) {
    context.report(problem.scalarExpected(expr.span));
    return brokenExpr(expr.span);
  }
  const candidates = [...(row?.schema.map((field) => field.name) ?? []), ...scope.names()];
  context.report(problem.unknownName(expr.span, expr.name, closest(expr.name, candidates)));
  return brokenExpr(expr.span);
}

function bindPath(expr: ast.Path, place: Place): Expr {
  const part = expr.object.kind === "Name" ? place.row?.parts?.get(expr.object.name) : undefined;
  if (part) return bindPart(expr, part, place);
  if (namesDatabase(expr.object)) {
    place.context.report(problem.scalarExpected(expr.span));
    return brokenExpr(expr.span);
  }
  const object = bindExpr(expr.object, place);
  if (isBroken(object)) return brokenExpr(expr.span);
  if (expr.name.kind === "Wildcard" || object.type !== "dynamic") {
    const name = expr.name.kind === "Name" ? expr.name.name : expr.name.pattern;
    place.context.report(problem.unknownName(expr.name.span, name, undefined));
    return brokenExpr(expr.span);
  }
  return operator(place, ".member", [object, literal("string", expr.name.name, expr.name.span)], expr.span);
}

/** The column of another row at hand. */
function bindPart({ name, span }: ast.Path, { schema, start }: RowPart, { context }: Place): Expr {
  const text = name.kind === "Name" ? name.name : name.pattern;
  const index = schema.findIndex((field) => field.name === text);
  const field = schema[index];
  if (field) return { kind: "Column", index: start + index, name: field.name, type: field.type, span };
  const names = schema.map((one) => one.name);
  context.report(problem.unknownName(name.span, text, closest(text, names)));
  return brokenExpr(span);
}

function bindElement(expr: ast.Element, place: Place): Expr {
  const object = bindExpr(expr.object, place);
  const index = bindExpr(expr.index, place);
  if (isBroken(object) || isBroken(index)) return brokenExpr(expr.span);
  if (object.type !== "dynamic") {
    place.context.report(
      problem.wrongType(expr.object.span, "dynamic", object.type, "`parse_json(…)` makes one from text"),
    );
    return brokenExpr(expr.span);
  }
  return operator(place, "[index]", [object, index], expr.span);
}

function bindIn(expr: ast.In, place: Place): Expr {
  const operand = bindExpr(expr.operand, place);
  const [only] = expr.list;
  const tabular = expr.list.length === 1 && only !== undefined && isTabular(only, place);
  const bindItem = (item: ast.Expr) => (item.kind === "Named" ? strayName(item.span, place) : bindExpr(item, place));
  const items = tabular ? [columnItems(only, operand, expr, place)] : expr.list.map(bindItem);
  const name = comparison(expr.operator, expr.operatorSpan, place);
  return name === undefined
    ? brokenExpr(expr.span)
    : operator(place, name, [operand, ...items], expr.operatorSpan, expr.span);
}

/** The first column of a subquery, as one constant array. It has the type of the operand: nothing is read as something else. */
function columnItems(expr: ast.Expr, operand: Expr, { operator, operatorSpan }: ast.In, place: Place): Expr {
  const { context } = place;
  const table = bindTable(expr, place);
  const [field] = table?.plan.schema ?? [];
  if (!table || !field) return brokenExpr(expr.span);
  const types = [operand.type, field.type];
  const fits = operand.type === field.type || types.includes("dynamic") || types.every(isNumeric);
  if (!fits && !isBroken(operand)) {
    context.report(problem.operatorNotDefined(operatorSpan, operator, types, "convert one of them"));
    return brokenExpr(expr.span);
  }
  const rows = context.rowsOf(table.plan);
  const column = rows.column(0);
  const cells: Cell[] = [];
  for (let row = 0; row < rows.length; row++) cells.push(cellAt(column, row));
  return literal(
    "dynamic",
    cells.map((cell) => toDynamic(field.type, cell)),
    expr.span,
  );
}
