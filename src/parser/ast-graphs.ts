import type { Span } from "../diagnostics/diagnostic.ts";
import type { Expr, Name, Node, Option, Steps } from "./ast.ts";

/* The operators over graphs. */

export type GraphOperator = MakeGraph | GraphMatch | GraphToTable | GraphMarkComponents | GraphWhere;

/** make-graph source --> target with Nodes on key, …; or with_node_id = name; partitioned-by column (operators) */
export interface MakeGraph extends Node<"MakeGraph"> {
  readonly options: readonly Option[];
  readonly source: Name;
  /** Only `-->` has a meaning there. */
  readonly arrow: GraphEdge;
  readonly target: Name;
  /** Tables of nodes, each with its key. */
  readonly nodes: readonly { readonly table: Expr; readonly key: Name }[];
  readonly nodeId?: Name | undefined;
  readonly partition?: { readonly by: Name; readonly steps: Steps } | undefined;
}

/** graph-match pattern, … where predicate project columns; graph-shortest-paths reads alike. */
export interface GraphMatch extends Node<"GraphMatch"> {
  readonly keyword: "graph-match" | "graph-shortest-paths";
  readonly options: readonly Option[];
  readonly patterns: readonly GraphPattern[];
  readonly predicate?: Expr | undefined;
  /** Absent without `project`: the result is the graph itself. */
  readonly columns?: readonly Expr[] | undefined;
}
/** (n1)-[e]->(n2)<--(n3): nodes and edges in turn, as they stand there. */
export interface GraphPattern {
  readonly elements: readonly GraphElement[];
  readonly span: Span;
}
export type GraphElement = GraphNode | GraphEdge;
export interface GraphNode extends Node<"GraphNode"> {
  readonly name?: Name | undefined;
}
export interface GraphEdge extends Node<"GraphEdge"> {
  readonly name?: Name | undefined;
  readonly direction: "forward" | "backward" | "any";
  /** *low..high: a path of edges. */
  readonly range?: { readonly low: Expr; readonly high: Expr } | undefined;
}

/** graph-to-table nodes as N with_node_id = id, edges as E with_source_id = s */
export interface GraphToTable extends Node<"GraphToTable"> {
  readonly outputs: readonly GraphOutput[];
}
export interface GraphOutput extends Node<"GraphOutput"> {
  readonly entity: "nodes" | "edges";
  readonly as?: Name | undefined;
  readonly options: readonly Option[];
}

export interface GraphMarkComponents extends Node<"GraphMarkComponents"> {
  readonly options: readonly Option[];
}

/** graph-where-nodes, graph-where-edges */
export interface GraphWhere extends Node<"GraphWhere"> {
  readonly entity: "nodes" | "edges";
  readonly predicate: Expr;
}
