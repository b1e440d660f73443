import type { Field, Schema } from "../../data/types.ts";
import * as graphs from "../../diagnostics/catalogue/graphs.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast-graphs.ts";
import type { Expr } from "../../plan/nodes.ts";
import { callFunction, isBroken } from "../coerce.ts";
import { knownOptions, wordOption } from "../options.ts";
import { type Place, refused, shared } from "../place.ts";
import type { Graph, Table } from "../scope.ts";
import { edgeRow, nodeRow } from "./calls.ts";
import { graphTable, rowsOf } from "./graph-table.ts";
import { bindMakeGraph } from "./make-graph.ts";
import { bindGraphMatch } from "./match.ts";

export function bindGraphOperator(operator: ast.GraphOperator, input: Table, place: Place): Table | undefined {
  if (operator.kind === "MakeGraph") return bindMakeGraph(operator, input, place);
  const { graph } = input;
  if (!graph) {
    place.context.report(graphs.graphExpected(operator.span));
    return undefined;
  }
  switch (operator.kind) {
    case "GraphMatch": {
      const bound = bindGraphMatch(operator, graph, place);
      if (!bound) return undefined;
      const refusal = graph.refusal ?? bound.refusal;
      return { plan: rowsOf({ ...graph, refusal }, bound.result, bound.schema, operator.span), serialized: false };
    }
    case "GraphToTable":
      return bindGraphToTable(operator, graph, place);
    case "GraphMarkComponents":
      return bindMarkComponents(operator, graph, place);
    case "GraphWhere":
      return bindGraphWhere(operator, graph, place);
  }
}

/** What becomes of an edge that loses a node, and of a node that loses its edges, is not published. */
function bindGraphWhere({ entity, predicate, span }: ast.GraphWhere, graph: Graph, place: Place): Table | undefined {
  const row = entity === "nodes" ? nodeRow(graph) : edgeRow(graph);
  if (isBroken(row.predicate(predicate, place))) return undefined;
  const help = `filter the ${entity === "nodes" ? "table of nodes, and the edges" : "edges"}, before \`make-graph\``;
  return graphTable({ ...graph, refusal: refused(`the operator \`graph-where-${entity}\``, span, [], help) }, span);
}

function bindGraphToTable(operator: ast.GraphToTable, graph: Graph, place: Place): Table | undefined {
  const { context, scope } = place;
  const [first, second, ...others] = operator.outputs;
  if (!first || others.length > 0) {
    context.report(graphs.graphOutputs(operator.span));
    return undefined;
  }
  const tables = (second ? [first, second] : [first]).map((output) => {
    const { entity } = output;
    const { schema, outputs } = outputColumns(output, graph, place);
    return { output, plan: shared(rowsOf(graph, { kind: entity, outputs }, schema, operator.span), entity, place) };
  });
  if (second) {
    if (first.entity === second.entity) context.report(graphs.graphEntities(operator.span));
    const unnamed = tables.find(({ output }) => !output.as);
    if (unnamed) context.report(graphs.graphOutputName(unnamed.output.span));
  }
  for (const { output, plan } of tables) {
    if (output.as)
      scope.set(output.as.name, { kind: "table", table: { plan, serialized: false, name: output.as.name } });
  }
  const [only] = tables;
  if (!only) return undefined;
  if (!second) return { plan: only.plan, serialized: false, name: first.as?.name };
  const help = "its tables have names: write them in a statement of their own";
  const plan = refused("a step behind two tables", operator.span, [], help);
  return { plan, serialized: false, several: tables.map((table) => table.plan) };
}

/** The columns of the nodes or edges, behind the hashes that were asked for. */
function outputColumns(
  { entity, options, span }: ast.GraphOutput,
  graph: Graph,
  place: Place,
): { readonly schema: Schema; readonly outputs: readonly Expr[] } {
  const hashes = entity === "nodes" ? ["with_node_id"] : ["with_source_id", "with_target_id"];
  const given = knownOptions("graph-to-table", options, hashes, place);
  const columns = entity === "nodes" ? graph.nodes : graph.edges;
  const schema: Field[] = [];
  const outputs: Expr[] = [];
  for (const [i, option] of hashes.entries()) {
    const name = given.get(option)?.value;
    const hash = scalarFunction("hash");
    if (typeof name !== "string" || !hash) continue;
    const id: Expr = { kind: "Column", index: columns.length + i, name: option, type: graph.id, span };
    schema.push({ name, type: "long" });
    outputs.push(callFunction(place.context, hash, [id], span));
  }
  for (const [index, field] of columns.entries()) {
    schema.push(field);
    outputs.push({ kind: "Column", index, ...field, span });
  }
  return { schema, outputs };
}

function bindMarkComponents(operator: ast.GraphMarkComponents, graph: Graph, place: Place): Table | undefined {
  const options = knownOptions("graph-mark-components", operator.options, ["kind", "with_component_id"], place);
  const kind = wordOption(options, "kind", ["weak", "strong"], "weak", place);
  const given = options.get("with_component_id")?.value;
  const component: Field = { name: typeof given === "string" ? given : "ComponentId", type: "long" };
  if (graph.nodes.some((field) => field.name === component.name)) {
    place.context.report(graphs.takenColumn(operator.span, component.name));
    return undefined;
  }
  const made = { ...graph.made, components: [...graph.made.components, kind] };
  return graphTable({ ...graph, nodes: [...graph.nodes, component], made }, operator.span);
}
