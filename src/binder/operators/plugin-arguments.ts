import { type Field, isNumeric, type ScalarType, type Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type { PluginArgument, PluginCall, PluginDefinition, PluginParam } from "../../functions/plugin.ts";
import type * as ast from "../../parser/ast.ts";
import type { Expr, Plan } from "../../plan/nodes.ts";
import { coerce, isBroken } from "../coerce.ts";
import { impliedName } from "../column-names.ts";
import { isTabular } from "../is-tabular.ts";
import { uniqueName } from "../names.ts";
import { bindConstant, bindExpr, bindTable, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { columnRef, projection } from "./project.ts";

export interface BoundArguments {
  readonly call: PluginCall;
  readonly tables: readonly Plan[];
  /** The input, with a column for every predicate behind its own. */
  readonly source: Plan;
}

/** The arguments of a plugin over the rows of `input`; undefined after a report. */
export function bindArguments(
  plugin: PluginDefinition,
  call: ast.Call,
  input: Table,
  outer: Place,
): BoundArguments | undefined {
  const { context } = outer;
  const place: Place = { ...outer, row: rowOf(input) };
  const { schema } = input.plan;
  const assigned = assign(plugin, call, schema, place);
  if (!assigned) return undefined;
  const args = new Map<string, PluginArgument[]>();
  const tables: Plan[] = [];
  const predicates: Expr[] = [];
  let lookup: Schema = [];
  for (const { param, value, name } of assigned) {
    let argument: PluginArgument | undefined;
    if (param.kind === "table") {
      const table = bindTable(value, { ...place, row: undefined });
      if (!table) return undefined;
      lookup = table.plan.schema;
      tables.push(table.plan);
      argument = { kind: "table", schema: lookup };
    } else if (param.kind === "predicate") {
      const predicate = bindCondition(value, place);
      if (!predicate) return undefined;
      argument = { kind: "predicate", name: name ?? impliedName(value), index: schema.length + predicates.length };
      predicates.push(predicate);
    } else {
      argument = bindArgument(param, value, schema, lookup, place);
    }
    if (!argument) return undefined;
    const known = args.get(param.name);
    if (known) known.push(argument);
    else args.set(param.name, [argument]);
  }
  const absent = plugin.params.find((param) => param.presence === "required" && !args.has(param.name));
  if (absent) {
    context.report(problem.badArgument(call.span, plugin.name, `the argument \`${absent.name}\` is missing`));
    return undefined;
  }
  const source = extended(input, predicates, call);
  return { call: { args, input: source.schema }, tables, source };
}

function bindCondition(value: ast.Expr, place: Place): Expr | undefined {
  const predicate = bindExpr(value, place);
  if (isBroken(predicate)) return undefined;
  if (predicate.type === "bool") return predicate;
  place.context.report(problem.wrongType(value.span, "bool", predicate.type));
  return undefined;
}

function extended(input: Table, predicates: readonly Expr[], { span }: ast.Call): Plan {
  if (predicates.length === 0) return input.plan;
  const fields: Field[] = [...input.plan.schema];
  const taken = new Set(fields.map((field) => field.name));
  for (const { type } of predicates) {
    const name = uniqueName("predicate", taken);
    taken.add(name);
    fields.push({ name, type });
  }
  const own = input.plan.schema.map((_, index) => columnRef(input.plan.schema, index, span));
  return projection(input, [...own, ...predicates], fields, span).plan;
}

interface Assigned {
  readonly param: PluginParam;
  readonly value: ast.Expr;
  /** The name that the argument itself has. */
  readonly name?: string | undefined;
}

/**
 * Which argument goes to which parameter. Positional ones fill the parameters in turn, and pass by those they cannot
 * mean: see `passesBy`. Where predicates repeat, a named argument is one of them.
 */
function assign(
  plugin: PluginDefinition,
  call: ast.Call,
  input: Schema,
  place: Place,
): readonly Assigned[] | undefined {
  const { context } = place;
  const steps = plugin.params.findIndex((param) => param.kind === "predicate" && param.presence === "repeated");
  const needed = plugin.params.filter((param) => param.presence === "required").length;
  const spare = call.args.filter((arg) => arg.kind !== "Named").length > needed;
  const assigned: Assigned[] = [];
  let position = 0;
  for (const arg of call.args) {
    if (arg.kind === "Named") {
      const one = assignNamed(plugin, arg, steps >= position ? steps : -1, place);
      if (!one) return undefined;
      if (one.name !== undefined) position = steps;
      assigned.push(one);
      continue;
    }
    while (passesBy(arg, plugin.params, position, spare, input, place)) position++;
    const param = plugin.params[position];
    if (!param) {
      const expected = `at most ${plugin.params.length} arguments`;
      context.report(problem.wrongArgumentCount(call.name.span, plugin.name, expected, call.args.length));
      return undefined;
    }
    assigned.push({ param, value: arg });
    if (param.presence !== "repeated") position++;
  }
  return assigned;
}

/** `steps` is the position of the parameter whose arguments have names of their own; -1 where there is none. */
function assignNamed(
  plugin: PluginDefinition,
  arg: ast.Named,
  steps: number,
  { context }: Place,
): Assigned | undefined {
  const [name, second] = arg.names;
  if (second) {
    context.report(problem.spareName(second.span, second.name));
    return undefined;
  }
  const step = plugin.params[steps];
  if (step && name) return { param: step, value: arg.value, name: name.name };
  const param = plugin.params.find((one) => one.name.toLowerCase() === name?.name.toLowerCase());
  if (param && !(param.kind === "predicate" && param.presence === "repeated")) return { param, value: arg.value };
  const known = plugin.params.map((one) => one.name);
  context.report(problem.unknownOption(arg.span, plugin.name, name?.name ?? "", known));
  return undefined;
}

/**
 * Whether a positional argument leaves the parameter at `position` out:
 * - one that may be left out before one that may not, when no argument is to spare (`[Start, End,] Window`)
 * - repeated columns, for a literal (`ipv4_lookup(…, extraKey, true)`) and for a table that comes behind them
 * - a constant before columns, for the name of a column (`[Cohort,] dim1, dim2`)
 * - repeated predicates, for the name of a column that is no bool
 */
function passesBy(
  arg: ast.Expr,
  params: readonly PluginParam[],
  position: number,
  spare: boolean,
  input: Schema,
  place: Place,
): boolean {
  const param = params[position];
  if (!param || param.presence === "required") return false;
  const later = params.slice(position + 1);
  if (later.some((one) => one.presence === "required")) return !spare;
  const column = arg.kind === "Name" ? input.find((field) => field.name === arg.name) : undefined;
  switch (param.kind) {
    case "constant":
      return column !== undefined && later.some((one) => one.kind === "column");
    case "predicate":
      return column !== undefined && column.type !== "bool";
    case "table":
      return false;
    default:
      if (param.presence !== "repeated") return false;
      return arg.kind === "Literal" || (later.some((one) => one.kind === "table") && isTabular(arg, place));
  }
}

function bindArgument(
  param: PluginParam,
  value: ast.Expr,
  input: Schema,
  lookup: Schema,
  place: Place,
): PluginArgument | undefined {
  const { context } = place;
  if (param.kind === "constant") {
    const bound = bindConstant(value, place, `the argument \`${param.name}\``);
    if (bound && param.type && isMistaken(param.type, bound.type)) {
      context.report(problem.wrongType(value.span, param.type, bound.type));
      return undefined;
    }
    const coerced = bound && (param.type ? coerce(context, bound, param.type) : bound);
    return coerced?.kind === "Literal" ? { kind: "constant", value: coerced.value, type: coerced.type } : undefined;
  }
  if (param.kind === "aggregate") return { kind: "aggregate", name: value.kind === "Call" ? value.name.name : "count" };
  if (value.kind !== "Name") {
    context.report(problem.columnExpected(value.span));
    return undefined;
  }
  const side = param.kind === "lookup" ? lookup : input;
  const index = side.findIndex((field) => field.name === value.name);
  const field = side[index];
  const other = lookup.findIndex((one) => one.name === value.name);
  if (!field || (param.kind === "both" && other < 0)) {
    const names = (field ? lookup : side).map((one) => one.name);
    const isSwapped = param.kind !== "both" && (side === input ? lookup : input).some((one) => one.name === value.name);
    const report = isSwapped
      ? problem.columnOfOtherTable(value.span, value.name, param.name, side === lookup)
      : problem.unknownName(value.span, value.name, closest(value.name, names));
    context.report(report);
    return undefined;
  }
  if (param.type && field.type !== param.type) {
    context.report(problem.wrongType(value.span, param.type, field.type));
    return undefined;
  }
  switch (param.kind) {
    case "column":
    case "lookup":
      return { kind: param.kind, name: field.name, index, type: field.type };
    case "both":
      return { kind: "both", name: field.name, index, lookup: other, type: field.type };
    default:
      context.report(problem.notSupported(value.span, `the argument \`${param.name}\``));
      return undefined;
  }
}

/** A radius where the flag belongs, or the other way round, would pass for the other: a bool is no number. */
function isMistaken(wanted: ScalarType, found: ScalarType): boolean {
  if (wanted === "bool") return found !== "bool";
  return isNumeric(wanted) && !isNumeric(found);
}
