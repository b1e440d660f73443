import { batchOf } from "../../data/batch.ts";
import { concat } from "../../data/concat.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type { PluginArgument, PluginCall, PluginDefinition, PluginParam } from "../../functions/plugin.ts";
import { Refusal } from "../../functions/refusal.ts";
import { pluginNamed, pluginNames } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type { Plan } from "../../plan/nodes.ts";
import { coerce } from "../coerce.ts";
import { knownOptions } from "../options.ts";
import { bindConstant, bindTable, type Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { declaredSchema } from "../sources.ts";
import { aggregatedInput } from "./pivoted.ts";

/** evaluate: the arguments of the plugin, then its output columns – from the arguments, or from the input's own rows. */
export function bindPlugin(operator: ast.Evaluate, input: Table | undefined, place: Place): Table | undefined {
  const { context } = place;
  knownOptions("evaluate", operator.options, [], place);
  const { name } = operator.call;
  const plugin = pluginNamed(name.name);
  if (!plugin) {
    context.report(problem.unknownPlugin(name.span, name.name, closest(name.name, pluginNames())));
    return undefined;
  }
  const empty: Plan = { kind: "Values", rows: batchOf([], [], 1), schema: [], origin: operator.span };
  const given = { plan: input?.plan ?? empty, serialized: false };
  const aggregated = plugin.params.some((param) => param.kind === "aggregate")
    ? aggregatedInput(operator, given, place)
    : { input: given, call: operator.call };
  if (!aggregated) return undefined;
  const source = aggregated.input.plan;
  const bound = bindArguments(plugin, aggregated.call, source.schema, place);
  if (!bound) return undefined;
  const { call, tables } = bound;
  const schema = operator.schema
    ? statedSchema(operator.schema, plugin, call, source, operator, place)
    : outputSchema(plugin, call, source, operator, place);
  if (!schema) return undefined;
  return {
    plan: { kind: "Evaluate", input: source, plugin, call, tables, schema, origin: operator.span },
    serialized: false,
  };
}

/** The columns that the query states. `*` stands for those that the plugin gives for an input without rows. */
function statedSchema(
  stated: ast.EvaluateSchema,
  plugin: PluginDefinition,
  call: PluginCall,
  input: Plan,
  operator: ast.Evaluate,
  place: Place,
): Schema | undefined {
  const declared = declaredSchema(stated.columns, place);
  if (!declared || !stated.open) return declared;
  const none: Plan = { kind: "Values", rows: concat([], input.schema), schema: input.schema, origin: operator.span };
  const fixed = outputSchema(plugin, call, none, operator, place);
  if (!fixed) return undefined;
  return [...fixed.filter((field) => !declared.some((other) => other.name === field.name)), ...declared];
}

function outputSchema(
  plugin: PluginDefinition,
  call: PluginCall,
  input: Plan,
  operator: ast.Evaluate,
  { context }: Place,
): Schema | undefined {
  try {
    if (plugin.schema.from === "arguments") return plugin.schema.of(call);
    if (input.kind === "Values") return plugin.schema.of(call, input.rows);
    return plugin.schema.of(call, context.rowsOf(input));
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    context.report(problem.badArgument(operator.call.span, plugin.name, thrown.message));
    return undefined;
  }
}

interface BoundPlugin {
  readonly call: PluginCall;
  readonly tables: readonly Plan[];
}

function bindArguments(plugin: PluginDefinition, call: ast.Call, input: Schema, place: Place): BoundPlugin | undefined {
  const { context } = place;
  const assigned = assign(plugin, call, place);
  if (!assigned) return undefined;
  const args = new Map<string, PluginArgument[]>();
  const tables: Plan[] = [];
  let lookup: Schema = [];
  for (const { param, value } of assigned) {
    let argument: PluginArgument | undefined;
    if (param.kind === "table") {
      const table = bindTable(value, { ...place, row: undefined });
      if (!table) return undefined;
      lookup = table.plan.schema;
      tables.push(table.plan);
      argument = { kind: "table", schema: lookup };
    } else {
      argument = bindArgument(param, value, input, lookup, place);
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
  return { call: { args, input }, tables };
}

interface Assigned {
  readonly param: PluginParam;
  readonly value: ast.Expr;
}

/**
 * Which argument goes to which parameter. Positional ones fill the parameters in turn; behind a repeated column
 * parameter, a literal goes to the first parameter that takes a constant (`ipv4_lookup(…, extraKey, true)`).
 */
function assign(plugin: PluginDefinition, call: ast.Call, { context }: Place): readonly Assigned[] | undefined {
  const assigned: Assigned[] = [];
  let position = 0;
  for (const arg of call.args) {
    if (arg.kind === "Named") {
      const [name] = arg.names;
      const param = plugin.params.find((one) => one.name.toLowerCase() === name?.name.toLowerCase());
      if (!param || !name) {
        const known = plugin.params.map((one) => one.name);
        context.report(problem.unknownOption(arg.span, plugin.name, name?.name ?? "", known));
        return undefined;
      }
      assigned.push({ param, value: arg.value });
      continue;
    }
    let param = plugin.params[position];
    while (param?.presence === "repeated" && param.kind !== "constant" && arg.kind === "Literal")
      param = plugin.params[++position];
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
    context.report(problem.unknownName(value.span, value.name, closest(value.name, names)));
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
