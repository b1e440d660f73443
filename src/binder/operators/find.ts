import type { Field, ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { closest } from "../../diagnostics/suggest.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Expr } from "../../plan/nodes.ts";
import { expressionsIn } from "../ast-nodes.ts";
import { callFunction, coerce, isBroken, literal } from "../coerce.ts";
import { knownOptions } from "../options.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { bindSearchPredicate, refuseMissing } from "../search-predicate.ts";
import { columnRef, projection } from "./project.ts";
import { isForeign, searchedTables } from "./search.ts";
import { type Leg, missing } from "./union.ts";

/** A column of the result: that of the same name in each table, as `type`. */
interface Wanted {
  readonly name: string;
  readonly type: ScalarType;
}

/** find: the rows of several tables for which the predicate is true, as columns that they share and a bag of the others. */
export function bindFind(operator: op.Find, place: Place): Table | undefined {
  const { context } = place;
  const options = knownOptions("find", operator.options, ["withsource"], place);
  const source = options.get("withsource")?.value ?? "source_";
  const unread = operator.away ?? operator.project?.filter(({ name }) => name.name === "");
  for (const { name } of unread ?? []) {
    context.report(
      problem.notSupported(name.span, operator.away ? "`__projectAway`" : "`*` behind `project` in `find`"),
    );
    return undefined;
  }
  const legs = searchedTables(operator, place);
  if (!legs || typeof source !== "string" || isForeign(legs, operator, place)) return undefined;
  const types = typesByName(legs);
  const named = columnsNamed(operator.predicate, types);
  if (!named.every((name) => hasOneType(name, types, operator.predicate, place))) return undefined;
  const every: Schema = [...types].flatMap(([name, [type]]) => (type ? [{ name, type }] : []));
  const probe = bindSearchPredicate(operator.predicate, predicatePlace(every, place));
  if (isBroken(probe.expr)) return undefined;
  // Tables that have none of the columns that the predicate names are left out.
  const used = legs.filter(
    ({ table: { plan } }) =>
      legs.length === 1 || probe.everywhere || plan.schema.some(({ name }) => named.includes(name)),
  );
  if (used.length === 0) {
    const help = "name a column, or write a term";
    context.report(problem.notSupported(operator.predicate.span, "a predicate of `find` without columns", help));
    return undefined;
  }
  const wanted = operator.project ? projected(operator.project, types, place) : smart(used, named, operator, place);
  if (!wanted) return undefined;
  const packs = operator.project?.some((column) => column.pack) ?? used.some((leg) => others(leg, wanted).length > 0);
  const schema: readonly Field[] = [
    { name: source, type: "string" },
    ...wanted,
    ...(packs ? [{ name: "pack_", type: "dynamic" } as const] : []),
  ];
  const double = schema.find((field, index) => schema.findIndex((other) => other.name === field.name) < index);
  if (double) {
    context.report(problem.duplicateColumn(operator.span, double.name));
    return undefined;
  }
  const inputs = used.map((leg) => found(leg, named, wanted, packs, types, schema, operator, place));
  const plans = inputs.flatMap((table) => (table ? [table.plan] : []));
  if (plans.length < inputs.length) return undefined;
  return { plan: { kind: "Union", inputs: plans, schema, origin: operator.span }, serialized: false };
}

type Types = ReadonlyMap<string, readonly ScalarType[]>;

/** The types that a column of each name has, in the order of first appearance. */
function typesByName(legs: readonly Leg[]): Types {
  const types = new Map<string, ScalarType[]>();
  for (const { name, type } of legs.flatMap(({ table }) => table.plan.schema)) {
    const known = types.get(name);
    if (!known) types.set(name, [type]);
    else if (!known.includes(type)) known.push(type);
  }
  return types;
}

/** The columns that the predicate names, in its order. */
function columnsNamed(predicate: ast.Expr, types: Types): readonly string[] {
  const names = new Set<string>();
  for (const node of expressionsIn(predicate)) if (node.kind === "Name" && types.has(node.name)) names.add(node.name);
  return [...names];
}

/** Kusto's tools and Kusto itself do not agree about what becomes of a column with several types. */
function hasOneType(name: string, types: Types, at: ast.Expr | ast.Name | op.Find, { context }: Place): boolean {
  const known = types.get(name) ?? [];
  if (known.length < 2) return true;
  const what = `a column with several types in \`find\`, as is \`${name}\` (${known.join(", ")}),`;
  context.report(problem.notSupported(at.span, what, `\`project ${name}:${known[0]}\` says which one is meant`));
  return false;
}

function predicatePlace(schema: Schema, place: Place): Place {
  return { ...place, search: "case_insensitive", row: { schema, serialized: false } };
}

/** project-smart: the columns that all tables share, then those that the predicate names. */
function smart(
  used: readonly Leg[],
  named: readonly string[],
  operator: op.Find,
  place: Place,
): readonly Wanted[] | undefined {
  const types = typesByName(used);
  const shared = (used[0]?.table.plan.schema ?? []).filter(({ name }) =>
    used.every(({ table }) => table.plan.schema.some((field) => field.name === name)),
  );
  const names = [...new Set([...shared.map(({ name }) => name), ...named])];
  if (!names.every((name) => hasOneType(name, types, operator, place))) return undefined;
  return names.map((name) => ({ name, type: types.get(name)?.[0] ?? "dynamic" }));
}

function projected(columns: readonly op.FindColumn[], types: Types, place: Place): readonly Wanted[] | undefined {
  const { context } = place;
  const wanted: Wanted[] = [];
  let failed = false;
  for (const [position, { name, type, pack }] of columns.entries()) {
    if (pack) {
      if (position === columns.length - 1) continue;
      context.report(problem.packNotLast(name.span));
      failed = true;
      continue;
    }
    const [known] = types.get(name.name) ?? [];
    if (known === undefined) {
      context.report(problem.unknownName(name.span, name.name, closest(name.name, [...types.keys()])));
      failed = true;
    } else if (type === undefined && !hasOneType(name.name, types, name, place)) {
      failed = true;
    } else {
      wanted.push({ name: name.name, type: type ?? known });
    }
  }
  return failed ? undefined : wanted;
}

/** The columns of the table that go into the bag, by position. */
function others({ table }: Leg, wanted: readonly Wanted[]): readonly number[] {
  return [...table.plan.schema.keys()].filter((index) => {
    return !wanted.some(({ name }) => name === table.plan.schema[index]?.name);
  });
}

/** What is found in one table. */
function found(
  leg: Leg,
  named: readonly string[],
  wanted: readonly Wanted[],
  packs: boolean,
  types: Types,
  schema: Schema,
  operator: op.Find,
  place: Place,
): Table | undefined {
  const { context } = place;
  const { table, label } = leg;
  const origin = operator.span;
  const own = table.plan.schema;
  const absent = named.filter((name) => !own.some((field) => field.name === name));
  const added = absent.map((name) => missing(types.get(name)?.[0] ?? "dynamic", origin));
  const wide: Schema = [...own, ...absent.map((name, i) => ({ name, type: added[i]?.type ?? "dynamic" }))];
  const predicate = bindSearchPredicate(operator.predicate, predicatePlace(wide, place));
  if (isBroken(predicate.expr)) return undefined;
  refuseMissing(predicate, (index) => added[index - own.length], label, context);
  const bag = others(leg, wanted);
  if (packs && bag.length === 0) {
    const what = `a table that leaves nothing to pack, as \`${label}\` does in this \`find\`,`;
    context.report(problem.notSupported(origin, what, "`project` the columns by name"));
    return undefined;
  }
  const columns = own.map((_, index) => columnRef(own, index, origin));
  const input = projection(table, [...columns, ...added], wide, origin);
  const filtered: Table = {
    plan: { kind: "Filter", input: input.plan, predicate: predicate.expr, schema: wide, origin },
    serialized: false,
  };
  const cells = wanted.map(({ name, type }): Expr => {
    const index = own.findIndex((field) => field.name === name);
    return index < 0 ? missing(type, origin) : coerce(context, columnRef(wide, index, origin), type);
  });
  const packed = packs ? [packedColumns(bag, wide, operator, place)] : [];
  return projection(filtered, [literal("string", label, origin), ...cells, ...packed], schema, origin);
}

function packedColumns(indices: readonly number[], schema: Schema, { span }: op.Find, { context }: Place): Expr {
  const pack = scalarFunction("bag_pack");
  if (!pack) throw new Error("the function library lacks `bag_pack`");
  const args = indices.flatMap((index) => {
    const column = columnRef(schema, index, span);
    return [literal("string", column.name, span), column];
  });
  return callFunction(context, pack, args, span);
}
