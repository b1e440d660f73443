import { type Batch, lazyBatch } from "../../data/batch.ts";
import { columnFrom } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { concatColumns } from "../../data/concat.ts";
import { gatherColumn } from "../../data/gather.ts";
import { type RowsById, rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { cellReader } from "../../functions/lift.ts";
import type { Graph, GraphColumn } from "../../plan/nodes.ts";
import { keyIndex } from "../keys.ts";
import { components, type Links } from "./components.ts";

/** A graph in memory: nodes and edges are numbered, and each node knows the edges that begin and end at it. */
export interface BuiltGraph extends Links {
  /** The columns of the nodes and what stands behind them: the id, the edges that end, those that begin. */
  readonly nodes: Batch;
  /** The columns of the edges, then the ids of both ends. */
  readonly edges: Batch;
}

/** Nodes come in the order in which they are named first: by the tables, then by the edges. */
export function buildGraph(plan: Graph, edges: Batch, tables: readonly Batch[]): BuiltGraph {
  const count = edges.length;
  const keys = plan.tables.map(({ key }, i) => ({ column: tables[i]!.column(key), length: tables[i]!.length }));
  const known = keys.reduce((sum, { length }) => sum + length, 0);
  const ends = [plan.source, plan.target].map((index) => ({ column: edges.column(index), length: count }));
  const type = plan.input.schema[plan.source]!.type;
  const all = concatColumns([...keys, ...ends], type, known + 2 * count);
  // Both ends of an edge stand side by side, as the edge names them.
  const order = new Int32Array(known + 2 * count);
  for (let i = 0; i < known; i++) order[i] = i;
  for (let edge = 0; edge < count; edge++) {
    order[known + 2 * edge] = known + edge;
    order[known + 2 * edge + 1] = known + count + edge;
  }
  const named = gatherColumn(all, order, true);
  const index = keyIndex([type]);
  const numbers = index.add([named], order.length);
  const nodeCount = index.count;
  const first = firstOf(numbers, 0, numbers.length, nodeCount);
  const sources = new Int32Array(count);
  const targets = new Int32Array(count);
  for (let edge = 0; edge < count; edge++) {
    sources[edge] = numbers[known + 2 * edge]!;
    targets[edge] = numbers[known + 2 * edge + 1]!;
  }
  let at = 0;
  const rows = keys.map(({ length }) => {
    at += length;
    return firstOf(numbers, at - length, at, nodeCount);
  });
  const out = rowsById(sources, nodeCount);
  const into = rowsById(targets, nodeCount);
  const id = gatherColumn(named, first, true);
  const marks = plan.components.map((kind) => () => longs(components(kind, { sources, targets, out, into })));
  const columns: readonly (() => Column)[] = [
    ...plan.nodes.map((column) => () => nodeColumn(column, id, tables, rows)),
    ...marks,
    () => id,
    () => longs(degrees(into)),
    () => longs(degrees(out)),
  ];
  const width = plan.input.schema.length;
  const wide = lazyBatch(edges.schema, count, (column) => {
    if (column < width) return edges.column(column);
    return edges.column(column === width ? plan.source : plan.target);
  });
  const nodes = lazyBatch([], nodeCount, (column) => columns[column]!());
  return { nodes, edges: wide, sources, targets, out, into };
}

/** Of each number, the first place between `start` and `end`, counted from `start`; -1 where it is not there. */
function firstOf(numbers: Int32Array, start: number, end: number, count: number): Int32Array {
  const first = new Int32Array(count).fill(-1);
  for (let i = end - 1; i >= start; i--) first[numbers[i]!] = i - start;
  return first;
}

/** What the tables say of each node: of several that know it, the first with a value. */
function nodeColumn(
  { type, from, id: ofId }: GraphColumn,
  id: Column,
  tables: readonly Batch[],
  rows: readonly Int32Array[],
): Column {
  const [only, more] = from;
  if (ofId === "always") return id;
  if (ofId === "never" && only && !more)
    return gatherColumn(tables[only.table]!.column(only.column), rows[only.table]!);
  const parts = from.map(({ table, column }) => ({
    read: cellReader(tables[table]!.column(column)),
    rows: rows[table]!,
  }));
  const readId = cellReader(id);
  const count = rows[0]?.length ?? 0;
  return columnFrom(type, count, (node) => {
    for (const part of parts) {
      const row = part.rows[node]!;
      const cell = row < 0 ? null : part.read(row);
      if (cell !== null && cell !== "") return cell;
    }
    return ofId === "without table" && rows.every((one) => one[node]! < 0) ? readId(node) : null;
  });
}

function degrees({ starts }: RowsById): Int32Array {
  return Int32Array.from({ length: starts.length - 1 }, (_, node) => starts[node + 1]! - starts[node]!);
}

function longs(numbers: Int32Array): Column {
  return { type: "long", data: BigInt64Array.from(numbers, BigInt) };
}
