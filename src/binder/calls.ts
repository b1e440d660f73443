import { batchOf } from "../data/batch.ts";
import { cellAt } from "../data/cells.ts";
import { type ScalarType, typeNamed } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import { closest } from "../diagnostics/suggest.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { aggregateFunction, scalarFunction, scalarNames } from "../functions/registry.ts";
import type { ScalarFunction } from "../functions/signature.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr, Plan } from "../plan/nodes.ts";
import { isRowLocal } from "../plan/walk.ts";
import { bindAggregate } from "./aggregates.ts";
import { bindBinAuto } from "./bin-auto.ts";
import { brokenExpr, callFunction, coerce, isBroken, literal } from "./coerce.ts";
import type { Context } from "./context.ts";
import { bindScalarFunction } from "./functions.ts";
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
  const ofGraph = place.graphCall?.(call, place);
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
  if (surroundingTable(name) || meaning?.kind === "pattern") context.report(problem.scalarExpected(call.span));
  else context.report(problem.unknownFunction(call.name.span, name, closest(name, scalarNames())));
  return brokenExpr(call.span);
}

function bindLibraryCall(fn: ScalarFunction, call: ast.Call, place: Place): Expr {
  const { context, row } = place;
  const [only, more] = call.args;
  if (fn.takesStar && row?.schema.length && !row.aggregation && only?.kind === "Star" && !more) {
    const columns = row.schema.map(
      ({ name, type }, index): Expr => ({ kind: "Column", index, name, type, span: only.span }),
    );
    return callFunction(context, fn, columns, call.span);
  }
  if (fn.library && !fn.library.isLoaded()) throw new NeedsLibrary(fn.library);
  if (!takesCount(fn.overloads, call.args.length) || call.args.length > (fn.most ?? Number.POSITIVE_INFINITY)) {
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
    const endless = params.some((param) => param.presence === "repeated");
    const most = endless ? (fn.most ?? Number.POSITIVE_INFINITY) : params.length;
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
  percentiles_array_tdigest: bindPercentilesOfDigest,
  extractjson: bindExtractJson,
  extract_json: bindExtractJson,
  materialize: bindMaterializedScalar,
  column_names_of: bindColumnNamesOf,
  bin_auto: bindBinAuto,
});

/** The first cell of a table; null when it has no rows. What is drawn by lot is drawn once for the whole query. */
function bindToscalar(call: ast.Call, place: Place): Expr {
  const { context } = place;
  const [argument] = call.args;
  if (call.args.length !== 1 || !argument) {
    context.report(problem.wrongArgumentCount(call.name.span, "toscalar", "1 argument", call.args.length));
    return brokenExpr(call.span);
  }
  const outside = { ...place, row: undefined };
  if (!isTabular(argument, outside)) {
    const scalar = bindExpr(argument, outside);
    if (isRowLocal(scalar)) return scalar;
    return context.drawn(call, scalar, () => firstCell(oneRow(scalar), scalar.type, call, context));
  }
  const table = bindTable(argument, outside);
  const [field] = table?.plan.schema ?? [];
  if (!table || !field) return brokenExpr(call.span);
  return firstCell(table.plan, field.type, call, context);
}

/** A table of one cell. */
function oneRow(cell: Expr): Plan {
  const origin = cell.span;
  const input: Plan = { kind: "Values", rows: batchOf([], [], 1), schema: [], origin };
  return {
    kind: "Project",
    input,
    outputs: [cell],
    whole: false,
    schema: [{ name: "print_0", type: cell.type }],
    origin,
  };
}

function firstCell(input: Plan, type: ScalarType, { span }: ast.Call, context: Context): Expr {
  const rows = context.rowsOf({ kind: "Limit", input, count: 1, schema: input.schema, origin: span });
  return literal(type, rows.length === 0 ? emptyCell(type) : cellAt(rows.column(0), 0), span);
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
  if (name.type !== "string") {
    place.context.report(problem.wrongType(nameArgument.span, "string", name.type));
    return brokenExpr(call.span);
  }
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

/** percentiles_array_tdigest(digest, rank, …, typeof(long)): items of that type; of a single rank, the item itself. */
function bindPercentilesOfDigest(call: ast.Call, place: Place): Expr {
  const { context } = place;
  const [percentiles, item, itemsAs] = ["percentiles_array_tdigest", "[index]", "items_as()"].map(scalarFunction);
  if (!percentiles || !item || !itemsAs) throw new Error("the function library lacks the percentiles of a tdigest");
  const wanted = call.args.at(-1);
  if (wanted?.kind !== "Typeof") return bindLibraryCall(percentiles, call, place);
  const { type } = wanted;
  if (!type) {
    context.report(problem.wrongType(wanted.span, "typeof(…)", "something else"));
    return brokenExpr(call.span);
  }
  const args = call.args.slice(0, -1);
  const array = bindLibraryCall(percentiles, { ...call, args }, place);
  if (isBroken(array)) return array;
  const [, rank, ...more] = args;
  if (rank && more.length === 0 && bindExpr(rank, place).type !== "dynamic") {
    const first = callFunction(context, item, [array, literal("long", 0n, call.span)], call.span);
    return coerce(context, first, type);
  }
  return callFunction(context, itemsAs, [array, literal("string", type, wanted.span)], call.span);
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
