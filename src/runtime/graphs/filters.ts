import { scalarFunction } from "../../functions/registry.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Expr, GraphMatches, GraphValue } from "../../plan/nodes.ts";
import { columnsIn, isRowLocal } from "../../plan/walk.ts";
import type { Run } from "../run.ts";
import { trueMask } from "../true-rows.ts";
import type { BuiltGraph } from "./build.ts";

/** What each part of a pattern must be by itself: 1 for the nodes or edges of the graph that will do. */
export interface Filters {
  readonly nodes: readonly (Uint8Array | undefined)[];
  readonly edges: readonly (Uint8Array | undefined)[];
  /** The nodes inside the path that an edge stands for. */
  readonly inner: readonly (Uint8Array | undefined)[];
  /** What is left to ask of a place as a whole. */
  readonly rest: readonly Expr[];
}

/** Takes the condition apart: what it says of one node or edge alone is known before the search. */
export function filtersOf(matches: GraphMatches, graph: BuiltGraph, run: Run): Filters {
  const { predicate, values, nodeCount, edges } = matches;
  const masks = {
    node: new Array<Uint8Array | undefined>(nodeCount).fill(undefined),
    edge: new Array<Uint8Array | undefined>(edges.length).fill(undefined),
    inner: new Array<Uint8Array | undefined>(edges.length).fill(undefined),
  };
  const rest: Expr[] = [];
  for (const conjunct of predicate ? conjunctsOf(predicate) : []) {
    const alone = aloneOf(conjunct, values);
    if (!alone) {
      rest.push(conjunct);
      continue;
    }
    const { of, element, expr } = alone;
    const rows = of === "edge" ? graph.edges : graph.nodes;
    const mask = trueMask(evaluate(expr, rows, run), rows.length);
    const before = masks[of][element];
    masks[of][element] = before ? mask.map((bit, i) => bit & before[i]!) : mask;
  }
  return { nodes: masks.node, edges: masks.edge, inner: masks.inner, rest };
}

function conjunctsOf(expr: Expr): readonly Expr[] {
  if (!isRowLocal(expr)) return [expr];
  return expr.kind === "Call" && expr.fn === scalarFunction("and") ? expr.args.flatMap(conjunctsOf) : [expr];
}

/** The condition over a single node or edge, or over each of a path. */
function aloneOf(conjunct: Expr, values: readonly GraphValue[]): Omit<GraphValue, "fold"> | undefined {
  if (!isRowLocal(conjunct)) return undefined;
  if (conjunct.kind === "Column") {
    const value = values[conjunct.index];
    if (value?.fold === "all" && isRowLocal(value.expr)) return value;
  }
  const [first, ...others] = [...columnsIn(conjunct)].map((index) => values[index]);
  if (first?.fold !== "one" || !isRowLocal(first.expr)) return undefined;
  const { of, element } = first;
  const together = others.every(
    (other) => other?.fold === "one" && other.of === of && other.element === element && isRowLocal(other.expr),
  );
  return together ? { of, element, expr: inserted(conjunct, values) } : undefined;
}

/** The expression with each value replaced by what it is computed from. */
function inserted(expr: Expr, values: readonly GraphValue[]): Expr {
  if (expr.kind === "Column") return values[expr.index]?.expr ?? expr;
  return expr.kind === "Call" ? { ...expr, args: expr.args.map((arg) => inserted(arg, values)) } : expr;
}
