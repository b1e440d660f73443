import type { RowsById } from "../../functions/algorithms/rows-by-id.ts";
import type { GraphMatches } from "../../plan/nodes.ts";
import type { BuiltGraph } from "./build.ts";
import type { Filters } from "./filters.ts";
import { type SearchStep, searchOrder } from "./steps.ts";

/** What has been taken, to be given back before the next candidate is tried. */
type Taken = "nothing" | "node" | "edge" | "end" | "path edge";

/**
 * One decision of the search, and how far its candidates are tried. Of an edge of the pattern there is one; of a path one
 * for each edge that it has so far, and one more, which ends it or leads it on.
 */
interface Decision {
  /** -1: the first node. */
  step: number;
  /** The node whose edges are tried. */
  node: number;
  /** Edges of the path so far. */
  depth: number;
  /** The lists still to try: to end the path here, edges that begin at the node, edges that end at it, none. */
  list: 0 | 1 | 2 | 3;
  cursor: number;
  end: number;
  /** An edge between two known nodes is looked for from the one that has fewer. */
  swapped: boolean;
  taken: Taken;
  edge: number;
  reached: number;
  bound: boolean;
}

const endHere = 0;
const outgoing = 1;
const incoming = 2;

/** Finds the places where a pattern fits, one after the other, deciding on one edge at a time. */
export class PatternSearch {
  /** The nodes of the place at hand, by their place in the pattern. */
  readonly nodes: Int32Array;
  /** Its edges; those of paths are in `paths`. */
  readonly edges: Int32Array;
  /** Its paths, each edge by edge in the order of the search. */
  readonly paths: readonly { readonly edges: number[]; readonly nodes: number[]; readonly turned: boolean }[];
  /** Edges looked at so far. */
  looks = 0;

  readonly #graph: BuiltGraph;
  readonly #filters: Filters;
  readonly #start: number;
  readonly #steps: readonly SearchStep[];
  readonly #usedEdges: Uint8Array | undefined;
  readonly #usedNodes: Uint8Array | undefined;
  readonly #decisions: Decision[] = [];
  #depth = -1;
  #begun = false;

  constructor(
    { edges, nodeCount, cycles }: Pick<GraphMatches, "edges" | "nodeCount" | "cycles">,
    graph: BuiltGraph,
    filters: Filters,
  ) {
    const { start, steps } = searchOrder(edges, nodeCount, graph, filters);
    this.#graph = graph;
    this.#filters = filters;
    this.#start = start;
    this.#steps = steps;
    this.nodes = new Int32Array(nodeCount).fill(-1);
    this.edges = new Int32Array(edges.length).fill(-1);
    this.paths = edges.map((_, edge) => ({
      edges: [],
      nodes: [],
      turned: steps.find((step) => step.edge === edge)?.turned ?? false,
    }));
    this.#usedEdges = cycles === "all" ? undefined : new Uint8Array(graph.sources.length);
    this.#usedNodes = cycles === "none" ? new Uint8Array(graph.nodes.length) : undefined;
  }

  /** Moves on to the next place: found, none is left, or `enough` edges have been looked at in this call. */
  next(enough: number): "found" | "done" | "paused" {
    if (!this.#begun) {
      this.#begun = true;
      this.#push(-1, -1, 0);
    }
    const until = this.looks + enough;
    while (this.#depth >= 0) {
      if (this.looks >= until) return "paused";
      const decision = this.#decisions[this.#depth]!;
      this.#giveBack(decision);
      if (!this.#take(decision)) {
        this.#depth--;
        continue;
      }
      if (decision.taken === "path edge") this.#push(decision.step, decision.reached, decision.depth + 1);
      else if (decision.step + 1 === this.#steps.length) return "found";
      else this.#push(decision.step + 1, this.nodes[this.#steps[decision.step + 1]!.from]!, 0);
    }
    return "done";
  }

  #push(step: number, node: number, depth: number): void {
    this.#depth++;
    this.#decisions[this.#depth] ??= newDecision();
    const decision = this.#decisions[this.#depth]!;
    const rule = this.#steps[step];
    decision.step = step;
    decision.node = node;
    decision.depth = depth;
    decision.list = endHere;
    decision.cursor = 0;
    decision.end = rule ? 0 : this.#graph.nodes.length;
    decision.swapped = false;
    decision.taken = "nothing";
    if (!rule?.closes || rule.range) return;
    const other = this.nodes[rule.to]!;
    const swapped = this.#degree(other, rule.into, rule.out) < this.#degree(node, rule.out, rule.into);
    decision.swapped = swapped;
    if (swapped) decision.node = other;
  }

  #degree(node: number, out: boolean, into: boolean): number {
    const count = ({ starts }: RowsById) => starts[node + 1]! - starts[node]!;
    return (out ? count(this.#graph.out) : 0) + (into ? count(this.#graph.into) : 0);
  }

  #take(decision: Decision): boolean {
    const rule = this.#steps[decision.step];
    if (!rule) return this.#takeStart(decision);
    return rule.range ? this.#takePath(decision, rule, rule.range) : this.#takeEdge(decision, rule);
  }

  #takeStart(decision: Decision): boolean {
    const mask = this.#filters.nodes[this.#start];
    while (decision.cursor < decision.end) {
      const node = decision.cursor++;
      if (mask?.[node] === 0) continue;
      this.nodes[this.#start] = node;
      if (this.#usedNodes) this.#usedNodes[node] = 1;
      decision.taken = "node";
      return true;
    }
    return false;
  }

  #takeEdge(decision: Decision, rule: SearchStep): boolean {
    const goal = rule.closes ? this.nodes[decision.swapped ? rule.from : rule.to]! : -1;
    const mask = this.#filters.nodes[rule.to];
    for (;;) {
      if (decision.cursor === decision.end && !this.#openList(decision, rule)) return false;
      if (decision.cursor === decision.end) continue;
      const edge = this.#edgeAt(decision);
      if (rule.mask?.[edge] === 0 || this.#usedEdges?.[edge] === 1) continue;
      const other = this.#farEnd(decision, edge);
      if (rule.closes ? other !== goal : mask?.[other] === 0 || this.#usedNodes?.[other] === 1) continue;
      this.edges[rule.edge] = edge;
      if (this.#usedEdges) this.#usedEdges[edge] = 1;
      if (!rule.closes) this.#bind(rule.to, other);
      decision.taken = "edge";
      decision.edge = edge;
      return true;
    }
  }

  #takePath(decision: Decision, rule: SearchStep, { low, high }: NonNullable<SearchStep["range"]>): boolean {
    const { node, depth } = decision;
    if (decision.list === endHere && decision.taken === "nothing" && decision.cursor === 0) {
      decision.cursor = decision.end = 1;
      if (depth >= low && this.#endsAt(decision, rule)) return true;
      decision.cursor = decision.end = 0;
    }
    const goal = rule.closes ? this.nodes[rule.to]! : -1;
    // Nothing leads on from the last edge, from a node that may not be inside, and none from an end that may not repeat.
    if (depth === high) return false;
    if (depth > 0 && (rule.inner?.[node] === 0 || (this.#usedNodes && node === goal))) return false;
    for (;;) {
      if (decision.cursor === decision.end && !this.#openList(decision, rule)) return false;
      if (decision.cursor === decision.end) continue;
      const edge = this.#edgeAt(decision);
      if (rule.mask?.[edge] === 0 || this.#usedEdges?.[edge] === 1) continue;
      const other = this.#farEnd(decision, edge);
      if (rule.distance && rule.distance[other]! > high - depth - 1) continue;
      if (this.#usedNodes?.[other] === 1 && (other !== goal || rule.from === rule.to)) continue;
      const path = this.paths[rule.edge]!;
      path.edges.push(edge);
      path.nodes.push(other);
      if (this.#usedEdges) this.#usedEdges[edge] = 1;
      if (this.#usedNodes && other !== goal) this.#usedNodes[other] = 1;
      decision.taken = "path edge";
      decision.edge = edge;
      decision.reached = other;
      return true;
    }
  }

  #endsAt(decision: Decision, rule: SearchStep): boolean {
    const { node } = decision;
    if (rule.closes) {
      if (this.nodes[rule.to] !== node) return false;
      decision.bound = false;
    } else {
      if (this.#filters.nodes[rule.to]?.[node] === 0) return false;
      this.nodes[rule.to] = node;
      decision.bound = true;
    }
    decision.taken = "end";
    return true;
  }

  /** Goes on to the next list of edges; false when there is none. */
  #openList(decision: Decision, rule: SearchStep): boolean {
    while (decision.list < 3) {
      decision.list++;
      const isOut = decision.list === outgoing;
      if (decision.list > incoming || !(isOut !== decision.swapped ? rule.out : rule.into)) continue;
      const { starts } = isOut ? this.#graph.out : this.#graph.into;
      decision.cursor = starts[decision.node]!;
      decision.end = starts[decision.node + 1]!;
      return true;
    }
    return false;
  }

  #edgeAt(decision: Decision): number {
    this.looks++;
    const { rows } = decision.list === outgoing ? this.#graph.out : this.#graph.into;
    return rows[decision.cursor++]!;
  }

  #farEnd({ list }: Decision, edge: number): number {
    return (list === outgoing ? this.#graph.targets : this.#graph.sources)[edge]!;
  }

  #bind(place: number, node: number): void {
    this.nodes[place] = node;
    if (this.#usedNodes) this.#usedNodes[node] = 1;
  }

  #giveBack(decision: Decision): void {
    const { taken, step, edge, reached } = decision;
    decision.taken = "nothing";
    switch (taken) {
      case "nothing":
        return;
      case "node":
        if (this.#usedNodes) this.#usedNodes[this.nodes[this.#start]!] = 0;
        return;
      case "edge": {
        const rule = this.#steps[step]!;
        if (this.#usedEdges) this.#usedEdges[edge] = 0;
        if (this.#usedNodes && !rule.closes) this.#usedNodes[this.nodes[rule.to]!] = 0;
        return;
      }
      case "end":
        if (decision.bound) this.nodes[this.#steps[step]!.to] = -1;
        return;
      case "path edge": {
        const rule = this.#steps[step]!;
        const path = this.paths[rule.edge]!;
        path.edges.pop();
        path.nodes.pop();
        if (this.#usedEdges) this.#usedEdges[edge] = 0;
        // The end of a path that closes was known before it.
        if (this.#usedNodes && !(rule.closes && reached === this.nodes[rule.to])) this.#usedNodes[reached] = 0;
      }
    }
  }
}

function newDecision(): Decision {
  return {
    step: -1,
    node: -1,
    depth: 0,
    list: endHere,
    cursor: 0,
    end: 0,
    swapped: false,
    taken: "nothing",
    edge: -1,
    reached: -1,
    bound: false,
  };
}
