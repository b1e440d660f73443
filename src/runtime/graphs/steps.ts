import type { RowsById } from "../../functions/algorithms/rows-by-id.ts";
import type { GraphEdge } from "../../plan/nodes.ts";
import type { BuiltGraph } from "./build.ts";
import type { Filters } from "./filters.ts";

/** One edge of the pattern, in the order of the search: from a node that is found already. */
export interface SearchStep {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  /** The other node is found already, too. */
  readonly closes: boolean;
  /** The search goes from the right node to the left one. */
  readonly turned: boolean;
  /** Which edges of a node lead on: those that begin there, those that end there, or both. */
  readonly out: boolean;
  readonly into: boolean;
  readonly range: GraphEdge["range"];
  readonly mask: Uint8Array | undefined;
  readonly inner: Uint8Array | undefined;
  /** How many edges it is from each node to one that may end the path, at least; absent where any may. */
  readonly distance: Int32Array | undefined;
}

export interface SearchOrder {
  readonly start: number;
  readonly steps: readonly SearchStep[];
}

/** Begins at the node for which there are the fewest candidates; edges between known nodes come before others. */
export function searchOrder(
  edges: readonly GraphEdge[],
  nodeCount: number,
  graph: BuiltGraph,
  filters: Filters,
): SearchOrder {
  const candidates = Array.from({ length: nodeCount }, (_, node) => countOf(filters.nodes[node], graph.nodes.length));
  const start = candidates.indexOf(Math.min(...candidates));
  const known = new Set([start]);
  const left = new Set(edges.keys());
  const steps: SearchStep[] = [];
  while (left.size > 0) {
    const edge = bestEdge(edges, left, known);
    left.delete(edge);
    const step = stepOf(edges[edge]!, edge, known, graph, filters);
    known.add(step.to);
    steps.push(step);
  }
  return { start, steps };
}

/** The rank of an edge is the lower the less there is to try. */
function bestEdge(edges: readonly GraphEdge[], left: ReadonlySet<number>, known: ReadonlySet<number>): number {
  let best = -1;
  let lowest = Number.POSITIVE_INFINITY;
  for (const index of left) {
    const edge = edges[index]!;
    const ends = Number(known.has(edge.left)) + Number(known.has(edge.right));
    const rank = (ends === 2 ? 0 : ends === 1 ? 2 : 4) + Number(edge.range !== undefined);
    if (rank < lowest) {
      best = index;
      lowest = rank;
    }
  }
  return best;
}

function stepOf(
  { left, right, direction, range }: GraphEdge,
  edge: number,
  known: ReadonlySet<number>,
  graph: BuiltGraph,
  filters: Filters,
): SearchStep {
  const turned = !known.has(left);
  const [from, to] = turned ? [right, left] : [left, right];
  const along = turned ? "backward" : "forward";
  const out = direction === "any" || direction === along;
  const into = direction === "any" || direction !== along;
  const mask = filters.edges[edge];
  const ends = filters.nodes[to];
  const distance = range && ends ? distances(graph, { out, into, mask }, ends, range.high) : undefined;
  return {
    edge,
    from,
    to,
    closes: known.has(to),
    turned,
    out,
    into,
    range,
    mask,
    inner: filters.inner[edge],
    distance,
  };
}

function countOf(mask: Uint8Array | undefined, all: number): number {
  return mask ? mask.reduce((sum, bit) => sum + bit, 0) : all;
}

/** Farther away than any node can be. */
export const unreachable = 2 ** 31 - 1;

/** Walks from the nodes in `ends` against the edges that a path may take. */
function distances(
  graph: BuiltGraph,
  { out, into, mask }: Pick<SearchStep, "out" | "into" | "mask">,
  ends: Uint8Array,
  high: number,
): Int32Array {
  const distance = new Int32Array(ends.length).fill(unreachable);
  let layer: number[] = [];
  for (let node = 0; node < ends.length; node++) {
    if (ends[node] === 0) continue;
    distance[node] = 0;
    layer.push(node);
  }
  for (let depth = 1; depth <= high && layer.length > 0; depth++) {
    const next: number[] = [];
    const visit = ({ starts, rows }: RowsById, far: Int32Array, node: number): void => {
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        const edge = rows[at]!;
        const other = far[edge]!;
        if (distance[other] !== unreachable || mask?.[edge] === 0) continue;
        distance[other] = depth;
        next.push(other);
      }
    };
    for (const node of layer) {
      if (out) visit(graph.into, graph.sources, node);
      if (into) visit(graph.out, graph.targets, node);
    }
    layer = next;
  }
  return distance;
}
