import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { collect } from "../../data/concat.ts";
import { batchRows } from "../../data/slice.ts";
import { tooManySteps } from "../../diagnostics/catalogue/graphs.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { rowsById } from "../../functions/algorithms/rows-by-id.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Expr, Graph, GraphMatches } from "../../plan/nodes.ts";
import { columnsIn, isRowLocal } from "../../plan/walk.ts";
import { keyIndex } from "../keys.ts";
import { checkCancelled, type Run } from "../run.ts";
import { type BuiltGraph, buildGraph } from "./build.ts";
import { type Filters, filtersOf } from "./filters.ts";
import { PlaceBuilder, PlaceReader } from "./places.ts";
import { PatternSearch } from "./search.ts";
import { shortestPaths } from "./shortest.ts";

/** Nodes and edges come in the order of the graph, places in that of the search. */
export async function* graphRows(
  plan: Graph,
  input: Batches,
  tables: readonly Batches[],
  run: Run,
  most = mostSteps,
): Batches {
  const edges = await collect(input, plan.input.schema);
  const nodes: Batch[] = [];
  for (const [i, table] of tables.entries()) nodes.push(await collect(table, plan.tables[i]!.plan.schema));
  for (const part of partsOf(plan, edges, nodes)) {
    checkCancelled(run);
    for (const batch of resultOf(plan, buildGraph(plan, part.edges, part.nodes), run, most)) {
      if (batch.length > 0) yield batch;
    }
  }
}

/** The rows of each graph: of all, or of those that have one value in the column that parts them. */
function* partsOf(plan: Graph, edges: Batch, nodes: readonly Batch[]) {
  const { partition, tables } = plan;
  if (partition === undefined) {
    yield { edges, nodes };
    return;
  }
  const index = keyIndex([plan.input.schema[partition]!.type]);
  const ofEdges = index.add([edges.column(partition)], edges.length);
  const ofNodes = nodes.map((rows, i) => index.add([rows.column(tables[i]!.partition!)], rows.length));
  const parted = [ofEdges, ...ofNodes].map((ids) => rowsById(ids, index.count));
  for (let id = 0; id < index.count; id++) {
    const [own, ...others] = [edges, ...nodes].map((rows, i) => {
      const { starts, rows: order } = parted[i]!;
      return select(rows, order.slice(starts[id], starts[id + 1]));
    });
    yield { edges: own!, nodes: others };
  }
}

function resultOf({ result, schema, origin }: Graph, graph: BuiltGraph, run: Run, most: number): Iterable<Batch> {
  if (result.kind !== "matches") {
    const rows = result.kind === "nodes" ? graph.nodes : graph.edges;
    return [lazyBatch(schema, rows.length, (index) => evaluate(result.outputs[index]!, rows, run))];
  }
  const filters = filtersOf(result, graph, run);
  const reader = new PlaceReader(result.values, graph, run);
  const budget = new Budget(result, origin, run, most);
  const shaped: Shaped = { matches: result, graph, filters, reader, budget, schema };
  if (!result.shortest) return matchRows(shaped);
  // A condition on the two ends is met by all paths between them, or by none.
  const atEnds = filters.rest.every((expr) => isRowLocal(expr) && looksAtNodes(expr, result));
  return atEnds && (result.edges[0]?.range?.low ?? 0) <= 1 ? shortestRows(shaped) : shortestByLength(shaped);
}

function looksAtNodes(expr: Expr, { values }: GraphMatches): boolean {
  return [...columnsIn(expr)].every((index) => values[index]?.of === "node" && isRowLocal(values[index].expr));
}

interface Shaped {
  readonly matches: GraphMatches;
  readonly graph: BuiltGraph;
  readonly filters: Filters;
  readonly reader: PlaceReader;
  readonly budget: Budget;
  readonly schema: Graph["schema"];
}

/**
 * What a search may cost: each edge that it looks at, and each number that it keeps of a place. It is about a minute; more
 * is an error, not a query that never ends.
 */
const mostSteps = 200_000_000;
/** So many at a time: then it is asked whether anybody still wants the rows. */
const stepsAtOnce = 1_000_000;
/** Places are passed on when there are so many, or when they hold so many numbers. */
const mostNumbers = 4_000_000;

class Budget {
  #steps = 0;
  readonly #matches: GraphMatches;
  readonly #origin: Graph["origin"];
  readonly #run: Run;
  readonly #most: number;

  constructor(matches: GraphMatches, origin: Graph["origin"], run: Run, most: number) {
    this.#matches = matches;
    this.#origin = origin;
    this.#run = run;
    this.#most = most;
  }

  spend(steps: number): void {
    const before = this.#steps;
    this.#steps += steps;
    if (Math.floor(before / stepsAtOnce) !== Math.floor(this.#steps / stepsAtOnce)) checkCancelled(this.#run);
    if (this.#steps <= this.#most) return;
    const operator = this.#matches.shortest ? "graph-shortest-paths" : "graph-match";
    throw new KqlError(tooManySteps(this.#origin, operator, this.#most));
  }
}

function* matchRows(shaped: Shaped): Iterable<Batch> {
  const { matches, reader, filters, schema } = shaped;
  for (const places of searched(shaped, matches)) {
    yield reader.rows(places, filters.rest, matches.outputs, schema).batch;
  }
}

function* searched({ graph, filters, budget }: Shaped, matches: GraphMatches) {
  const search = new PatternSearch(matches, graph, filters);
  let found = new PlaceBuilder(matches);
  for (;;) {
    const before = search.looks;
    const state = search.next(stepsAtOnce);
    const held = found.size;
    if (state === "found") found.add(search.nodes, search.edges, search.paths);
    budget.spend(search.looks - before + found.size - held);
    const full = found.length === batchRows || found.size >= mostNumbers;
    if (found.length > 0 && (full || state === "done")) {
      yield found.finish();
      found = new PlaceBuilder(matches);
    }
    if (state === "done") return;
  }
}

function* shortestRows({ matches, graph, filters, reader, budget, schema }: Shaped): Iterable<Batch> {
  const { left = 0, right = 1 } = matches.edges[0] ?? {};
  let found = new PlaceBuilder(matches);
  const rows = () => reader.rows(found.finish(), filters.rest, matches.outputs, schema).batch;
  for (const path of shortestPaths(matches, graph, filters, () => budget.spend(1))) {
    const nodes = [0, 0];
    nodes[left] = path.turned ? path.to : path.from;
    nodes[right] = path.turned ? path.from : path.to;
    // The nodes of a path arrive at its edges: walked the other way round, the inner ones are the same.
    const held = found.size;
    found.add(nodes, [], [path]);
    budget.spend(found.size - held);
    if (found.length < batchRows && found.size < mostNumbers) continue;
    yield rows();
    found = new PlaceBuilder(matches);
  }
  if (found.length > 0) yield rows();
}

/** Where the condition looks at the path as a whole, or where a path may be too short: all paths, by their length. */
function* shortestByLength(shaped: Shaped): Iterable<Batch> {
  const { matches, graph, filters, reader, schema } = shaped;
  const [edge] = matches.edges;
  if (!edge?.range) return;
  const count = graph.nodes.length;
  const done = new Set<number>();
  const most = Math.min(edge.range.high, count - 1);
  for (let length = edge.range.low; length <= most; length++) {
    const exact: GraphMatches = { ...matches, edges: [{ ...edge, range: { low: length, high: length } }] };
    const now = new Set<number>();
    for (const places of searched(shaped, exact)) {
      const { kept, batch } = reader.rows(places, filters.rest, matches.outputs, schema);
      const rows: number[] = [];
      for (let row = 0; row < batch.length; row++) {
        const place = kept ? kept[row]! : row;
        const pair = places.nodes[edge.left]![place]! * count + places.nodes[edge.right]![place]!;
        if (done.has(pair) || (matches.shortest === "any" && now.has(pair))) continue;
        now.add(pair);
        rows.push(row);
      }
      if (rows.length > 0) yield select(batch, Int32Array.from(rows));
    }
    for (const pair of now) done.add(pair);
  }
}
