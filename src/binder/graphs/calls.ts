import type { ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as graphs from "../../diagnostics/catalogue/graphs.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type { Expr } from "../../plan/nodes.ts";
import { brokenExpr, callFunction, literal } from "../coerce.ts";
import { bindExpr, bindPredicate, type Place } from "../place.ts";
import type { Graph } from "../scope.ts";

/* Functions that are known only where a graph is looked at: https://learn.microsoft.com/kusto/query/graph-function-overview */

/** The row of one node or edge: its columns, then what stands behind them and has no name. */
export interface ElementRow {
  readonly kind: "node" | "edge";
  readonly schema: Schema;
  readonly id: ScalarType;
  /** An expression over the row alone. */
  readonly expr: (expr: ast.Expr, place: Place) => Expr;
  readonly predicate: (expr: ast.Expr, place: Place) => Expr;
}

export function nodeRow(graph: Graph): ElementRow {
  return elementRow("node", graph.nodes, graph.id);
}

export function edgeRow(graph: Graph): ElementRow {
  return elementRow("edge", graph.edges, graph.id);
}

function elementRow(kind: ElementRow["kind"], schema: Schema, id: ScalarType): ElementRow {
  const within = (place: Place): Place => ({
    ...place,
    row: { schema, serialized: false },
    graphCall: (call, inner) => bindOwnCall(call, row, inner),
  });
  const row: ElementRow = {
    kind,
    schema,
    id,
    expr: (expr, place) => bindExpr(expr, within(place)),
    predicate: (expr, place) => bindPredicate(expr, within(place)),
  };
  return row;
}

/** Functions of a node or edge, and where their value stands behind the columns of a node. */
const behindNode: Readonly<Partial<Record<string, number>>> = { node_id: 0, node_degree_in: 1, node_degree_out: 2 };

export function isElementFunction(name: string): boolean {
  return name === "labels" || behindNode[name] !== undefined;
}

/** `labels()`, `node_degree_in()`: of the node or edge at hand. */
function bindOwnCall(call: ast.Call, row: ElementRow, { context }: Place): Expr | undefined {
  const { name, span } = call.name;
  if (name === "inner_nodes") {
    context.report(graphs.strayInnerNodes(span));
    return brokenExpr(call.span);
  }
  if (!isElementFunction(name)) return undefined;
  if (call.args.length > 0) {
    context.report(problem.wrongArgumentCount(span, name, "no arguments", call.args.length));
    return brokenExpr(call.span);
  }
  return elementValue(call, row, context);
}

/** What the function says of a node or edge, over its row. */
export function elementValue(call: ast.Call, row: ElementRow, context: Place["context"]): Expr {
  const { name, span } = call.name;
  // Labels come from a graph model: the nodes and edges of `make-graph` have none.
  if (name === "labels") return literal("dynamic", [], call.span);
  const behind = behindNode[name];
  if (behind === undefined || row.kind === "edge") {
    context.report(graphs.elementExpected(span, name, "node"));
    return brokenExpr(call.span);
  }
  const type = name === "node_id" ? row.id : "long";
  const value: Expr = { kind: "Column", index: row.schema.length + behind, name, type, span: call.span };
  const text = scalarFunction("tostring");
  return name === "node_id" && type !== "string" && text ? callFunction(context, text, [value], call.span) : value;
}

/** A node or edge as a whole: a bag of those of its columns that have a value. */
export function wholeElement({ schema }: ElementRow, span: ast.Name["span"], context: Place["context"]): Expr {
  const pack = scalarFunction("pack_nonempty()");
  if (schema.length === 0 || !pack) return literal("dynamic", new Map(), span);
  const slots = schema.flatMap(({ name, type }, index): readonly Expr[] => [
    literal("string", name, span),
    { kind: "Column", index, name, type, span },
  ]);
  return callFunction(context, pack, slots, span);
}
