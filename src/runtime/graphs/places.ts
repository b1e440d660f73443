import { type Batch, lazyBatch } from "../../data/batch.ts";
import { columnOf } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { gatherColumn } from "../../data/gather.ts";
import { toDynamic } from "../../data/text.ts";
import type { Schema } from "../../data/types.ts";
import { cellReader } from "../../functions/lift.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Expr, GraphMatches, GraphValue } from "../../plan/nodes.ts";
import type { Run } from "../run.ts";
import { trueMask, trueRows } from "../true-rows.ts";
import type { BuiltGraph } from "./build.ts";

/** So many lists of numbers, one behind the other: those of list `i` are `items[starts[i]]` … `items[starts[i + 1] - 1]`. */
export interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Places where a pattern fits, by what stands in them: a number of a node or edge for each, and for a path many. */
export interface Places {
  readonly length: number;
  readonly nodes: readonly Int32Array[];
  readonly edges: readonly (Int32Array | undefined)[];
  /** Of each path its edges and the nodes inside it, from the left of the pattern to the right. */
  readonly paths: readonly ({ readonly edges: Lists; readonly inner: Lists } | undefined)[];
}

/** Collects places one by one. */
export class PlaceBuilder {
  length = 0;
  /** Numbers that are held. */
  size = 0;
  readonly #nodes: number[][];
  readonly #edges: (number[] | undefined)[];
  readonly #paths: ({ readonly edges: ListBuilder; readonly inner: ListBuilder } | undefined)[];

  constructor({ nodeCount, edges }: Pick<GraphMatches, "nodeCount" | "edges">) {
    this.#nodes = Array.from({ length: nodeCount }, () => []);
    this.#edges = edges.map(({ range }) => (range ? undefined : []));
    this.#paths = edges.map(({ range }) =>
      range ? { edges: new ListBuilder(), inner: new ListBuilder() } : undefined,
    );
  }

  /** `paths` run in the order in which they were walked: the nodes are those at which each edge arrives. */
  add(
    nodes: ArrayLike<number>,
    edges: ArrayLike<number>,
    paths: readonly {
      readonly edges: readonly number[];
      readonly nodes: readonly number[];
      readonly turned: boolean;
    }[],
  ): void {
    this.length++;
    for (const [i, list] of this.#nodes.entries()) list.push(nodes[i]!);
    for (const [i, list] of this.#edges.entries()) list?.push(edges[i]!);
    this.size += this.#nodes.length + this.#edges.length;
    for (const [i, lists] of this.#paths.entries()) {
      const path = paths[i];
      if (!lists || !path) continue;
      lists.edges.add(path.edges, path.edges.length, path.turned);
      lists.inner.add(path.nodes, Math.max(path.edges.length - 1, 0), path.turned);
      this.size += 2 * path.edges.length;
    }
  }

  finish(): Places {
    return {
      length: this.length,
      nodes: this.#nodes.map((list) => Int32Array.from(list)),
      edges: this.#edges.map((list) => list && Int32Array.from(list)),
      paths: this.#paths.map((lists) => lists && { edges: lists.edges.finish(), inner: lists.inner.finish() }),
    };
  }
}

class ListBuilder {
  readonly #starts: number[] = [0];
  readonly #items: number[] = [];

  add(items: readonly number[], count: number, turned: boolean): void {
    if (turned) for (let i = count - 1; i >= 0; i--) this.#items.push(items[i]!);
    else for (let i = 0; i < count; i++) this.#items.push(items[i]!);
    this.#starts.push(this.#items.length);
  }

  finish(): Lists {
    return { starts: Int32Array.from(this.#starts), items: Int32Array.from(this.#items) };
  }
}

/** Computes over places what the query says of them. What it says of a node or edge is computed once for the graph. */
export class PlaceReader {
  readonly #graph: BuiltGraph;
  readonly #values: readonly GraphValue[];
  readonly #run: Run;
  readonly #columns = new Map<number, Column>();

  constructor(values: readonly GraphValue[], graph: BuiltGraph, run: Run) {
    this.#graph = graph;
    this.#values = values;
    this.#run = run;
  }

  /** The rows of the places that meet all of the conditions, and which places they are. */
  rows(places: Places, conditions: readonly Expr[], outputs: readonly Expr[], schema: Schema) {
    let wide: Batch = lazyBatch([], places.length, (index) => this.#column(index, places));
    let kept: Int32Array | undefined;
    for (const condition of conditions) {
      const rows = trueRows(evaluate(condition, wide, this.#run), wide.length);
      if (rows === "all") continue;
      wide = selected(wide, rows);
      kept = kept ? rows.map((row) => kept?.[row] ?? 0) : rows;
    }
    return {
      kept,
      batch: lazyBatch(schema, wide.length, (index) => evaluate(outputs[index]!, wide, this.#run)),
    };
  }

  #column(index: number, places: Places): Column {
    const { of, element, fold } = this.#values[index]!;
    const column = this.#source(index);
    if (fold === "one") {
      if (column.constant) return column;
      return gatherColumn(column, (of === "node" ? places.nodes : places.edges)[element]!, true);
    }
    const path = places.paths[element]!;
    const lists = of === "inner" ? path.inner : path.edges;
    return fold === "map" ? arrays(column, lists, places.length) : this.#folded(index, column, lists, places.length);
  }

  /** The value for every node or edge of the graph. */
  #source(index: number): Column {
    let column = this.#columns.get(index);
    if (!column) {
      const { of, expr } = this.#values[index]!;
      column = evaluate(expr, of === "edge" ? this.#graph.edges : this.#graph.nodes, this.#run);
      this.#columns.set(index, column);
    }
    return column;
  }

  /** Null is not true: neither for all nor for any. */
  #folded(index: number, column: Column, { starts, items }: Lists, length: number): Column {
    const { of, fold } = this.#values[index]!;
    const all = fold === "all";
    const mask = trueMask(column, (of === "edge" ? this.#graph.edges : this.#graph.nodes).length);
    const data = new Uint8Array(length);
    for (let row = 0; row < length; row++) {
      let result = all;
      for (let at = starts[row]!; at < starts[row + 1]! && result === all; at++) result = mask[items[at]!] === 1;
      data[row] = Number(result);
    }
    return { type: "bool", data };
  }
}

/** A batch without a schema of its own, as `select` makes one of others. */
function selected(batch: Batch, rows: Int32Array): Batch {
  return lazyBatch([], rows.length, (index) => {
    const column = batch.column(index);
    return column.constant ? column : gatherColumn(column, rows, true);
  });
}

function arrays(column: Column, { starts, items }: Lists, length: number): Column {
  const { type } = column;
  const read = cellReader(column);
  const data: Dynamic[] = [];
  for (let row = 0; row < length; row++) {
    const values: Dynamic[] = [];
    for (let at = starts[row]!; at < starts[row + 1]!; at++) values.push(toDynamic(type, read(items[at]!)));
    data.push(values);
  }
  return columnOf("dynamic", data);
}
