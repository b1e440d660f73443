import * as graphs from "../../diagnostics/catalogue/graphs.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../../parser/ast.ts";
import type * as tree from "../../parser/ast-graphs.ts";
import type { GraphEdge, GraphMatches } from "../../plan/nodes.ts";
import { bindConstant, type Place, refused } from "../place.ts";

/** A name of the pattern: a node, an edge, or a path of edges. */
export interface Element {
  readonly kind: "node" | "edge" | "path";
  readonly index: number;
}

export interface Pattern {
  readonly nodeCount: number;
  readonly edges: readonly GraphEdge[];
  readonly names: ReadonlyMap<string, Element>;
}

/** The nodes and edges of the sequences, numbered; undefined after a report. */
export function bindPattern(patterns: readonly tree.GraphPattern[], place: Place): Pattern | undefined {
  if (!patterns.map((pattern) => alternates(pattern, place)).every(Boolean)) return undefined;
  const names = new Map<string, Element>();
  const edges: GraphEdge[] = [];
  let nodeCount = 0;
  let failed = false;
  const add = (name: ast.Name, element: Element): void => {
    if (names.has(name.name)) {
      place.context.report(graphs.repeatedElement(name.span, name.name));
      failed = true;
    }
    names.set(name.name, element);
  };
  const nodeOf = ({ name }: tree.GraphElement): number => {
    const before = name && names.get(name.name);
    if (before?.kind === "node") return before.index;
    const index = nodeCount++;
    if (name) add(name, { kind: "node", index });
    return index;
  };
  const firsts: number[] = [];
  for (const { elements } of patterns) {
    const nodes = elements.map((element) => (element.kind === "GraphNode" ? nodeOf(element) : -1));
    firsts.push(nodes[0] ?? 0);
    for (const [i, element] of elements.entries()) {
      if (element.kind !== "GraphEdge") continue;
      const { name, direction } = element;
      const range = element.range && rangeOf(element.range, element.span, place);
      if (element.range && !range) failed = true;
      if (name) add(name, { kind: range ? "path" : "edge", index: edges.length });
      edges.push({ left: nodes[i - 1] ?? 0, right: nodes[i + 1] ?? 0, direction, range });
    }
  }
  const together = connected(edges);
  const apart = patterns.find((_, i) => !together.has(firsts[i] ?? 0) && i > 0);
  if (apart) place.context.report(graphs.separatePatterns(apart.span));
  return failed || apart ? undefined : { nodeCount, edges, names };
}

/** The nodes that hang together with the first one. */
function connected(edges: readonly GraphEdge[]): ReadonlySet<number> {
  const found = new Set([0]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { left, right } of edges) {
      if (found.has(left)) found.add(right);
      else if (found.has(right)) found.add(left);
    }
  }
  return found;
}

/** Nodes and edges stand in turn, and a node is the last. */
function alternates({ elements }: tree.GraphPattern, { context }: Place): boolean {
  const wrong = elements.find((element, i) => element.kind !== (i % 2 === 0 ? "GraphNode" : "GraphEdge"));
  const last = elements.at(-1);
  if (wrong) context.report(graphs.graphElement(wrong.span, wrong.kind === "GraphNode" ? "edge" : "node"));
  else if (last && last.kind !== "GraphNode") context.report(graphs.graphElementMissing(last.span));
  return !wrong && last?.kind === "GraphNode";
}

function rangeOf(
  { low, high }: NonNullable<tree.GraphEdge["range"]>,
  span: Span,
  place: Place,
): GraphEdge["range"] | undefined {
  const from = lengthOf(low, place);
  const to = lengthOf(high, place);
  if (from === undefined || to === undefined) return undefined;
  if (from <= to) return { low: from, high: to };
  place.context.report(graphs.pathLength(span, `a path of at least ${from} edges cannot have at most ${to}`));
  return undefined;
}

/** Longer paths than there can be edges are no different. */
const longest = 2 ** 31 - 1;

function lengthOf(expr: ast.Expr, place: Place): number | undefined {
  const bound = bindConstant(expr, place, "the length of a path");
  if (!bound) return undefined;
  if ((bound.type === "long" || bound.type === "int") && bound.value !== null && Number(bound.value) >= 0) {
    return Math.min(Number(bound.value), longest);
  }
  place.context.report(graphs.pathLength(expr.span, "the length of a path is a whole number that is not negative"));
  return undefined;
}

/** A refusal where it is not published what `cycles=none` makes of the pattern. */
export function unclearCycles({ edges }: Pattern, cycles: GraphMatches["cycles"], span: Span) {
  if (cycles !== "none") return undefined;
  if (edges.some(({ range }) => range?.low === 0)) {
    const help = "the two nodes of an empty path are one, and there may be no cycle: begin at `*1..`";
    return refused("an empty path where nodes may not repeat", span, [], help);
  }
  // One edge may fit both: whether it counts as a cycle is not said.
  const fixed = edges.filter(({ range }) => !range);
  const alike = fixed.some((one, i) => fixed.slice(i + 1).some((other) => mayBeOne(one, other)));
  const help = "use `cycles=unique_edges`, and compare the nodes in `where`";
  return alike ? refused("two edges between the same nodes under `cycles=none`", span, [], help) : undefined;
}

function mayBeOne(one: GraphEdge, other: GraphEdge): boolean {
  const [first, second] = [oriented(one), oriented(other)];
  const same = first.left === second.left && first.right === second.right;
  const turned = first.left === second.right && first.right === second.left;
  return one.direction === "any" || other.direction === "any" ? same || turned : same;
}

function oriented({ left, right, direction }: GraphEdge): { readonly left: number; readonly right: number } {
  return direction === "backward" ? { left: right, right: left } : { left, right };
}
