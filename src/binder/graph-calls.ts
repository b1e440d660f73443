import type { ScalarType, Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr } from "../plan/nodes.ts";
import { brokenExpr, isBroken } from "./coerce.ts";
import { bindExpr, bindPredicate, type Place } from "./place.ts";

/* Functions that are known only where a graph is looked at: https://learn.microsoft.com/kusto/query/graph-function-overview */

/** Of one node or edge; inside graph-where-nodes it may be left out. */
const ofElement: Readonly<Partial<Record<string, ScalarType>>> = {
  node_degree_in: "long",
  node_degree_out: "long",
  node_id: "string",
  labels: "dynamic",
  inner_nodes: "dynamic",
};
/** Of each edge of a path, or each node inside it. */
const ofPath: Readonly<Partial<Record<string, ScalarType>>> = { all: "bool", any: "bool", map: "dynamic" };

/** The call of a graph function; undefined when it is none. Nothing computes it: what counts is its type. */
export function bindGraphCall(call: ast.Call, place: Place): Expr | undefined {
  const { name } = call.name;
  const [element, inner] = call.args;
  const single = ofElement[name];
  if (single !== undefined) {
    const most = name === "inner_nodes" ? "1 argument" : "0 to 1 arguments";
    if (call.args.length > 1 || (name === "inner_nodes" && !element)) {
      place.context.report(problem.wrongArgumentCount(call.name.span, name, most, call.args.length));
      return brokenExpr(call.span);
    }
    return element && isBroken(bindExpr(element, place)) ? brokenExpr(call.span) : standIn(call, single, place);
  }
  const several = ofPath[name];
  if (several === undefined || !element || !inner || call.args.length !== 2) return undefined;
  if (isBroken(bindExpr(element, place))) return brokenExpr(call.span);
  const within: Place = { ...place, row: { schema: columnsOf(element, place), serialized: false } };
  const bound = name === "map" ? bindExpr(inner, within) : bindPredicate(inner, within);
  return isBroken(bound) ? brokenExpr(call.span) : standIn(call, several, place);
}

/** The columns that the second argument sees. */
function columnsOf(element: ast.Expr, { row, graph }: Place): Schema {
  if (element.kind === "Name") return row?.parts?.get(element.name)?.schema ?? [];
  return element.kind === "Call" && element.name.name === "inner_nodes" ? (graph?.nodes ?? []) : [];
}

function standIn({ name, span }: ast.Call, type: ScalarType, { row }: Place): Expr {
  return { kind: "Column", index: row?.schema.length ?? 0, name: name.name, type, span };
}
