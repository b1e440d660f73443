import type { Field, ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as graphs from "../../diagnostics/catalogue/graphs.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../../parser/ast.ts";
import type { MakeGraph } from "../../parser/ast-graphs.ts";
import type { GraphColumn, GraphTable } from "../../plan/nodes.ts";
import { knownOptions } from "../options.ts";
import { bindSteps, bindTable, type Place, refused, shared } from "../place.ts";
import type { Graph, Table } from "../scope.ts";
import { graphTable } from "./graph-table.ts";

/** https://learn.microsoft.com/kusto/query/make-graph-operator */
export function bindMakeGraph(operator: MakeGraph, input: Table, place: Place): Table | undefined {
  const { context } = place;
  knownOptions("make-graph", operator.options, [], place);
  const { arrow, nodeId, partition } = operator;
  if (arrow.direction !== "forward" || arrow.name || arrow.range) context.report(graphs.graphArrow(arrow.span));
  const edges = input.plan.schema;
  const source = keyColumn(operator.source, edges, undefined, place);
  const target = keyColumn(operator.target, edges, source?.field.type, place);
  const by = partition && keyColumn(partition.by, edges, undefined, place);
  const tables = operator.nodes.map(({ table, key }): GraphTable | undefined => {
    const bound = bindTable(table, place);
    const column = bound && keyColumn(key, bound.plan.schema, source?.field.type, place);
    // Both the edges and the nodes say which graph they belong to.
    const own = bound && partition && keyColumn(partition.by, bound.plan.schema, by?.field.type, place);
    if (!bound || !column || (partition && !own)) return undefined;
    return { plan: shared(bound.plan, "nodes", place), key: column.index, partition: own?.index };
  });
  if (!source || !target || (partition && !by) || !tables.every((table) => table !== undefined)) return undefined;
  const id = source.field.type;
  const columns: readonly GraphColumn[] = nodeId
    ? [{ name: nodeId.name, type: id, from: [], id: "always" }]
    : columnsOf(tables);
  const made: Graph["made"] = {
    input: shared(input.plan, "edges", place),
    tables,
    source: source.index,
    target: target.index,
    nodes: columns,
    partition: by?.index,
    components: [],
  };
  const unlike = typesOf(tables, columns);
  const help = `rename one, for example with \`project-rename ${unlike}2 = ${unlike}\``;
  const what = `a property \`${unlike}\` of two types`;
  const refusal = unlike === undefined ? undefined : refused(what, operator.span, [], help);
  const nodes: Schema = columns.map(({ name, type }) => ({ name, type }));
  const graph = graphTable({ nodes, edges, id, made, refusal }, operator.span);
  return partition ? partitioned(operator, graph, place) : graph;
}

function partitioned({ partition, nodeId, span }: MakeGraph, graph: Table, place: Place): Table | undefined {
  const operators = partition?.steps.operators ?? [];
  // `with_node_id` has no table that could say to which graph a node belongs.
  const stray = operators.find((operator) => !operator.kind.startsWith("Graph"));
  if (nodeId) place.context.report(problem.notHere(nodeId.span, "with_node_id", "beside `partitioned-by`"));
  if (stray) place.context.report(graphs.partitionSteps(stray.span));
  if (nodeId || stray) return undefined;
  const table = bindSteps(operators, graph, place);
  if (!table?.graph && !table?.several) return table;
  place.context.report(graphs.partitionSteps(operators.at(-1)?.span ?? span));
  return undefined;
}

/** A column by which nodes are known, or parted: of `type`, where that is known already. */
function keyColumn(
  { name, span }: ast.Name,
  schema: Schema,
  type: ScalarType | undefined,
  { context }: Place,
): { readonly index: number; readonly field: Field } | undefined {
  const index = schema.findIndex((one) => one.name === name);
  const field = schema[index];
  if (!field) {
    const names = schema.map((one) => one.name);
    context.report(problem.unknownName(span, name, closest(name, names)));
    return undefined;
  }
  if (field.type === "dynamic") context.report(graphs.dynamicNodeId(span));
  else if (type !== undefined && field.type !== type) context.report(problem.wrongType(span, type, field.type));
  else return { index, field };
  return undefined;
}

/** Columns of several tables: those of one name are one. */
function columnsOf(tables: readonly GraphTable[]): readonly GraphColumn[] {
  const columns = new Map<string, GraphColumn>();
  for (const [table, { plan, key }] of tables.entries()) {
    for (const [column, { name, type }] of plan.schema.entries()) {
      const before = columns.get(name);
      const isKey = column === key || before?.id === "without table";
      columns.set(name, {
        name,
        type: before?.type ?? type,
        from: [...(before?.from ?? []), { table, column }],
        id: isKey ? (tables.length === 1 ? "always" : "without table") : "never",
      });
    }
  }
  return [...columns.values()];
}

/** The name of a column that has different types in two tables: which of them it is then, is not published. */
function typesOf(tables: readonly GraphTable[], columns: readonly GraphColumn[]): string | undefined {
  const differs = ({ from, type }: GraphColumn) =>
    from.some(({ table, column }) => tables[table]?.plan.schema[column]?.type !== type);
  return columns.find(differs)?.name;
}
