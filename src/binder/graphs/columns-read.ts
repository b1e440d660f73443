import type { Expr, Graph } from "../../plan/nodes.ts";
import { columnsIn } from "../../plan/walk.ts";

/** The columns of each input that the operators over a graph look at: of the edges, then of each table of nodes. */
export function columnsRead(plan: Omit<Graph, "reads">): Graph["reads"] {
  const { result, source, target, partition, tables, nodes } = plan;
  const ofNodes = new Set<number>();
  const ofEdges = new Set([source, target, ...(partition === undefined ? [] : [partition])]);
  const look = (expr: Expr, at: Set<number>): void => {
    for (const index of columnsIn(expr)) at.add(index);
  };
  if (result.kind === "matches") {
    const asked = columnsIn(...result.outputs, ...(result.predicate ? [result.predicate] : []));
    for (const [index, { of, expr }] of result.values.entries()) {
      if (asked.has(index)) look(expr, of === "edge" ? ofEdges : ofNodes);
    }
  } else {
    for (const output of result.outputs) look(output, result.kind === "nodes" ? ofNodes : ofEdges);
  }
  const width = plan.input.schema.length;
  const ofTables = tables.map(
    ({ key, partition: own }, table) =>
      new Set([
        key,
        ...(own === undefined ? [] : [own]),
        ...[...ofNodes].flatMap(
          (index) => nodes[index]?.from.filter((one) => one.table === table).map((one) => one.column) ?? [],
        ),
      ]),
  );
  return [new Set([...ofEdges].filter((index) => index < width)), ...ofTables];
}
