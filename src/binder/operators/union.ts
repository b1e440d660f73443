import type { ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Expr, Literal, Plan } from "../../plan/nodes.ts";
import { literal } from "../coerce.ts";
import { databaseOf, foreignTable, namesDatabase } from "../databases.ts";
import { uniqueName } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindTable, type Place } from "../place.ts";
import { type Meaning, Scope, type Table, tableBehind } from "../scope.ts";
import { columnRef, projection, wildcard } from "./project.ts";

export interface Leg {
  readonly table: Table;
  /** What withsource shows. */
  readonly label: string;
}

export function bindUnion(operator: op.Union, input: Table | undefined, place: Place): Table | undefined {
  const { context } = place;
  const options = knownOptions("union", operator.options, ["kind", "withsource", "with_source", "isfuzzy"], place);
  const kind = wordOption(options, "kind", ["outer", "inner"] as const, "outer", place);
  const fuzzy = options.get("isfuzzy")?.value === true || options.get("isfuzzy")?.value === "true";
  const legs: Leg[] = [];
  if (input) legs.push({ table: input, label: tableBehind(input).name ?? "union_arg0" });
  for (const table of operator.tables) {
    const found = bindLegs(table, legs.length, fuzzy, place);
    if (!found) return undefined;
    legs.push(...found);
  }
  if (legs.length === 0) {
    context.report(problem.noTableOfUnion(operator.span));
    return undefined;
  }
  const patterns = legs.flatMap(({ table: { pattern } }) => pattern ?? []);
  const twice = patterns.find((one, i) => patterns.indexOf(one) < i);
  if (twice !== undefined) {
    // The documentation may be read as saying that they are one table.
    context.report(problem.notSupported(operator.span, `\`union\` with \`${twice}\` twice`));
    return undefined;
  }
  const source = withSource(options, legs, operator.span, place);
  return source && united(legs, kind, source.name, operator.span);
}

/** The column that says which leg a row is of, if one is asked for; undefined after a report. */
export function withSource(
  options: ReturnType<typeof knownOptions>,
  legs: readonly Leg[],
  span: Span,
  { context }: Place,
): { readonly name: string | undefined } | undefined {
  const source = options.get("withsource")?.value ?? options.get("with_source")?.value;
  if (source !== undefined && legs.some(({ table }) => table.pattern !== undefined)) {
    const help = "`let` gives a table a name of this query";
    context.report(problem.notSupported(span, "`withsource` over what a pattern stands for", help));
    return undefined;
  }
  if (source !== undefined && !areLabelled(legs)) {
    const what = "`withsource` over tables of another database and of this one, which has no name here,";
    context.report(problem.notSupported(span, what));
    return undefined;
  }
  return { name: typeof source === "string" ? source : undefined };
}

/** Beside a table of another database, Kusto says of every table of which database it is. */
function areLabelled(legs: readonly Leg[]): boolean {
  const behind = legs.map(({ table }) => tableBehind(table));
  return (
    !behind.some(({ foreign }) => foreign) ||
    behind.every(({ name, foreign = false }) => foreign === (name !== undefined))
  );
}

/** The tables behind one argument: several for a wildcard, none for an unknown name in a fuzzy union. */
export function bindLegs(
  expr: ast.Expr,
  position: number,
  fuzzy: boolean,
  place: Place,
  operator = "union",
): readonly Leg[] | undefined {
  const { context, scope } = place;
  if (expr.kind === "Wildcard" || expr.kind === "Star") {
    const matches = wildcard(expr.kind === "Star" ? "*" : expr.pattern);
    const names = tablesInSight(place).filter(matches);
    for (const name of scope.names()) {
      if (matches(name) && isView(scope.get(name)) && !names.includes(name)) names.push(name);
    }
    if (names.length === 0 && !fuzzy) {
      context.report(problem.unknownTable(expr.span, expr.kind === "Star" ? "*" : expr.pattern, undefined));
      return undefined;
    }
    return namedLegs(names.sort(), expr.span, place);
  }
  if (expr.kind === "Path" && expr.name.kind === "Wildcard" && namesDatabase(expr.object)) {
    return foreignLegs(expr, expr.name, fuzzy, place);
  }
  const legOf = (): readonly Leg[] | undefined => {
    const table = bindTable(expr, place);
    const name = table && (operator === "union" ? tableBehind(table).name : table.name);
    return table && [{ table, label: name ?? `${operator}_arg${position}` }];
  };
  if (!fuzzy) return legOf();
  const before = context.diagnostics.length;
  const legs = context.unlessTableMissing(legOf);
  // A leg without its table is left out; one that is wrong in another way is an error.
  return legs ?? (context.diagnostics.length === before ? [] : undefined);
}

/** database("d").T* */
function foreignLegs(
  { object }: ast.Path,
  name: ast.Wildcard,
  fuzzy: boolean,
  place: Place,
): readonly Leg[] | undefined {
  const database = databaseOf(object, place);
  if (!database) return undefined;
  const { restriction } = place.scope;
  const names = database.tableNames
    .filter(wildcard(name.pattern))
    .filter((one) => restriction?.shows(database, one) ?? true);
  if (names.length === 0 && !fuzzy) {
    place.context.report(problem.unknownTable(name.span, name.pattern, undefined));
    return undefined;
  }
  return [...names].sort().flatMap((one) => {
    const table = foreignTable(one, name, object, database, place);
    return table ? [{ table, label: tableBehind(table).name ?? one }] : [];
  });
}

/** The tables of the database that the query runs in, and may name. */
export function tablesInSight({ context: { catalog }, scope: { restriction } }: Place): readonly string[] {
  return catalog.tableNames.filter((name) => restriction?.shows(catalog, name) ?? true);
}

/** What a wildcard finds beside the tables of the database: of all that `let` and `as` name, only views. */
function isView(meaning: Meaning | undefined): boolean {
  return meaning?.kind === "function" && meaning.declaration.view;
}

/** What stands behind names that a wildcard found; a name of the query that is no view hides no table from it. */
export function namedLegs(names: readonly string[], span: Span, place: Place): readonly Leg[] {
  return names.flatMap((name) => {
    const inner = isView(place.scope.get(name)) ? place : { ...place, scope: new Scope() };
    const table = bindTable({ kind: "Name", name, span }, inner);
    return table ? [{ table, label: name }] : [];
  });
}

/** A column of the union. */
export interface Slot {
  readonly name: string;
  readonly type: ScalarType;
  /** The column of each leg that feeds it. */
  readonly from: (number | undefined)[];
}

/** One table of all legs; with `source`, their labels are its first column. */
export function united(legs: readonly Leg[], kind: "outer" | "inner", source: string | undefined, origin: Span): Table {
  const slots = slotsOf(legs, kind);
  const named = source === undefined ? undefined : uniqueName(source, new Set(slots.map((slot) => slot.name)));
  const fields = slots.map(({ name, type }) => ({ name, type }));
  const schema: Schema = named === undefined ? fields : [{ name: named, type: "string" }, ...fields];
  const inputs = legs.map(({ table, label }, leg) => {
    const cells = cellsOf(table, leg, slots, origin);
    const outputs = named === undefined ? cells : [literal("string", label, origin), ...cells];
    return projection(table, outputs, schema, origin).plan;
  });
  return { plan: { kind: "Union", inputs, schema, origin }, serialized: false };
}

/** The rows of all tables, with every column that one of them has. */
export function unitedTables(tables: readonly Table[], origin: Span): Plan {
  const legs = tables.map((table) => ({ table, label: "" }));
  return united(legs, "outer", undefined, origin).plan;
}

/** outer keeps every column, inner those that all legs have; one name with several types becomes `x_long`, `x_string`. */
export function slotsOf(legs: readonly Leg[], kind: "outer" | "inner"): readonly Slot[] {
  const slots: Slot[] = [];
  for (const [leg, { table }] of legs.entries()) {
    for (const [index, { name, type }] of table.plan.schema.entries()) {
      let slot = slots.find((one) => one.name === name && one.type === type);
      if (!slot) {
        slot = { name, type, from: [] };
        slots.push(slot);
      }
      slot.from[leg] = index;
    }
  }
  const everywhere = (name: string) =>
    legs.every(({ table }) => table.plan.schema.some((field) => field.name === name));
  const kept = kind === "inner" ? slots.filter((slot) => everywhere(slot.name)) : slots;
  const ordered = groupedByName(kept);
  const typesOf = (name: string) => ordered.filter((slot) => slot.name === name).length;
  const plain = new Set(ordered.filter(({ name }) => typesOf(name) === 1).map(({ name }) => name));
  return ordered.map((slot) => {
    const { name, type } = slot;
    return plain.has(name) ? slot : { ...slot, name: uniqueName(`${name}_${type}`, plain) };
  });
}

/** What leg number `leg` has for each column of the union. */
export function cellsOf(table: Table, leg: number, slots: readonly Slot[], origin: Span): readonly Expr[] {
  return slots.map((slot): Expr => {
    const index = slot.from[leg];
    return index === undefined ? missing(slot.type, origin) : columnRef(table.plan.schema, index, origin);
  });
}

/** Order of first appearance; the several types of one name stand side by side. */
function groupedByName(slots: readonly Slot[]): readonly Slot[] {
  const names = [...new Set(slots.map((slot) => slot.name))];
  return names.flatMap((name) => slots.filter((slot) => slot.name === name));
}

/** The cell of a column that a table does not have. */
export function missing(type: ScalarType, span: Span): Literal {
  return literal(type, type === "string" ? "" : null, span);
}
