import * as problem from "../diagnostics/catalogue/binding.ts";
import { closest } from "../diagnostics/suggest.ts";
import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type { Plan } from "../plan/nodes.ts";
import { isBroken, literalText } from "./coerce.ts";
import { bindForeign, bindForeignCall, namesDatabase } from "./databases.ts";
import { bindTabularFunction } from "./functions.ts";
import { patternOf } from "./is-tabular.ts";
import { seldom } from "./lazily.ts";
import { bindFind } from "./operators/find.ts";
import { bindOperator } from "./operators/operator.ts";
import { bindSearch } from "./operators/search.ts";
import { bindUnion } from "./operators/union.ts";
import { bindConstant, bindTable, type Place, shared } from "./place.ts";
import { Scope, type Table, tableBehind } from "./scope.ts";
import { bindDatatable, bindExternal, bindInlineExternal, bindPrint, bindRange } from "./sources.ts";
import { surroundingTable } from "./surroundings.ts";

/** The tabular expression as a plan; undefined after a report. */
export function tableOf(expr: ast.Expr, place: Place): Table | undefined {
  const { context } = place;
  switch (expr.kind) {
    case "Pipeline":
      return bindPipeline(expr, place);
    case "Name":
      return bindTableName(expr, place);
    case "Call":
      return bindTableCall(expr, place);
    case "Print":
      return bindPrint(expr, place);
    case "Range":
      return bindRange(expr, place);
    case "Datatable":
      return bindDatatable(expr, place);
    case "ExternalData":
      return bindExternal(expr, place);
    case "Union":
      return bindUnion(expr, undefined, place);
    case "Search":
      return bindSearch(expr, undefined, place);
    case "Find":
      return bindFind(expr, place);
    case "Evaluate":
      return seldom().bindPlugin(expr, undefined, place);
    case "MacroExpand":
      return seldom().bindMacroExpand(expr, place);
    case "InlineExternalTable":
      return bindInlineExternal(expr, place);
    case "CombineView":
      context.report(problem.notSupported(expr.span, "`materialized-view-combine`"));
      return undefined;
    case "Datascope":
      return bindScope(expr, place);
    case "Missing":
      return undefined;
    case "Path":
      return bindPath(expr, place);
    case "MemberCall":
      return bindForeignCall(expr, place);
    default:
      context.report(problem.tableExpected(expr.span));
      return undefined;
  }
}

/** table datascope=all: here no rows are colder than others, and which are hot is not known. */
function bindScope({ table, scope }: ast.Datascope, place: Place): Table | undefined {
  if (scope.name === "all") return bindTable(table, place);
  if (scope.name === "hotcache") place.context.report(problem.notSupported(scope.span, "`datascope=hotcache`"));
  else place.context.report(problem.unknownOptionValue(scope.span, "datascope", scope.name, ["all", "hotcache"]));
  return undefined;
}

/** database("d").T, or the path of a pattern: app("x").Path. */
function bindPath(expr: ast.Path, place: Place): Table | undefined {
  const { object, name } = expr;
  const pattern = patternOf(object, place);
  return pattern && object.kind === "Call" && name.kind === "Name"
    ? pattern.invoke(object, name)
    : bindForeign(expr, place);
}

function bindPipeline(expr: ast.Pipeline, place: Place): Table | undefined {
  const table = bindTable(expr.source, place);
  return table && stepsOf(expr.operators, table, place);
}

/** What the operators make of `table`, one after the other; undefined after a report. */
export function stepsOf(operators: readonly op.Operator[], table: Table, place: Place): Table | undefined {
  // `as` declares a name for the rest of the pipeline, joins and unions inside it included.
  const scope = operators.some((operator) => operator.kind === "As") ? new Scope(place.scope) : place.scope;
  return stepsWithin(operators, table, { ...place, scope });
}

/** As `stepsOf`, but names that `as` declares are known in the scope of `place` afterwards. */
export function stepsWithin(operators: readonly op.Operator[], table: Table, place: Place): Table | undefined {
  const inner: Place = { ...place, row: undefined, graphCall: undefined };
  let current: Table | undefined = table;
  for (const operator of operators) {
    if (!current) return undefined;
    const input: Table = current;
    current = bindOperator(operator, input, inner);
    place.binders.stepped?.(operator, input, current, inner);
  }
  return current;
}

function bindTableName(expr: ast.Name, place: Place): Table | undefined {
  const { context, scope } = place;
  const meaning = scope.get(expr.name);
  if (meaning?.kind === "table") return { ...meaning.table, name: meaning.table.name ?? expr.name };
  if (meaning?.kind === "function") {
    const table = bindTabularFunction({ kind: "Call", name: expr, args: [], span: expr.span }, meaning, place);
    const behind = meaning.declaration.view || !table ? undefined : tableBehind(table);
    return table && { ...table, name: expr.name, behind };
  }
  if (meaning?.kind === "scalar") {
    // What is wrong with the table behind the name has been said.
    if (!isBroken(meaning.expr)) context.report(problem.tableExpected(expr.span));
    return undefined;
  }
  if (meaning?.kind === "entity group") {
    context.report(problem.strayEntityGroup(expr.span, expr.name));
    return undefined;
  }
  if (meaning?.kind === "pattern") {
    return meaning.invoke({ kind: "Call", name: expr, args: [], span: expr.span });
  }
  if (isHidden(expr, place)) return undefined;
  const source = context.catalog.table(expr.name);
  const surrounding = source ? undefined : surroundingTable(expr.name);
  if (surrounding) return surrounding({ kind: "Call", name: expr, args: [], span: expr.span }, place);
  if (!source) {
    const candidates = [...context.catalog.tableNames, ...scope.names()];
    context.report(problem.unknownTable(expr.span, expr.name, closest(expr.name, candidates)));
    return undefined;
  }
  const plan: Plan = { kind: "Scan", name: expr.name, source, schema: source.schema, origin: expr.span };
  return { plan, serialized: false, name: expr.name };
}

/** Functions that name what a cluster keeps; here it is a table that the engine was given. */
const storedTables: Readonly<Partial<Record<string, Parameters<typeof problem.unknownStored>[2]>>> = {
  materialized_view: "materialized view",
  external_table: "external table",
  stored_query_result: "stored query result",
  graph: "graph model",
};

/** Whether a restriction keeps the query from what the database has under this name, or the query itself; then reported. */
function isHidden({ name, span }: ast.Name, { context, scope }: Place): boolean {
  const { catalog } = context;
  if (!scope.restriction || scope.restriction.shows(catalog, name)) return false;
  context.report(problem.restricted(span, name));
  return true;
}

function bindTableCall(expr: ast.Call, place: Place): Table | undefined {
  const { context, scope } = place;
  const { name } = expr.name;
  const meaning = scope.get(name);
  if (meaning?.kind === "function") return bindTabularFunction(expr, meaning, place);
  if (meaning?.kind === "pattern") return meaning.invoke(expr);
  const [argument, extra] = expr.args;
  if (name === "materialize" && argument && !extra) {
    const table = bindTable(argument, place);
    return table && { ...table, plan: shared(table.plan, "materialize", place), foreign: undefined, behind: undefined };
  }
  const stored = storedTables[name];
  if ((name === "table" || stored !== undefined) && argument && !extra) {
    const text = bindConstant(argument, place, "the table name");
    if (!text) return undefined;
    if (stored !== undefined && !context.catalog.table(literalText(text))) {
      context.report(problem.unknownStored(argument.span, literalText(text), stored));
      return undefined;
    }
    // What a cluster keeps is not hidden by a name of the query, nor a table by a stored function.
    const named = scope.get(literalText(text));
    const hidden = named?.kind === "function" && named.stored && context.catalog.table(literalText(text));
    const inner = stored === undefined && !hidden ? place : { ...place, scope: scope.nameless() };
    return bindTableName({ kind: "Name", name: literalText(text), span: argument.span }, inner);
  }
  if ((name === "table" || stored !== undefined) && argument && extra) {
    context.report(problem.notSupported(extra.span, `a second argument of \`${name}()\``));
    return undefined;
  }
  const surrounding = surroundingTable(name);
  if ((surrounding || scope.get(name, true)) && isHidden(expr.name, place)) return undefined;
  if (surrounding) return surrounding(expr, place);
  if (namesDatabase(expr)) {
    context.report(problem.notSupported(expr.span, `\`${name}()\` without a table behind it`));
    return undefined;
  }
  const candidates = [...scope.names()];
  context.report(problem.unknownFunction(expr.name.span, name, closest(name, candidates)));
  return undefined;
}
