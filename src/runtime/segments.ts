import { type Batch, batchOf, lazyBatch, select } from "../data/batch.ts";
import { columnOf } from "../data/cells.ts";
import { concat } from "../data/concat.ts";
import { evaluate } from "../plan/evaluate.ts";
import type { Aggregate, Plan } from "../plan/nodes.ts";
import { exprsOf, someCall } from "../plan/walk.ts";
import { expandedCounts, expandedRows, expansion, listsOf } from "./expansion.ts";
import { firstRows } from "./first-rows.ts";
import { keyIndex } from "./keys.ts";
import { pickedCells } from "./picked-cells.ts";
import type { Run } from "./run.ts";
import { runningCall } from "./running-call.ts";
import { sortedRows } from "./sorted-rows.ts";
import { trueRows } from "./true-rows.ts";

/** The rows of many small tables, one table after the other. */
export interface Segments {
  readonly rows: Batch;
  /** By row, the number of its table; it never falls. */
  readonly ids: Int32Array;
}

/** Whether `body` can run over many tables at once: steps over the rows that it is given, none of which looks at its neighbours. */
export function runsInSegments(body: Plan): boolean {
  if (exprsOf(body).some((expr) => someCall(expr, ({ fn }) => fn.volatility === "window"))) return false;
  switch (body.kind) {
    case "Given":
      return true;
    case "Filter":
    case "Project":
    case "Limit":
    case "Sort":
    case "FirstPerKey":
    case "Aggregate":
    case "Unnest":
      return runsInSegments(body.input);
    default:
      return false;
  }
}

/** What `body` makes of each of the tables 0 … `count`-1, all of them at once. */
export function runSegments(body: Plan, given: Segments, count: number, run: Run): Segments {
  if (body.kind === "Given") return given;
  if (!("input" in body)) throw new Error(`${body.kind} does not run in segments`);
  const input = runSegments(body.input, given, count, run);
  const { rows } = input;
  switch (body.kind) {
    case "Filter": {
      const kept = trueRows(evaluate(body.predicate, rows, run), rows.length);
      return kept === "all" ? input : picked(input, kept);
    }
    case "Project":
      return {
        rows: lazyBatch(body.schema, rows.length, (index) => evaluate(body.outputs[index]!, rows, run)),
        ids: input.ids,
      };
    case "Limit":
      return picked(input, firstOfEach(input.ids, body.count));
    case "Sort": {
      const keys = body.keys.map(({ expr, descending, nullsFirst }) => {
        return { column: evaluate(expr, rows, run), descending, nullsFirst };
      });
      const table = { column: columnOf("int", input.ids), descending: false, nullsFirst: false };
      const sorted = picked(input, sortedRows([table, ...keys], rows.length));
      return body.limit === undefined ? sorted : picked(sorted, firstOfEach(sorted.ids, body.limit));
    }
    case "FirstPerKey": {
      const keys = body.keys.map((key) => evaluate(key, rows, run));
      const index = keyIndex(["int", ...body.keys.map((key) => key.type)]);
      const ids = index.add([columnOf("int", input.ids), ...keys], rows.length);
      return picked(input, firstRows(ids, 0, index.count));
    }
    case "Unnest": {
      const lists = body.items.map(({ expr }) => listsOf(evaluate(expr, rows, run), rows.length, body.bagExpansion));
      const counts = expandedCounts(lists, rows.length, body.rowLimit);
      const length = counts.reduce((sum, each) => sum + each, 0);
      const expanded = expansion(counts, 0, rows.length, length);
      return {
        rows: expandedRows(body, rows, lists, expanded),
        ids: expanded.parents.map((row) => input.ids[row]!),
      };
    }
    case "Aggregate":
      return aggregated(body, input, count, run);
    default:
      throw new Error(`${body.kind} does not run in segments`);
  }
}

function picked({ rows, ids }: Segments, wanted: Int32Array): Segments {
  return { rows: select(rows, wanted), ids: wanted.map((row) => ids[row]!) };
}

function firstOfEach(ids: Int32Array, limit: number): Int32Array {
  const rows: number[] = [];
  let seen = 0;
  for (let row = 0; row < ids.length; row++) {
    seen = row > 0 && ids[row] === ids[row - 1] ? seen + 1 : 0;
    if (seen < limit) rows.push(row);
  }
  return Int32Array.from(rows);
}

/** Without keys every table has one row, also one that has lost all of its rows on the way. */
function aggregated(plan: Aggregate, { rows, ids }: Segments, count: number, run: Run): Segments {
  const { keys, aggregates, schema, origin } = plan;
  const calls = aggregates.map((call) => runningCall(call, origin, run));
  if (keys.length === 0) {
    if (rows.length > 0) for (const call of calls) call.add(rows, ids, count);
    const columns = calls.flatMap((call) => call.finish(count));
    return { rows: batchOf(schema, columns, count), ids: Int32Array.from({ length: count }, (_, id) => id) };
  }
  if (rows.length === 0) return { rows: concat([], schema), ids };
  const columns = keys.map((key) => evaluate(key, rows, run));
  const index = keyIndex(["int", ...keys.map((key) => key.type)]);
  const groups = index.add([columnOf("int", ids), ...columns], rows.length);
  const first = firstRows(groups, 0, index.count);
  for (const call of calls) call.add(rows, groups, index.count);
  const made = [
    ...columns.map((column) => pickedCells(column, first)),
    ...calls.flatMap((call) => call.finish(index.count)),
  ];
  return { rows: batchOf(schema, made, index.count), ids: first.map((row) => ids[row]!) };
}
