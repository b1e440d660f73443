import * as problem from "../diagnostics/catalogue/binding.ts";
import * as entities from "../diagnostics/catalogue/entities.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import { rewritten } from "../parser/walk.ts";
import { databaseOf, hasDatabase, namedDatabase, namesDatabase } from "./databases.ts";
import { type Leg, united, withSource } from "./operators/union.ts";
import { knownOptions, wordOption } from "./options.ts";
import { bindTable, type Place } from "./place.ts";
import { Scope, type Table } from "./scope.ts";
import { bindLet } from "./statements.ts";

/* macro-expand: https://learn.microsoft.com/kusto/query/macro-expand-operator */

/** A database of the group. */
interface Entity {
  /** As the query names it. */
  readonly expr: ast.Expr;
  /** The name of the database, without its cluster. */
  readonly database: string;
  /** In the cluster of the query, and not behind `cluster()`. */
  readonly near: boolean;
}

/** The subquery once for each database of the group, and the rows of all. */
export function bindMacroExpand(expr: ast.MacroExpand, place: Place): Table | undefined {
  const { context } = place;
  // Where and by whom a subquery is run changes no row.
  const known = ["kind", "isfuzzy", "best_effort", "force_remote", "withsource", "with_source"];
  const options = knownOptions("macro-expand", expr.options, known, place);
  const kind = wordOption(options, "kind", ["outer", "inner"] as const, "outer", place);
  const says = (name: string) => [true, "true"].some((yes) => options.get(name)?.value === yes);
  const fuzzy = says("isfuzzy") || says("best_effort");
  const name = expr.as ?? (expr.group.kind === "Name" ? expr.group : undefined);
  const group = entitiesOf(expr.group, fuzzy, place);
  if (!group) return undefined;
  if (name && place.entities?.includes(name.name)) {
    context.report(entities.takenEntityName(name.span, name.name));
    return undefined;
  }
  const inside: Place = { ...place, entities: [...(place.entities ?? []), ...(name ? [name.name] : [])] };
  const legs: Leg[] = [];
  const before = context.diagnostics.length;
  for (const entity of group) {
    const bound = (): Table | undefined => context.nested(expr.span, () => bindSubquery(expr, name, entity, inside));
    const table = fuzzy ? context.unlessTableMissing(bound) : bound();
    if (table) legs.push({ table, label: table.name ?? `union_arg${legs.length}` });
    else if (context.diagnostics.length > before) return undefined;
  }
  if (legs.length === 0) {
    context.report(entities.nothingExpanded(expr.group.span));
    return undefined;
  }
  const source = withSource(options, legs, expr.span, place);
  if (source?.name !== undefined && legs.some(({ table }) => table.foreign)) {
    // Kusto names the tables of the databases then; by which names is not documented.
    context.report(problem.notSupported(expr.span, "`withsource` over tables of another database"));
    return undefined;
  }
  return source && united(legs, kind, source.name, expr.span);
}

/** The databases of the group, those left out that a fuzzy query does not find; undefined after a report. */
function entitiesOf(group: ast.Expr, fuzzy: boolean, place: Place): readonly Entity[] | undefined {
  const { context, scope } = place;
  if (group.kind === "Name") {
    const meaning = scope.get(group.name);
    if (meaning?.kind === "entity group") return entitiesOf(meaning.group, fuzzy, place);
    context.report(entities.unknownEntityGroup(group.span, group.name));
    return undefined;
  }
  if (group.kind !== "EntityGroup") {
    const [argument] = group.kind === "Call" ? group.args : [];
    const named = argument?.kind === "Literal" ? String(argument.value) : "…";
    context.report(entities.unknownEntityGroup(group.span, named));
    return undefined;
  }
  const found: Entity[] = [];
  const seen = new Set<string>();
  for (const expr of group.entities) {
    if (!namesDatabase(expr)) {
      context.report(entities.entityExpected(expr.span));
      return undefined;
    }
    const name = namedDatabase(expr, place);
    if (name === undefined) return undefined;
    if (seen.has(name)) {
      context.report(entities.repeatedEntity(expr.span, name));
      return undefined;
    }
    seen.add(name);
    const near = expr.kind === "Call" && expr.name.name === "database";
    // A database that the subquery does not look at has to be there all the same.
    if (fuzzy ? hasDatabase(expr, place) : databaseOf(expr, place)) {
      found.push({ expr, database: name.slice(name.lastIndexOf("/") + 1), near });
    }
  }
  return fuzzy || found.length === group.entities.length ? found : undefined;
}

function bindSubquery(
  { statements, span }: ast.MacroExpand,
  name: ast.Name | undefined,
  entity: Entity,
  place: Place,
): Table | undefined {
  const inner: Place = { ...place, scope: new Scope(place.scope), row: undefined };
  const last = statements.at(-1);
  for (const statement of statements) {
    if (statement.kind === "Let") bindLet(name ? expanded(statement, name, entity) : statement, inner);
    else if (statement.kind !== "ExpressionStatement" || statement !== last) {
      place.context.report(entities.oneTable(statement.span));
      return undefined;
    }
  }
  if (last?.kind === "ExpressionStatement") {
    const { expression } = last;
    return bindTable(name ? expanded(expression, name, entity) : expression, inner);
  }
  place.context.report(entities.oneTable(span));
  return undefined;
}

/** The tree with the database where the name stands before a dot. */
function expanded<T>(tree: T, { name }: ast.Name, entity: Entity): T {
  const stands = (object: ast.Expr) => object.kind === "Name" && object.name === name;
  return rewritten(tree, (node): ast.Expr | undefined => {
    if (node.kind === "MemberCall" && stands(node.object)) return { ...node, object: entity.expr };
    if (node.kind !== "Path" || !stands(node.object)) return undefined;
    if (node.name.kind === "Name") {
      const said = about(node.name.name, entity, node.span);
      if (said) return said;
    }
    return { ...node, object: entity.expr };
  });
}

/** What `X.$current_database` and `X.$current_cluster_endpoint` stand for. */
function about(member: string, { database, near }: Entity, span: Span): ast.Expr | undefined {
  if (member === "$current_database") {
    return { kind: "Literal", type: "string", value: database, text: JSON.stringify(database), span };
  }
  // The address that another cluster has is not in the query.
  if (member !== "$current_cluster_endpoint" || !near) return undefined;
  return { kind: "Call", name: { kind: "Name", name: "current_cluster_endpoint", span }, args: [], span };
}
