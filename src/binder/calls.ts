import { cellAt } from "../data/cells.ts";
import { type ScalarType, typeNamed } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import { closest } from "../diagnostics/suggest.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { aggregateFunction, scalarFunction, scalarNames } from "../functions/registry.ts";
import type { ScalarFunction } from "../functions/signature.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { bindAggregate } from "./aggregates.ts";
import { brokenExpr, callFunction, coerce, isBroken, literal } from "./coerce.ts";
import { bindScalarFunction } from "./functions.ts";
import { bindGraphCall } from "./graph-calls.ts";
import { isTabular } from "./is-tabular.ts";
import { takesCount } from "./overloads.ts";
import { bindConstant, bindExpr, bindTable, type Place } from "./place.ts";
import { surroundingScalar, surroundingTable } from "./surroundings.ts";

/** A call in a scalar place: a function of the query, a form with its own rules, an aggregate, or a library function. */
export function bindCall(call: ast.Call, place: Place): Expr {
  const { context, scope } = place;
  const { name } = call.name;
  const meaning = scope.get(name);
  if (meaning?.kind === "function") return bindScalarFunction(call, meaning, place);
  const ofGraph = place.graph && bindGraphCall(call, place);
  if (ofGraph) return ofGraph;
  const surrounding = surroundingScalar(call, place);
  if (surrounding) return surrounding;
  const special = specialForms[name];
  if (special) return special(call, place);
  const aggregate = aggregateFunction(name);
  const fn = scalarFunction(name);
  const fits = aggregate && takesCount(aggregate.overloads, call.args.length);
  // Some names are both: `hll_merge(a)` merges the rows of a group, `hll_merge(a, b)` two values.
  if (aggregate && (!fn || (place.row?.aggregation && fits))) return bindAggregate(aggregate, call, place);
  if (fn) return bindLibraryCall(fn, call, place);
  if (surroundingTable(name)) context.report(problem.scalarExpected(call.span));
  else context.report(problem.unknownFunction(call.name.span, name, closest(name, scalarNames())));
  return brokenExpr(call.span);
}

function bindLibraryCall(fn: ScalarFunction, call: ast.Call, place: Place): Expr {
  const { context } = place;
  if (fn.library && !fn.library.isLoaded()) throw new NeedsLibrary(fn.library);
  if (!takesCount(fn.overloads, call.args.length)) {
    context.report(problem.wrongArgumentCount(call.name.span, fn.name, countText(fn), call.args.length));
    return brokenExpr(call.span);
  }
  if (fn.columnsOnly && place.columns !== call) {
    context.report(
      problem.badArgument(call.span, fn.name, "it gives several columns, and cannot be part of an expression"),
    );
    return brokenExpr(call.span);
  }
  if (fn.volatility === "window" && !(place.row?.serialized ?? false)) {
    context.report(problem.notSerialized(call.name.span, fn.name));
    return brokenExpr(call.span);
  }
  return callFunction(
    context,
    fn,
    call.args.map((arg) => bindExpr(arg, place)),
    call.span,
  );
}

function countText(fn: ScalarFunction): string {
  const counts = fn.overloads.flatMap(({ params }) => {
    const least = params.filter((param) => param.presence === "required").length;
    const most = params.some((param) => param.presence === "repeated") ? Number.POSITIVE_INFINITY : params.length;
    return [least, most];
  });
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (least === most) return `${least} argument${least === 1 ? "" : "s"}`;
  return most === Number.POSITIVE_INFINITY
    ? `at least ${least} argument${least === 1 ? "" : "s"}`
    : `${least} to ${most} arguments`;
}

type SpecialForm = (call: ast.Call, place: Place) => Expr;

/** Functions that are bound by what they mean, not by the types of their arguments. */
const specialForms: Readonly<Record<string, SpecialForm | undefined>> = Object.assign(Object.create(null) as object, {
  toscalar: bindToscalar,
  column_ifexists: bindColumnIfExists,
  columnifexists: bindColumnIfExists,
  pack_all: bindPackAll,
  bag_pack_columns: bindBagPackColumns,
  extract: bindExtract,
  percentile_tdigest: bindPercentileOfDigest,
  extractjson: bindExtractJson,
  extract_json: bindExtractJson,
  materialize: bindMaterializedScalar,
  column_names_of: bindColumnNamesOf,
});

/** The first cell of a table; null when it has no rows. */
function bindToscalar(call: ast.Call, place: Place): Expr {
  const { context } = place;
  const [argument] = call.args;
  if (call.args.length !== 1 || !argument) {
    context.report(problem.wrongArgumentCount(call.name.span, "toscalar", "1 argument", call.args.length));
    return brokenExpr(call.span);
  }
  const alone: Place = { ...place, row: undefined };
  const tabular = isTabular(argument, alone);
  const scalar = tabular ? undefined : bindExpr(argument, alone);
  if (scalar && !isRandom(scalar)) return scalar;
  // What is random is drawn once.
  const table = bindTable(tabular ? argument : { kind: "Print", columns: [argument], span: argument.span }, alone);
  const [field] = table?.plan.schema ?? [];
  if (!table || !field) return brokenExpr(call.span);
  const rows = context.rowsOf({
    kind: "Limit",
    input: table.plan,
    count: 1,
    schema: table.plan.schema,
    origin: call.span,
  });
  return literal(field.type, rows.length === 0 ? emptyCell(field.type) : cellAt(rows.column(0), 0), call.span);
}

/** Whether it is another value each time, and not because of the row. */
function isRandom(expr: Expr): boolean {
  return expr.kind === "Call" && !isBroken(expr) && expr.args.every((arg) => arg.kind === "Literal" || isRandom(arg));
}

function emptyCell(type: ScalarType): "" | null {
  return type === "string" ? "" : null;
}

/** column_names_of(T): an array of the names. */
function bindColumnNamesOf(call: ast.Call, place: Place): Expr {
  const [argument] = call.args;
  if (call.args.length !== 1 || !argument) {
    place.context.report(problem.wrongArgumentCount(call.name.span, "column_names_of", "1 argument", call.args.length));
    return brokenExpr(call.span);
  }
  const table = bindTable(argument, { ...place, row: undefined });
  if (!table) return brokenExpr(call.span);
  return literal(
    "dynamic",
    table.plan.schema.map((field) => field.name),
    call.span,
  );
}

function bindMaterializedScalar(call: ast.Call, place: Place): Expr {
  place.context.report(problem.scalarExpected(call.span));
  return brokenExpr(call.span);
}

/** column_ifexists("name", default): the column, or the default when the row has no such column. */
function bindColumnIfExists(call: ast.Call, place: Place): Expr {
  const [nameArgument, fallback] = call.args;
  if (call.args.length !== 2 || !nameArgument || !fallback) {
    place.context.report(problem.wrongArgumentCount(call.name.span, call.name.name, "2 arguments", call.args.length));
    return brokenExpr(call.span);
  }
  const name = bindConstant(nameArgument, place, "the column name");
  if (!name) return brokenExpr(call.span);
  const fields = place.row?.schema ?? [];
  const index = fields.findIndex((field) => field.name === name.value);
  const field = fields[index];
  if (field) return { kind: "Column", index, name: field.name, type: field.type, span: call.span };
  return bindExpr(fallback, place);
}

/** pack_all([ignoreNullEmpty]): a bag of every column of the row. */
function bindPackAll(call: ast.Call, place: Place): Expr {
  const { context, row } = place;
  if (!row) {
    context.report(problem.notSupported(call.span, "`pack_all` outside of a row"));
    return brokenExpr(call.span);
  }
  const [flag] = call.args;
  const ignore = flag ? bindConstant(flag, place, "the argument of `pack_all`") : undefined;
  const names = row.schema.map((field) => field.name);
  return packed(names, ignore?.value === true ? "pack_nonempty()" : "bag_pack", call, place);
}

function bindBagPackColumns(call: ast.Call, place: Place): Expr {
  const names: string[] = [];
  for (const arg of call.args) {
    if (arg.kind !== "Name") {
      place.context.report(problem.columnExpected(arg.span));
      return brokenExpr(call.span);
    }
    names.push(arg.name);
  }
  return packed(names, "bag_pack", call, place);
}

function packed(names: readonly string[], functionName: string, call: ast.Call, place: Place): Expr {
  const fn = scalarFunction(functionName);
  if (!fn) throw new Error(`the function library lacks \`${functionName}\``);
  const args = names.flatMap((name) => [
    literal("string", name, call.span),
    bindExpr({ kind: "Name", name, span: call.span }, place),
  ]);
  return callFunction(place.context, fn, args, call.span);
}

/** extract(regex, group, source, typeof(long)) converts what it finds. */
function bindExtract(call: ast.Call, place: Place): Expr {
  return bindWithTypeLiteral("extract", call, place, 3);
}

/** extract_json(path, source, typeof(long)) */
function bindExtractJson(call: ast.Call, place: Place): Expr {
  return bindWithTypeLiteral("extract_json", call, place, 2);
}

/** percentile_tdigest(digest, rank, typeof(long)) */
function bindPercentileOfDigest(call: ast.Call, place: Place): Expr {
  return bindWithTypeLiteral("percentile_tdigest", call, place, 2);
}

function bindWithTypeLiteral(name: string, call: ast.Call, place: Place, position: number): Expr {
  const fn = scalarFunction(name);
  if (!fn) {
    place.context.report(problem.notSupported(call.name.span, `the function \`${name}\``));
    return brokenExpr(call.span);
  }
  const wanted = call.args[position];
  if (!wanted) return bindLibraryCall(fn, call, place);
  const text = bindLibraryCall(fn, { ...call, args: call.args.slice(0, position) }, place);
  const type = wanted.kind === "Typeof" ? wanted.type : typeFromLiteral(wanted);
  if (call.args.length > position + 1 || !type) {
    place.context.report(problem.wrongType(wanted.span, "typeof(…)", "something else"));
    return brokenExpr(call.span);
  }
  if (isBroken(text)) return text;
  // What is found is JSON text: as a dynamic it is the value, not the text of it.
  const parse = type === "dynamic" ? scalarFunction("parse_json") : undefined;
  return parse ? callFunction(place.context, parse, [text], call.span) : coerce(place.context, text, type);
}

function typeFromLiteral(expr: ast.Expr): ScalarType | undefined {
  return expr.kind === "Literal" && typeof expr.value === "string" ? typeNamed(expr.value) : undefined;
}
