import type { RowsById } from "../../functions/algorithms/rows-by-id.ts";
import type { GraphMatches } from "../../plan/nodes.ts";
import type { BuiltGraph } from "./build.ts";
import type { Filters } from "./filters.ts";

/** A path between two nodes, walked from `from` to `to`. */
export interface FoundPath {
  readonly from: number;
  readonly to: number;
  readonly edges: readonly number[];
  /** The nodes at which the edges arrive. */
  readonly nodes: readonly number[];
  /** It was walked from the right node of the pattern to the left one. */
  readonly turned: boolean;
}

/** Edges looked at, and who wants to know. */
export type Look = () => void;

/**
 * The shortest paths between the nodes of a pattern that is one path, by a breadth-first walk from each node on the side
 * that has fewer. A node appears once on such a path, and the two ends differ.
 */
export function* shortestPaths(
  { edges: [edge], shortest }: GraphMatches,
  graph: BuiltGraph,
  { nodes, edges: [mask], inner: [innerMask] }: Filters,
  look: Look,
): Iterable<FoundPath> {
  if (!edge?.range) return;
  const count = graph.nodes.length;
  const lefts = candidates(nodes[edge.left], count);
  const rights = candidates(nodes[edge.right], count);
  const turned = rights.length < lefts.length;
  const [starts, ends] = turned ? [rights, lefts] : [lefts, rights];
  const isEnd = new Uint8Array(count);
  for (const end of ends) isEnd[end] = 1;
  const along = turned ? "backward" : "forward";
  const walk: Walk = {
    graph,
    out: edge.direction === "any" || edge.direction === along,
    into: edge.direction === "any" || edge.direction !== along,
    mask,
    inner: innerMask,
    look,
    depth: new Int32Array(count).fill(-1),
    by: new Int32Array(count).fill(-1),
  };
  for (const start of starts) {
    const wanted = ends.length - isEnd[start]!;
    const reached = layers(walk, start, edge.range.high, isEnd, wanted);
    for (const end of reached.ends) {
      const found = shortest === "all" ? allPaths(walk, start, end) : [onePath(walk, start, end)];
      for (const path of found) yield { from: start, to: end, ...path, turned };
    }
    for (const node of reached.visited) walk.depth[node] = -1;
  }
}

interface Walk {
  readonly graph: BuiltGraph;
  readonly out: boolean;
  readonly into: boolean;
  readonly mask: Uint8Array | undefined;
  readonly inner: Uint8Array | undefined;
  readonly look: Look;
  /** How far each node is from the start; -1 where the walk has not been. */
  readonly depth: Int32Array;
  /** The edge by which the walk came there first. */
  readonly by: Int32Array;
}

function candidates(mask: Uint8Array | undefined, count: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, node) => node);
  return mask ? all.filter((node) => mask[node] === 1) : all;
}

/** Goes as far as `high` edges, or until all of the wanted ends are found. */
function layers(walk: Walk, start: number, high: number, isEnd: Uint8Array, wanted: number) {
  const { depth, by, mask, inner, look } = walk;
  const visited = [start];
  const ends: number[] = [];
  depth[start] = 0;
  for (let at = 0; at < visited.length && ends.length < wanted; at++) {
    const node = visited[at]!;
    const next = depth[node]! + 1;
    if (next > high) break;
    if (next > 1 && inner?.[node] === 0) continue;
    for (const { list, far } of listsOf(walk, false)) {
      for (let place = list.starts[node]!; place < list.starts[node + 1]!; place++) {
        look();
        const edge = list.rows[place]!;
        const other = far[edge]!;
        if (depth[other] !== -1 || mask?.[edge] === 0) continue;
        depth[other] = next;
        by[other] = edge;
        visited.push(other);
        if (isEnd[other] === 1) ends.push(other);
      }
    }
  }
  return { visited, ends };
}

/** The edges along which the walk goes on from a node, or those along which it came. */
function listsOf({ graph, out, into }: Walk, back: boolean) {
  const lists: { readonly list: RowsById; readonly far: Int32Array }[] = [];
  if (back ? into : out) lists.push({ list: graph.out, far: graph.targets });
  if (back ? out : into) lists.push({ list: graph.into, far: graph.sources });
  return lists;
}

function onePath(walk: Walk, start: number, end: number) {
  const edges: number[] = [];
  const nodes: number[] = [];
  const { sources, targets } = walk.graph;
  for (let node = end; node !== start; ) {
    const edge = walk.by[node]!;
    edges.push(edge);
    nodes.push(node);
    node = sources[edge] === node ? targets[edge]! : sources[edge]!;
  }
  return { edges: edges.reverse(), nodes: nodes.reverse() };
}

/** Goes back from the end, each step to a node that is one edge nearer to the start. */
function* allPaths(walk: Walk, start: number, end: number) {
  const { depth, mask, inner, look } = walk;
  const lists = listsOf(walk, true);
  const edges: number[] = [];
  const nodes: number[] = [];
  const steps = [{ node: end, list: 0, at: -1 }];
  while (steps.length > 0) {
    const step = steps.at(-1)!;
    if (step.node === start) {
      yield { edges: edges.toReversed(), nodes: nodes.toReversed() };
      steps.pop();
      edges.pop();
      nodes.pop();
      continue;
    }
    const current = lists[step.list];
    if (!current) {
      steps.pop();
      edges.pop();
      nodes.pop();
      continue;
    }
    const { list, far } = current;
    if (step.at < 0) step.at = list.starts[step.node]!;
    if (step.at >= list.starts[step.node + 1]!) {
      step.list++;
      step.at = -1;
      continue;
    }
    look();
    const edge = list.rows[step.at++]!;
    const other = far[edge]!;
    if (depth[other] !== depth[step.node]! - 1 || mask?.[edge] === 0) continue;
    if (other !== start && inner?.[other] === 0) continue;
    edges.push(edge);
    nodes.push(step.node);
    steps.push({ node: other, list: 0, at: -1 });
  }
}
