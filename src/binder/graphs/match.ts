import type { Field, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as graphs from "../../diagnostics/catalogue/graphs.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type { GraphMatch } from "../../parser/ast-graphs.ts";
import type { Expr, GraphMatches, GraphResult, GraphValue, Refused } from "../../plan/nodes.ts";
import { columnsIn, movedColumns } from "../../plan/walk.ts";
import { expressionsIn } from "../ast-nodes.ts";
import { brokenExpr, isBroken } from "../coerce.ts";
import type { Unnamed } from "../column-names.ts";
import { OutputColumns } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindExpr, bindPredicate, type Place, refused } from "../place.ts";
import type { Graph, RowPart } from "../scope.ts";
import { type ElementRow, edgeRow, elementValue, isElementFunction, nodeRow, wholeElement } from "./calls.ts";
import { isFold, patternColumnName } from "./column-names.ts";
import { bindPattern, type Element, type Pattern, unclearCycles } from "./pattern.ts";

interface BoundMatch {
  readonly result: GraphResult;
  readonly schema: Schema;
  readonly refusal?: Refused | undefined;
}

/** https://learn.microsoft.com/kusto/query/graph-match-operator, …/graph-shortest-paths-operator */
export function bindGraphMatch(operator: GraphMatch, graph: Graph, place: Place): BoundMatch | undefined {
  const { context } = place;
  const how = searchOf(operator, place);
  const pattern = bindPattern(operator.patterns, place);
  if (!pattern) return undefined;
  const values = new PatternValues(pattern, graph, operator, place);
  const inner: Place = { ...place, row: values.row, graphCall: (call, at) => values.call(call, at) };
  if (comparesWhole(operator, pattern, place)) return undefined;
  const predicate = operator.predicate && bindPredicate(operator.predicate, inner);
  if (predicate && (isBroken(predicate) || values.refusesPath(predicate))) return undefined;
  if (predicate && how.shortest && relates(predicate, values.values)) {
    context.report(graphs.relatedElements(operator.predicate?.span ?? operator.span));
    return undefined;
  }
  if (!operator.columns) {
    context.report(graphs.graphProject(operator.span, operator.keyword));
    return undefined;
  }
  const columns = new OutputColumns(context);
  const unnamed: Unnamed = { count: 0 };
  const bare = new Set([...pattern.names].filter(([, { kind }]) => isBare(kind, graph)).map(([name]) => name));
  let failed = false;
  for (const column of operator.columns) {
    const expr = values.mapped(bindExpr(column.kind === "Named" ? column.value : column, inner));
    failed ||= isBroken(expr);
    columns.add(expr, patternColumnName(column, pattern, bare, unnamed), column.span);
  }
  if (failed) return undefined;
  const { nodeCount, edges } = pattern;
  const { outputs, schema } = columns;
  const refusal = unclearCycles(pattern, how.cycles, operator.span) ?? unclearPaths(operator, pattern);
  return {
    result: { kind: "matches", nodeCount, edges, ...how, values: values.values, predicate, outputs },
    schema,
    refusal,
  };
}

/** Functions of conditions: what they are given is true or not. */
const conditional = new Set(["not", "iff", "iif", "case"]);

/** Reports a node, edge or path that stands for a value of its own: to compare it gives nothing, and no error. */
function comparesWhole({ predicate, columns }: GraphMatch, { names }: Pattern, { context }: Place): boolean {
  const all = [...expressionsIn([predicate, columns])];
  // Inside of `all(e, …)` names are those of columns.
  const within = new Set(
    all.flatMap((expr) =>
      expr.kind === "Call" && isFold(expr.name.name) ? [...expressionsIn(expr.args.slice(1))] : [],
    ),
  );
  const stray = [predicate, ...all.filter((expr) => !within.has(expr)).flatMap(operandsOf)].find(
    (operand) => operand?.kind === "Name" && names.has(operand.name),
  );
  if (stray?.kind === "Name") context.report(graphs.wholeElement(stray.span, stray.name));
  return stray !== undefined;
}

function operandsOf(expr: ast.Expr): readonly ast.Expr[] {
  switch (expr.kind) {
    case "Binary":
      return [expr.left, expr.right];
    case "Unary":
      return [expr.operand];
    case "Between":
      return [expr.operand, expr.low, expr.high];
    case "In":
      return [expr.operand, ...expr.list];
    case "Call":
      return conditional.has(expr.name.name) ? expr.args : [];
    default:
      return [];
  }
}

function isBare(kind: Element["kind"], { nodes, edges }: Graph): boolean {
  return kind !== "path" && (kind === "node" ? nodes : edges).length === 0;
}

function searchOf(operator: GraphMatch, place: Place): Pick<GraphMatches, "cycles" | "shortest"> {
  const { keyword } = operator;
  if (keyword === "graph-match") {
    const options = knownOptions(keyword, operator.options, ["cycles"], place);
    return { cycles: wordOption(options, "cycles", ["unique_edges", "all", "none"], "unique_edges", place) };
  }
  const options = knownOptions(keyword, operator.options, ["output"], place);
  return { cycles: "none", shortest: wordOption<"any" | "all">(options, "output", ["any", "all"], "any", place) };
}

/** The documentation wants a path, and says of what are the shortest ones only where the pattern is one path alone. */
function unclearPaths({ keyword, patterns, span }: GraphMatch, { edges, nodeCount }: Pattern): Refused | undefined {
  if (keyword === "graph-match") return undefined;
  const help = "`graph-shortest-paths` takes one path between two nodes: `(a)-[e*1..5]->(b)`";
  return patterns.length === 1 && edges.length === 1 && nodeCount === 2 && edges[0]?.range
    ? undefined
    : refused("such a pattern of `graph-shortest-paths`", span, [], help);
}

/** A comparison, or a call, that looks at two elements; `and`, `or` and `not` may join those that look at one each. */
function relates(expr: Expr, values: readonly GraphValue[]): boolean {
  if (expr.kind === "Call" && ["and", "or", "not"].some((name) => expr.fn === scalarFunction(name))) {
    return expr.args.some((arg) => relates(arg, values));
  }
  const elements = new Set([...columnsIn(expr)].map((index) => elementKey(values[index])));
  return elements.size > 1;
}

function elementKey(value: GraphValue | undefined): string {
  return value?.of === "node" ? `node ${value.element}` : `edge ${value?.element}`;
}

/** What expressions may say of a place where the pattern fits: columns of a row that grows as they ask. */
class PatternValues {
  readonly values: GraphValue[] = [];
  /** Properties of a path: they have a value for each of its edges. */
  readonly #ofPath = new Map<number, string>();
  readonly #fields: Field[] = [];
  readonly #parts = new Map<string, RowPart>();
  readonly #pattern: Pattern;
  readonly #rows: { readonly node: ElementRow; readonly edge: ElementRow };
  readonly #place: Place;

  constructor(pattern: Pattern, graph: Graph, { span }: GraphMatch, place: Place) {
    this.#pattern = pattern;
    this.#rows = { node: nodeRow(graph), edge: edgeRow(graph) };
    this.#place = place;
    for (const [name, element] of pattern.names) {
      const row = element.kind === "node" ? this.#rows.node : this.#rows.edge;
      const of = row.kind;
      const { index } = element;
      const fold = element.kind === "path" ? "map" : "one";
      this.#add(name, { of, element: index, expr: wholeElement(row, span, place.context), fold });
      this.#parts.set(name, { schema: row.schema, start: this.values.length });
      for (const [at, field] of row.schema.entries()) {
        if (element.kind === "path") this.#ofPath.set(this.values.length, name);
        this.#add("", { of, element: index, expr: { kind: "Column", index: at, ...field, span }, fold });
      }
    }
  }

  get row() {
    return { schema: this.#fields, serialized: false, parts: this.#parts };
  }

  #add(name: string, value: GraphValue): number {
    const type = value.fold === "map" ? "dynamic" : value.fold === "one" ? value.expr.type : "bool";
    this.#fields.push({ name, type });
    return this.values.push(value) - 1;
  }

  #column(value: GraphValue, { name, span }: ast.Call): Expr {
    if (isBroken(value.expr)) return brokenExpr(span);
    const index = this.#add("", value);
    return { kind: "Column", index, name: name.name, type: this.#fields[index]?.type ?? "dynamic", span };
  }

  /** `node_degree_in(n)`, `labels(e)`, `map(e, …)`: undefined for any other call. */
  call(call: ast.Call, place: Place): Expr | undefined {
    const { name, span } = call.name;
    const [first, second] = call.args;
    const { context } = place;
    if (name === "inner_nodes") {
      context.report(graphs.strayInnerNodes(span));
      return brokenExpr(call.span);
    }
    if (isElementFunction(name)) return this.#ofElement(call, place);
    if (!isFold(name)) return undefined;
    if (!first || !second || call.args.length !== 2) {
      context.report(problem.wrongArgumentCount(span, name, "2 arguments", call.args.length));
      return brokenExpr(call.span);
    }
    const inner = first.kind === "Call" && first.name.name === "inner_nodes";
    const edge = first.kind === "Call" ? first.args[0] : first;
    const element = edge?.kind === "Name" ? this.#pattern.names.get(edge.name) : undefined;
    if (element?.kind !== "path" || (first.kind === "Call" && (!inner || first.args.length !== 1))) {
      context.report(graphs.pathExpected(first.span, name));
      return brokenExpr(call.span);
    }
    const row = inner ? this.#rows.node : this.#rows.edge;
    const expr = name === "map" ? row.expr(second, place) : row.predicate(second, place);
    return this.#column({ of: inner ? "inner" : "edge", element: element.index, expr, fold: name }, call);
  }

  #ofElement(call: ast.Call, { context }: Place): Expr {
    const { name, span } = call.name;
    const [argument] = call.args;
    const element = argument?.kind === "Name" ? this.#pattern.names.get(argument.name) : undefined;
    if (call.args.length !== 1) {
      context.report(problem.wrongArgumentCount(span, name, "1 argument", call.args.length));
      return brokenExpr(call.span);
    }
    if (!element || element.kind === "path") {
      const kind = name === "labels" ? "node or edge" : "node";
      context.report(graphs.elementExpected(argument?.span ?? span, name, kind));
      return brokenExpr(call.span);
    }
    const row = element.kind === "node" ? this.#rows.node : this.#rows.edge;
    const expr = elementValue(call, row, context);
    return expr.kind === "Literal"
      ? expr
      : this.#column({ of: row.kind, element: element.index, expr, fold: "one" }, call);
  }

  /** Reports a property of a path where one value is asked for. */
  refusesPath(expr: Expr): boolean {
    const path = [...columnsIn(expr)].find((index) => this.#ofPath.has(index));
    if (path === undefined) return false;
    this.#place.context.report(graphs.pathProperty(expr.span, this.#ofPath.get(path) ?? ""));
    return true;
  }

  /** What is said of a property of a path is said of each of its edges: `strcat(e.name, "!")` is an array. */
  mapped(expr: Expr): Expr {
    const columns = [...columnsIn(expr)];
    if (isBroken(expr) || !columns.some((index) => this.#ofPath.has(index))) return expr;
    const paths = new Set(columns.map((index) => this.#ofPath.get(index)));
    const [path] = paths;
    const element = path === undefined ? undefined : this.#pattern.names.get(path);
    if (paths.size !== 1 || !element) {
      this.refusesPath(expr);
      return brokenExpr(expr.span);
    }
    const each = movedColumns(expr, (index) => [...columnsIn(this.values[index]?.expr ?? expr)][0] ?? 0);
    const index = this.#add("", { of: "edge", element: element.index, expr: each, fold: "map" });
    return { kind: "Column", index, name: path ?? "", type: "dynamic", span: expr.span };
  }
}
