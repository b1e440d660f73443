import type { Field, ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../../parser/ast.ts";
import type * as graphs from "../../parser/ast-graphs.ts";
import { expressionsIn } from "../ast-nodes.ts";
import { isBroken } from "../coerce.ts";
import { columnName, type Unnamed } from "../column-names.ts";
import { OutputColumns, uniqueName } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindExpr, bindPredicate, bindSteps, bindTable, type Place, refused } from "../place.ts";
import type { Graph, Row, RowPart, Table } from "../scope.ts";

/* Graphs have a shape, the columns of their nodes and of their edges; nothing runs over them. */

export function bindGraphOperator(operator: graphs.GraphOperator, input: Table, place: Place): Table | undefined {
  if (operator.kind === "MakeGraph") return bindMakeGraph(operator, input, place);
  const { graph } = input;
  if (!graph) {
    place.context.report(problem.graphExpected(operator.span));
    return undefined;
  }
  switch (operator.kind) {
    case "GraphMatch":
      return bindGraphMatch(operator, graph, place);
    case "GraphToTable":
      return bindGraphToTable(operator, graph, place);
    case "GraphMarkComponents":
      return bindMarkComponents(operator, graph, place);
    case "GraphWhere": {
      const row: Row = { schema: operator.entity === "nodes" ? graph.nodes : graph.edges, serialized: false };
      const predicate = bindPredicate(operator.predicate, { ...place, row, graph });
      return isBroken(predicate) ? undefined : graphTable(graph, `graph-where-${operator.entity}`, operator.span);
    }
  }
}

function graphTable(graph: Graph, operator: string, span: Span): Table {
  return { plan: refused(`the operator \`${operator}\``, span, []), serialized: false, graph };
}

function bindMakeGraph(operator: graphs.MakeGraph, input: Table, place: Place): Table | undefined {
  knownOptions("make-graph", operator.options, [], place);
  const edges = input.plan.schema;
  const source = nodeKey(operator.source, edges, place);
  const target = nodeKey(operator.target, edges, place);
  const tables = operator.nodes.map(({ table, key }) => {
    const bound = bindTable(table, place);
    return bound && nodeKey(key, bound.plan.schema, place) ? bound.plan.schema : undefined;
  });
  if (!source || !target || tables.includes(undefined)) return undefined;
  const { nodeId, partition } = operator;
  const nodes = nodeId ? [{ name: nodeId.name, type: source }] : merged(tables.flatMap((schema) => schema ?? []));
  const graph = graphTable({ nodes, edges }, "make-graph", operator.span);
  if (!partition) return graph;
  if (!nodeKey(partition.by, edges, place)) return undefined;
  return bindSteps(partition.steps.operators, graph, place);
}

/** The type of the column by which nodes are known; undefined after a report. */
function nodeKey({ name, span }: ast.Name, schema: Schema, { context }: Place): ScalarType | undefined {
  const field = schema.find((one) => one.name === name);
  if (field?.type === "dynamic") {
    context.report(problem.dynamicNodeId(span));
    return undefined;
  }
  const names = schema.map((one) => one.name);
  if (!field) context.report(problem.unknownName(span, name, closest(name, names)));
  return field?.type;
}

/** Columns of several tables: those of one name and type are one. */
function merged(fields: readonly Field[]): Schema {
  const taken = new Set<string>();
  const result: Field[] = [];
  for (const { name, type } of fields) {
    if (result.some((field) => field.name === name && field.type === type)) continue;
    const unique = uniqueName(name, taken);
    taken.add(unique);
    result.push({ name: unique, type });
  }
  return result;
}

const cycles = ["all", "none", "unique_edges"] as const;
const outputs = ["any", "all"] as const;

function bindGraphMatch(operator: graphs.GraphMatch, graph: Graph, place: Place): Table | undefined {
  const { keyword } = operator;
  const [option, words] = keyword === "graph-match" ? (["cycles", cycles] as const) : (["output", outputs] as const);
  const options = knownOptions(keyword, operator.options, [option], place);
  wordOption<string>(options, option, words, words[0], place);
  if (!operator.patterns.map((pattern) => alternates(pattern, place)).every(Boolean)) return undefined;
  const inner: Place = { ...place, row: patternRow(operator.patterns, graph), graph };
  const predicate = operator.predicate && bindPredicate(operator.predicate, inner);
  if (predicate && isBroken(predicate)) return undefined;
  if (!operator.columns) return graphTable(graph, keyword, operator.span);
  const paths = new Set(
    elementsOf(operator.patterns).flatMap((one) => (isPath(one) && one.name ? [one.name.name] : [])),
  );
  const columns = new OutputColumns(place.context);
  const unnamed: Unnamed = { count: 0 };
  let failed = false;
  for (const column of operator.columns) {
    const value = column.kind === "Named" ? column.value : column;
    const expr = bindExpr(value, inner);
    failed ||= isBroken(expr);
    // What is said of a path is said of each of its edges.
    const many = [...expressionsIn(value)].some((node) => node.kind === "Name" && paths.has(node.name));
    columns.addNamed(expr, many ? "dynamic" : expr.type, columnName(column, unnamed), column.span);
  }
  if (failed) return undefined;
  return { plan: refused(`the operator \`${keyword}\``, operator.span, columns.schema), serialized: false };
}

const isPath = (element: graphs.GraphElement) => element.kind === "GraphEdge" && element.range !== undefined;

function elementsOf(patterns: readonly graphs.GraphPattern[]): readonly graphs.GraphElement[] {
  return patterns.flatMap(({ elements }) => elements);
}

/** Nodes and edges stand in turn, and a node is the last. */
function alternates({ elements }: graphs.GraphPattern, { context }: Place): boolean {
  const wrong = elements.find((element, i) => element.kind !== (i % 2 === 0 ? "GraphNode" : "GraphEdge"));
  const last = elements.at(-1);
  if (wrong) context.report(problem.graphElement(wrong.span, wrong.kind === "GraphNode" ? "edge" : "node"));
  else if (last && last.kind !== "GraphNode") context.report(problem.graphElementMissing(last.span));
  return !wrong && last?.kind === "GraphNode";
}

/** Each named element as a whole, and its columns behind its name and a dot. */
function patternRow(patterns: readonly graphs.GraphPattern[], graph: Graph): Row {
  const schema: Field[] = [];
  const parts = new Map<string, RowPart>();
  for (const { kind, name } of elementsOf(patterns)) {
    if (!name || parts.has(name.name)) continue;
    const columns = kind === "GraphNode" ? graph.nodes : graph.edges;
    schema.push({ name: name.name, type: "dynamic" });
    parts.set(name.name, { schema: columns, start: schema.length });
    schema.push(...columns.map((field) => ({ ...field, name: `${name.name}.${field.name}` })));
  }
  return { schema, serialized: false, parts };
}

function bindGraphToTable(operator: graphs.GraphToTable, graph: Graph, place: Place): Table | undefined {
  const { context, scope } = place;
  const [first, second, ...others] = operator.outputs;
  if (!first || others.length > 0) {
    context.report(problem.graphOutputs(operator.span));
    return undefined;
  }
  const tables = (second ? [first, second] : [first]).map((output) => {
    const schema = outputSchema(output, graph, place);
    return { output, plan: refused("the operator `graph-to-table`", operator.span, schema) };
  });
  if (second) {
    if (first.entity === second.entity) context.report(problem.graphEntities(operator.span));
    const unnamed = tables.find(({ output }) => !output.as);
    if (unnamed) context.report(problem.graphOutputName(unnamed.output.span));
  }
  for (const { output, plan } of tables) {
    if (output.as)
      scope.set(output.as.name, { kind: "table", table: { plan, serialized: false, name: output.as.name } });
  }
  const [only] = tables;
  const plan = second || !only ? refused("the operator `graph-to-table`", operator.span, []) : only.plan;
  return { plan, serialized: false, name: second ? undefined : first.as?.name };
}

/** The columns of the nodes or edges, behind those of the numbers that were asked for. */
function outputSchema({ entity, options }: graphs.GraphOutput, graph: Graph, place: Place): Schema {
  const known = entity === "nodes" ? ["with_node_id"] : ["with_source_id", "with_target_id"];
  const given = knownOptions("graph-to-table", options, known, place);
  const ids = known.flatMap((option): readonly Field[] => {
    const name = given.get(option)?.value;
    return typeof name === "string" ? [{ name, type: "long" }] : [];
  });
  return [...ids, ...(entity === "nodes" ? graph.nodes : graph.edges)];
}

function bindMarkComponents(operator: graphs.GraphMarkComponents, graph: Graph, place: Place): Table {
  const options = knownOptions("graph-mark-components", operator.options, ["kind", "with_component_id"], place);
  wordOption(options, "kind", ["weak", "strong"], "weak", place);
  const given = options.get("with_component_id")?.value;
  const component: Field = { name: typeof given === "string" ? given : "ComponentId", type: "long" };
  return graphTable({ ...graph, nodes: [...graph.nodes, component] }, "graph-mark-components", operator.span);
}
