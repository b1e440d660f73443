import { batchOf } from "../../data/batch.ts";
import { concat } from "../../data/concat.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { closest } from "../../diagnostics/suggest.ts";
import {
  type ExternalColumns,
  externalColumns,
  type PluginCall,
  type PluginDefinition,
} from "../../functions/plugin.ts";
import { pluginNamed, pluginNames } from "../../functions/plugins/registry.ts";
import { Refusal } from "../../functions/refusal.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isDrawn } from "../../plan/walk.ts";
import { knownOptions } from "../options.ts";
import { type Place, shared } from "../place.ts";
import type { Table } from "../scope.ts";
import { declaredSchema, external } from "../sources.ts";
import { aggregatedInput } from "./pivoted.ts";
import { bindArguments } from "./plugin-arguments.ts";
import { bindCount } from "./summarize.ts";

/** Whether the plugin gives a second table, which says how many rows its input has. */
export function isCounting({ call }: op.Evaluate): boolean {
  return pluginNamed(call.name.name)?.counts ?? false;
}

/** The two tables of a plugin that counts, at the end of a statement. */
export function bindCounting(operator: op.Evaluate, input: Table, place: Place): readonly (Table | undefined)[] {
  const { span, call } = operator;
  const rows: Table = { ...input, plan: shared(input.plan, call.name.name, place) };
  const shown = boundPlugin(operator, rows, place);
  place.binders.stepped?.(operator, input, shown, place);
  return [shown, bindCount({ kind: "Count", span }, rows)];
}

/** A plugin where one table is expected. */
export function bindPlugin(operator: op.Evaluate, input: Table | undefined, place: Place): Table | undefined {
  const { name } = operator.call;
  if (!isCounting(operator)) return boundPlugin(operator, input, place);
  place.context.report(
    input
      ? problem.severalTables(name.span, name.name)
      : problem.badArgument(operator.call.span, name.name, "it stands behind a table: `T | evaluate preview(10)`"),
  );
  return undefined;
}

/** evaluate: the arguments of the plugin, then its output columns – from the arguments, or from the input's own rows. */
function boundPlugin(operator: op.Evaluate, input: Table | undefined, place: Place): Table | undefined {
  const { context } = place;
  knownOptions("evaluate", operator.options, [], place);
  const { name } = operator.call;
  const plugin = pluginNamed(name.name);
  if (!plugin) {
    context.report(problem.unknownPlugin(name.span, name.name, closest(name.name, pluginNames())));
    return undefined;
  }
  if (plugin.refusal !== undefined) {
    context.report(problem.notSupported(name.span, `the plugin \`${plugin.name}\``, plugin.refusal));
    return undefined;
  }
  if (plugin.reads && input) {
    context.report(problem.badArgument(name.span, plugin.name, "it takes no rows, and begins a query"));
    return undefined;
  }
  if (plugin.serialized && !input?.serialized) {
    context.report(problem.notSerialized(name.span, plugin.name));
    return undefined;
  }
  const empty: Plan = { kind: "Values", rows: batchOf([], [], 1), schema: [], origin: operator.span };
  const given = { plan: input?.plan ?? empty, serialized: input?.serialized ?? false };
  const aggregated = plugin.params.some((param) => param.kind === "aggregate")
    ? aggregatedInput(operator, given, place)
    : { input: given, call: operator.call };
  if (!aggregated) return undefined;
  const bound = bindArguments(plugin, aggregated.call, aggregated.input, place);
  if (!bound) return undefined;
  const { call, tables } = bound;
  // The rows that decide the columns are those that fill them.
  const fixed = plugin.schema.from === "rows" && isDrawn(bound.source);
  const source = fixed ? shared(bound.source, plugin.name, place) : bound.source;
  const schema = operator.schema
    ? statedSchema(operator.schema, plugin, call, source, operator, place)
    : outputSchema(plugin, call, source, operator, place);
  if (!schema) return undefined;
  const read = plugin.reads ? readTable(plugin.reads(call), operator, place) : [];
  if (!read) return undefined;
  return {
    plan: {
      kind: "Evaluate",
      input: source,
      plugin,
      call,
      tables: [...tables, ...read],
      schema,
      origin: operator.span,
    },
    serialized: false,
  };
}

/** What the plugin reads from outside. */
function readTable(describe: ExternalColumns, { call }: op.Evaluate, { context }: Place): readonly Plan[] | undefined {
  const request = { uris: describe.uris, columns: externalColumns, options: new Map(), describe };
  const source = external(context, request, call.span);
  return source && [{ kind: "Scan", name: call.name.name, source, schema: source.schema, origin: call.span }];
}

/** The columns that the query states. `*` stands for those that the plugin gives for an input without rows. */
function statedSchema(
  stated: op.EvaluateSchema,
  plugin: PluginDefinition,
  call: PluginCall,
  input: Plan,
  operator: op.Evaluate,
  place: Place,
): Schema | undefined {
  const declared = declaredSchema(stated.columns, place);
  if (!declared) return undefined;
  if (plugin.schema.from === "arguments") return confirmedSchema(stated.open, declared, plugin, call, operator, place);
  if (!stated.open) return declared;
  const none: Plan = { kind: "Values", rows: concat([], input.schema), schema: input.schema, origin: operator.span };
  const fixed = outputSchema(plugin, call, none, operator, place);
  if (!fixed) return undefined;
  return [...fixed.filter((field) => !declared.some((other) => other.name === field.name)), ...declared];
}

/** The arguments alone decide the columns, and the query says them once more. */
function confirmedSchema(
  open: boolean,
  declared: Schema,
  plugin: PluginDefinition,
  call: PluginCall,
  operator: op.Evaluate,
  place: Place,
): Schema | undefined {
  const none: Plan = { kind: "Values", rows: concat([], call.input), schema: call.input, origin: operator.span };
  const schema = outputSchema(plugin, call, none, operator, place);
  if (!schema) return undefined;
  const others = schema.filter((field) => !declared.some((other) => other.name === field.name));
  const text = (fields: Schema) => fields.map(({ name, type }) => `${name}:${type}`).join(", ");
  if (text(schema) === text(open ? [...others, ...declared] : declared)) return schema;
  place.context.report(problem.badArgument(operator.call.span, plugin.name, `its result is (${text(schema)})`));
  return undefined;
}

function outputSchema(
  plugin: PluginDefinition,
  call: PluginCall,
  input: Plan,
  operator: op.Evaluate,
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
