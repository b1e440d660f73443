import * as problem from "../diagnostics/catalogue/binding.ts";
import { closest } from "../diagnostics/suggest.ts";
import type * as ast from "../parser/ast.ts";
import type { Plan } from "../plan/nodes.ts";
import type { DatabaseTables } from "./catalog.ts";
import { bindConstant, type Place } from "./place.ts";
import type { Table } from "./scope.ts";

/* https://learn.microsoft.com/kusto/query/cross-cluster-or-database-queries */

/** Functions that name a database, or what Azure Monitor has in its place. */
const databases: ReadonlySet<string> = new Set(["database", "workspace", "app", "resource", "adx"]);
const others: ReadonlySet<string> = new Set(["cluster", "arg"]);

/** Whether `expr` names a database, so that what follows its dot is a table. */
export function namesDatabase(expr: ast.Expr): boolean {
  if (expr.kind === "MemberCall") return namesDatabase(expr.object);
  return expr.kind === "Call" && (databases.has(expr.name.name) || others.has(expr.name.name));
}

/** The database that `expr` names, among those that the engine was given. Undefined after a report. */
export function databaseOf(expr: ast.Expr, place: Place): DatabaseTables | undefined {
  const { context } = place;
  const name = databaseName(expr, place);
  if (name === undefined) return undefined;
  const alias = isPlain(expr) ? context.aliases.get(name) : undefined;
  if (alias) return aliased(alias, place);
  const database = databaseNamed(name, place);
  if (!database) {
    const { databaseNames } = context.catalog;
    context.report(problem.unknownDatabase(expr.span, plainName(name), closest(name, databaseNames)));
  }
  return database;
}

/** database("d"), which may be an alias; database() is the one that the query runs in. */
function isPlain(expr: ast.Expr): expr is ast.Call {
  return expr.kind === "Call" && expr.name.name === "database";
}

/** An alias stands for a database itself, not for another alias. */
function aliased(value: ast.Expr, place: Place): DatabaseTables | undefined {
  const { context } = place;
  if (namesDatabase(value)) {
    const name = databaseName(value, place);
    const database = name === undefined ? undefined : databaseNamed(name, place);
    if (name !== undefined && !database) {
      context.report(problem.unknownDatabase(value.span, plainName(name), undefined));
    }
    return database;
  }
  context.report(problem.databaseExpected(value.span));
  return undefined;
}

/** Whether the engine was given the database that `expr` names. */
export function hasDatabase(expr: ast.Expr, place: Place): boolean {
  const name = databaseName(expr, place);
  const alias = name !== undefined && isPlain(expr) ? place.context.aliases.get(name) : undefined;
  if (alias) return namesDatabase(alias) && hasDatabase(alias, place);
  return name !== undefined && databaseNamed(name, place) !== undefined;
}

/** What tells one database from another: `database`, or `cluster/database`. Undefined after a report. */
export function namedDatabase(expr: ast.Expr, place: Place): string | undefined {
  const name = databaseName(expr, place);
  return name === undefined ? undefined : plainName(name);
}

function databaseNamed(name: string, { context }: Place): DatabaseTables | undefined {
  const { catalog } = context;
  const found = catalog.database(name) ?? catalog.database(plainName(name));
  // The tables that stand alone are those of the database that the query runs in.
  return found ?? (name === "" || name === catalog.surroundings.identity.database ? catalog : undefined);
}

/** Without what makes an address of it: `https://help.kusto.windows.net/Samples` is `help/Samples`. */
function plainName(name: string): string {
  return name
    .replace(/^https?:\/\//i, "")
    .replace(/^([^/]+?)(?:\.kusto\.windows\.net)?(?=\/|$)\/*/i, "$1/")
    .replace(/\/$/, "");
}

function databaseName(expr: ast.Expr, place: Place): string | undefined {
  if (isPlain(expr) && expr.args.length === 0) return "";
  if (expr.kind === "Call" && databases.has(expr.name.name)) return argumentOf(expr, place);
  // Azure Resource Graph is one database, whatever the text between the parentheses says.
  if (expr.kind === "Call" && expr.name.name === "arg")
    return argumentOf(expr, place) === undefined ? undefined : "arg";
  if (expr.kind === "MemberCall" && expr.call.name.name === "database" && expr.object.kind === "Call") {
    const { object, call } = expr;
    if (object.name.name === "cluster") {
      const cluster = argumentOf(object, place);
      const database = argumentOf(call, place);
      return cluster === undefined || database === undefined ? undefined : `${cluster}/${database}`;
    }
  }
  const name = expr.kind === "Call" ? expr.name.name : expr.kind === "MemberCall" ? expr.call.name.name : "";
  place.context.report(problem.notSupported(expr.span, `\`${name}()\` in this place`));
  return undefined;
}

function argumentOf(call: ast.Call, place: Place): string | undefined {
  const [argument] = call.args;
  if (!argument || call.args.length !== 1) {
    const { name } = call;
    place.context.report(problem.wrongArgumentCount(name.span, name.name, "1 argument", call.args.length));
    return undefined;
  }
  const text = bindConstant(argument, place, "the name of a database");
  if (!text) return undefined;
  if (text.type === "string" && typeof text.value === "string") return text.value;
  place.context.report(problem.wrongType(argument.span, "string", text.type));
  return undefined;
}

/** database("d").T; undefined after a report. */
export function bindForeign(expr: ast.Path, place: Place): Table | undefined {
  const { context } = place;
  if (!namesDatabase(expr.object)) {
    context.report(problem.tableExpected(expr.span));
    return undefined;
  }
  if (expr.name.kind === "Wildcard") {
    context.report(problem.notSupported(expr.name.span, "a pattern in this place", "`union` takes it"));
    return undefined;
  }
  const database = databaseOf(expr.object, place);
  return database && foreignTable(expr.name.name, expr.name, expr.object, database, place);
}

/** database("d").table("T"); other functions of another database are not known. */
export function bindForeignCall(expr: ast.MemberCall, place: Place): Table | undefined {
  const { call, object } = expr;
  if (call.name.name === "table" && namesDatabase(object)) {
    const database = databaseOf(object, place);
    const name = database && argumentOf(call, place);
    return name === undefined ? undefined : foreignTable(name, call.name, object, database, place);
  }
  place.context.report(problem.notSupported(call.span, `\`${call.name.name}()\` behind a dot`));
  return undefined;
}

export function foreignTable(
  name: string,
  { span }: ast.Name | ast.Wildcard,
  object: ast.Expr,
  database: DatabaseTables | undefined,
  { context, scope }: Place,
): Table | undefined {
  if (database && scope.restriction?.shows(database, name) === false) {
    context.report(problem.restricted(span, name));
    return undefined;
  }
  const source = database?.table(name);
  if (!source) {
    context.report(problem.unknownTable(span, name, closest(name, database?.tableNames ?? [])));
    return undefined;
  }
  const plan: Plan = { kind: "Scan", name, source, schema: source.schema, origin: span };
  const of = object.kind === "Call" && object.name.name === "database" ? object.args[0] : undefined;
  const known = of?.kind === "Literal" && typeof of.value === "string" && !context.aliases.has(of.value);
  const label = known ? `database("${of.value}").${name}` : undefined;
  return { plan, serialized: false, foreign: true, behind: { name: label, foreign: true } };
}
