import type { RowsById } from "../../functions/algorithms/rows-by-id.ts";

/** How the nodes of a graph hang together. */
export interface Links {
  /** The node at which each edge begins. */
  readonly sources: Int32Array;
  /** The node at which each edge ends. */
  readonly targets: Int32Array;
  /** The edges that begin at each node. */
  readonly out: RowsById;
  /** The edges that end at each node. */
  readonly into: RowsById;
}

/** The number of the component of each node. The numbers count up in the order of the first nodes. */
export function components(kind: "weak" | "strong", links: Links): Int32Array {
  return numbered(kind === "weak" ? weak(links) : strong(links));
}

/** Union by the smaller node; every path is halved on the way up. */
function weak({ sources, targets, out }: Links): Int32Array {
  const parent = Int32Array.from({ length: out.starts.length - 1 }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let edge = 0; edge < sources.length; edge++) {
    const one = root(sources[edge]!);
    const other = root(targets[edge]!);
    if (one < other) parent[other] = one;
    else parent[one] = other;
  }
  return parent.map((_, node) => root(node));
}

/** Tarjan's walk, with a stack of its own: https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm */
function strong({ targets, out }: Links): Int32Array {
  const count = out.starts.length - 1;
  const component = new Int32Array(count).fill(-1);
  const order = new Int32Array(count).fill(-1);
  const lowest = new Int32Array(count);
  const cursor = out.starts.slice(0, count);
  const open: number[] = [];
  const path: number[] = [];
  let next = 0;
  const enter = (node: number): void => {
    order[node] = next;
    lowest[node] = next++;
    open.push(node);
    path.push(node);
  };
  for (let start = 0; start < count; start++) {
    if (order[start]! >= 0) continue;
    enter(start);
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (cursor[node]! < out.starts[node + 1]!) {
        const other = targets[out.rows[cursor[node]!++]!]!;
        if (order[other]! < 0) enter(other);
        else if (component[other]! < 0) lowest[node] = Math.min(lowest[node]!, order[other]!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) lowest[above] = Math.min(lowest[above]!, lowest[node]!);
      if (lowest[node] !== order[node]) continue;
      for (let member = -1; member !== node; ) {
        member = open.pop()!;
        component[member] = node;
      }
    }
  }
  return component;
}

function numbered(groups: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number;
  });
}
