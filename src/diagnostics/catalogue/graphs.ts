import type { Diagnostic, Span } from "../diagnostic.ts";

/* What can be wrong with graphs, their patterns and their paths. */

function error(code: Diagnostic["code"], span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

export function graphExpected(span: Span): Diagnostic {
  return error(
    "KS219",
    span,
    "this operator looks at a graph",
    "rows come in here",
    "`make-graph` makes one of a table",
  );
}

export function dynamicNodeId(span: Span): Diagnostic {
  const help = "say which type it holds, in an `extend` before it: `tostring(…)`, `tolong(…)`, …";
  return error("KS240", span, "nodes cannot be known by a value of type dynamic", "this is dynamic", help);
}

export function graphElement(span: Span, expected: "node" | "edge"): Diagnostic {
  const help = "nodes and edges stand in turn: `(a)-[e]->(b)`";
  return error("KS239", span, `${expected === "node" ? "a node" : "an edge"} is expected here`, "", help);
}

export function graphElementMissing(span: Span): Diagnostic {
  return error("KS238", span, "a node is missing behind this edge", "", "a pattern ends in a node: `(a)-[e]->(b)`");
}

export function graphOutputs(span: Span): Diagnostic {
  return error("KS230", span, "`graph-to-table` gives nodes, edges, or both once");
}

export function graphEntities(span: Span): Diagnostic {
  return error("KS229", span, "two outputs of `graph-to-table` are nodes and edges");
}

export function graphOutputName(span: Span): Diagnostic {
  return error(
    "KS273",
    span,
    "two outputs of `graph-to-table` need names",
    "no name",
    "for example `nodes as N, edges as E`",
  );
}

export function graphProject(span: Span, operator: string): Diagnostic {
  const help = "for example `project a.name, b.name`";
  return error("KQ280", span, `\`${operator}\` needs a \`project\``, "no columns are said", help);
}

export function graphArrow(span: Span): Diagnostic {
  const help = "edges begin at the first column: `make-graph source --> target`";
  return error("KQ281", span, "`make-graph` takes `-->` alone", "", help);
}

export function repeatedElement(span: Span, name: string): Diagnostic {
  const help = "nodes may be named again, and are the same node; an edge has a name of its own";
  return error("KQ282", span, `the pattern has another element \`${name}\``, "", help);
}

export function separatePatterns(span: Span): Diagnostic {
  const help = "sequences are joined by nodes of one name: `(a)-->(b), (b)-->(c)`";
  return error("KQ283", span, "this part of the pattern shares no node with the rest", "", help);
}

export function pathLength(span: Span, message: string): Diagnostic {
  return error("KQ284", span, message, "", "for example `-[e*1..3]->`");
}

export function pathProperty(span: Span, name: string): Diagnostic {
  const help = `\`all(${name}, …)\` and \`any(${name}, …)\` ask its edges, \`map(${name}, …)\` makes an array of them`;
  return error("KQ285", span, `\`${name}\` is a path of several edges, and has no single value here`, "", help);
}

export function wholeElement(span: Span, name: string): Diagnostic {
  const help = `say which of its columns: \`${name}.…\``;
  return error("KQ295", span, `\`${name}\` is a whole node, edge or path, and has no value to compare`, "", help);
}

export function pathExpected(span: Span, fn: string): Diagnostic {
  const help = `for example \`${fn}(e, …)\` or \`${fn}(inner_nodes(e), …)\` with \`-[e*1..3]->\``;
  return error("KQ286", span, `\`${fn}\` takes an edge of variable length`, "", help);
}

export function elementExpected(span: Span, fn: string, kind: "node" | "node or edge"): Diagnostic {
  return error(
    "KQ287",
    span,
    `\`${fn}\` takes a ${kind} of the pattern`,
    "",
    `for example \`${fn}(a)\` with \`(a)-->(b)\``,
  );
}

export function strayInnerNodes(span: Span): Diagnostic {
  const help = "for example `map(inner_nodes(e), name)`";
  return error("KQ288", span, "`inner_nodes` is the first argument of `all`, `any` or `map`", "", help);
}

export function relatedElements(span: Span): Diagnostic {
  const help = "Kusto compares each of them with constants alone; compare the two in a `where` behind the operator";
  return error("KQ289", span, "a condition of `graph-shortest-paths` relates two elements", "", help);
}

export function graphAsRows(span: Span): Diagnostic {
  const help = "`graph-match`, `graph-shortest-paths` and `graph-to-table` make rows of it";
  return error("KQ294", span, "rows are expected, and this is a graph", "", help);
}

export function partitionSteps(span: Span): Diagnostic {
  const help = "`graph-match`, `graph-shortest-paths` or `graph-to-table` ends it; rows go on behind the parenthesis";
  return error(
    "KQ291",
    span,
    "`partitioned-by` takes operators over the graph, up to the one that gives rows",
    "",
    help,
  );
}

export function takenColumn(span: Span, name: string): Diagnostic {
  const help = "give it another one with `with_component_id=…`";
  return error("KQ292", span, `the nodes have a column \`${name}\` already`, "the component would have its name", help);
}

export function tooManySteps(span: Span, operator: string, steps: number): Diagnostic {
  const help = "bind an end of the pattern in its `where`, or make the paths shorter";
  const message = `\`${operator}\` has taken ${steps / 1_000_000} million steps, and gives up`;
  return { ...error("KQ293", span, message, "the pattern fits in too many ways", help), stage: "run" };
}
