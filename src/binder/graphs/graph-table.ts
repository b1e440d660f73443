import type { Schema } from "../../data/types.ts";
import { graphAsRows } from "../../diagnostics/catalogue/graphs.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { GraphResult, Plan } from "../../plan/nodes.ts";
import type { Graph, Table } from "../scope.ts";
import { columnsRead } from "./columns-read.ts";

/** A graph, which is no rows: to ask for them is an error. */
export function graphTable(graph: Graph, span: Span): Table {
  return { plan: { kind: "Refused", problem: graphAsRows(span), schema: [], origin: span }, serialized: false, graph };
}

/** The rows that an operator makes of the graph. */
export function rowsOf({ made, refusal }: Graph, result: GraphResult, schema: Schema, origin: Span): Plan {
  if (refusal) return { ...refusal, schema };
  const plan = { kind: "Graph", ...made, result, schema, origin } as const;
  return { ...plan, reads: columnsRead(plan) };
}
