import * as problem from "../diagnostics/catalogue/binding.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { DatabaseTables } from "./catalog.ts";
import { databaseOf, namesDatabase } from "./databases.ts";
import { isTabular } from "./is-tabular.ts";
import { wildcard } from "./operators/project.ts";
import { knownOptions } from "./options.ts";
import type { Place } from "./place.ts";
import type { Meaning, Restriction } from "./scope.ts";
import { surroundingTable } from "./surroundings.ts";

/* restrict access: https://learn.microsoft.com/kusto/query/restrict-statement */

/** What one entry of the list leaves in sight. */
type Access =
  | { readonly kind: "name"; readonly matches: (name: string) => boolean }
  | { readonly kind: "entity"; readonly database: DatabaseTables; readonly matches: (name: string) => boolean };

/** From here on the query sees, of tables, functions and patterns, those on the list and those that it makes itself. */
export function bindRestrict({ entities, options }: statements.Restrict, place: Place): void {
  const { scope, context } = place;
  // Who may authenticate how changes no row.
  knownOptions("restrict access", options, ["AllowManagedIdentityAuthentication"], place);
  const list = entities.flatMap((entity) => accessOf(entity, place) ?? []);
  const shows = (database: DatabaseTables, name: string) =>
    list.some((each) => each.kind === "entity" && each.database === database && each.matches(name));
  const hidden = new Set<string>();
  for (const name of scope.names()) {
    const meaning = scope.get(name);
    if (!meaning || !isRestricted(name, meaning, place)) continue;
    const named = list.some((each) => each.kind === "name" && each.matches(name));
    // A function of the database is known as one of its tables is.
    const shown = isStored(meaning) ? shows(context.catalog, name) : named;
    if (!shown) hidden.add(name);
  }
  const outer = scope.restriction;
  const restriction: Restriction = {
    hides: (name) => hidden.has(name) || outer?.hides(name) === true,
    shows: (database, name) => shows(database, name) && outer?.shows(database, name) !== false,
  };
  scope.restrict(restriction);
}

/** Of what a query names, scalars and scalar functions stay in sight; of what the database keeps, nothing. */
function isRestricted(name: string, meaning: Meaning, place: Place): boolean {
  if (meaning.kind === "table" || meaning.kind === "pattern" || isStored(meaning)) return true;
  if (meaning.kind !== "function") return false;
  const span = { start: 0, end: 0 };
  return isTabular({ kind: "Call", name: { kind: "Name", name, span }, args: [], span }, place);
}

function isStored(meaning: Meaning): boolean {
  return meaning.kind === "function" && meaning.stored !== undefined;
}

function accessOf(entity: ast.Expr, place: Place): Access | undefined {
  const { context } = place;
  switch (entity.kind) {
    case "Star":
      return { kind: "name", matches: () => true };
    case "Wildcard":
      return { kind: "name", matches: wildcard(entity.pattern) };
    case "Name":
      return ofName(entity, place);
    case "Path":
      if (namesDatabase(entity.object)) return ofDatabase(entity, place);
  }
  context.report(problem.tableExpected(entity.span));
  return undefined;
}

/** A name of the query, else one of the database that it runs in. */
function ofName(entity: ast.Name, place: Place): Access | undefined {
  const { context, scope } = place;
  const meaning = scope.get(entity.name);
  const matches = (name: string) => name === entity.name;
  if (meaning && !isStored(meaning)) {
    if (isRestricted(entity.name, meaning, place)) return { kind: "name", matches };
    if (meaning.kind === "entity group") context.report(problem.strayEntityGroup(entity.span, entity.name));
    else context.report(problem.tableExpected(entity.span));
    return undefined;
  }
  if (isKept(context.catalog, entity.name, place)) return { kind: "entity", database: context.catalog, matches };
  context.report(problem.unknownName(entity.span, entity.name, undefined));
  return undefined;
}

function ofDatabase(entity: ast.Path, place: Place): Access | undefined {
  const { name } = entity;
  const database = databaseOf(entity.object, place);
  if (!database) return undefined;
  if (name.kind === "Wildcard") return { kind: "entity", database, matches: wildcard(name.pattern) };
  if (isKept(database, name.name, place)) return { kind: "entity", database, matches: (one) => one === name.name };
  place.context.report(problem.unknownName(name.span, name.name, undefined));
  return undefined;
}

/** Whether the database has a table or function of this name. */
function isKept(database: DatabaseTables, name: string, { context: { catalog } }: Place): boolean {
  if (database.table(name)) return true;
  return database === catalog && (catalog.storedFunction(name) ?? surroundingTable(name)) !== undefined;
}
