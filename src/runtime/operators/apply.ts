import { type Batch, type Batches, lazyBatch, select } from "../../data/batch.ts";
import { collect, concat } from "../../data/concat.ts";
import type { Schema } from "../../data/types.ts";
import { evaluate } from "../../plan/evaluate.ts";
import type { Apply } from "../../plan/nodes.ts";
import { expandedCounts, expansion, itemColumn, type Lists, listsOf, placeColumn, stretch } from "../expansion.ts";
import { givenRun, sharedWith } from "../given.ts";
import { checkCancelled, type Run } from "../run.ts";
import { runSegments, runsInSegments, type Segments } from "../segments.ts";
import { windowed } from "../windowed.ts";

/**
 * Where the body allows it, it runs over the tables of many rows at once (segments.ts), else over one after the other.
 * https://learn.microsoft.com/kusto/query/mv-apply-operator
 */
export async function* apply(plan: Apply, input: Batches, body: (run: Run) => Batches, run: Run): Batches {
  const exprs = plan.items.map((item) => item.expr);
  const together = runsInSegments(plan.body);
  for await (const batch of windowed(input, plan.input.schema, exprs)) {
    const lists = plan.items.map(({ expr }) => listsOf(evaluate(expr, batch, run), batch.length, "bag"));
    const counts = expandedCounts(lists, batch.length, plan.rowLimit);
    for (let start = 0; start < batch.length; ) {
      checkCancelled(run);
      const { end, length } = stretch(counts, start);
      const tables = tablesOf(plan, batch, lists, counts, start, end, length);
      start = end;
      if (length === 0) continue;
      const made = together
        ? runSegments(plan.body, tables, tables.parents.length, run)
        : await oneByOne(plan, tables, body, run);
      if (made.ids.length > 0) yield combined(plan, batch, made, tables.parents);
    }
  }
}

/** The tables of some rows, and the row behind each. */
interface Tables extends Segments {
  readonly parents: Int32Array;
}

function tablesOf(
  plan: Apply,
  batch: Batch,
  lists: readonly Lists[],
  counts: Int32Array,
  start: number,
  end: number,
  length: number,
): Tables {
  const { kept, items } = plan;
  const expanded = expansion(counts, start, end, length);
  const source = select(batch, expanded.parents);
  const rows = lazyBatch(tableSchema(plan), length, (index) => {
    const own = kept[index];
    if (own !== undefined) return source.column(own);
    const item = items[index - kept.length];
    return item ? itemColumn(lists[index - kept.length]!, item.type, expanded) : placeColumn(expanded);
  });
  const parents: number[] = [];
  const ids = expanded.parents.map((row) => {
    if (parents.at(-1) !== row) parents.push(row);
    return parents.length - 1;
  });
  return { rows, ids, parents: Int32Array.from(parents) };
}

/** Only the types matter here: the binder has turned names into places. */
function tableSchema({ input, kept, items }: Apply): Schema {
  return [
    ...kept.map((index) => input.schema[index]!),
    ...items.map(({ type }) => ({ name: "", type })),
    { name: "", type: "long" },
  ];
}

async function oneByOne(plan: Apply, tables: Tables, body: (run: Run) => Batches, run: Run): Promise<Segments> {
  const own = sharedWith(plan.body, plan.given);
  const parts: Batch[] = [];
  const ids: number[] = [];
  for (let row = 0; row < tables.ids.length; ) {
    checkCancelled(run);
    const id = tables.ids[row]!;
    const first = row;
    while (tables.ids[row] === id) row++;
    const table = select(
      tables.rows,
      Int32Array.from({ length: row - first }, (_, i) => first + i),
    );
    const made = await collect(body(givenRun(run, plan.given, table, own)), plan.body.schema);
    if (made.length > 0) parts.push(made);
    for (let i = 0; i < made.length; i++) ids.push(id);
  }
  return { rows: concat(parts, plan.body.schema), ids: Int32Array.from(ids) };
}

/** Each row of a table beside the row that it comes from. */
function combined({ schema, outputs }: Apply, batch: Batch, { rows, ids }: Segments, parents: Int32Array): Batch {
  const source = select(
    batch,
    ids.map((id) => parents[id]!),
  );
  return lazyBatch(schema, ids.length, (column) => {
    const { from, index } = outputs[column]!;
    return from === "input" ? source.column(index) : rows.column(index);
  });
}
