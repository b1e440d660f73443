import { type Batch, select } from "../../data/batch.ts";
import { cellAt } from "../../data/cells.ts";
import { kqlLiteral } from "../../data/text.ts";
import type { Evaluate, Plan } from "../../plan/nodes.ts";
import { linksFrom } from "./links.ts";
import { valuesOf } from "./numbered.ts";
import type { Step, Traced } from "./step.ts";

/** With more rows than this, a plugin is not asked about each. */
const mostRows = 10_000;

/**
 * A plugin is asked about each row alone. Where the answers, one after the other, are its answer to all rows together,
 * each row is behind its own; else nobody can say. What it finds in its table arguments is not followed.
 */
export async function tracedPlugin(
  plan: Evaluate,
  [input, ...tables]: readonly Step[],
  rowsOf: (plan: Plan) => Promise<Batch>,
): Promise<Traced> {
  if (!input) throw new Error("a plugin has an input");
  const answer = (rows: Batch) =>
    rowsOf({
      ...plan,
      input: valuesOf(rows, plan.origin),
      tables: tables.map((table) => valuesOf(table.rows, plan.origin)),
    });
  const rows = await answer(input.rows);
  const unknown = tables.map(() => undefined);
  const from: number[] = [];
  const keys = rowKeys(rows);
  for (let row = 0; row < Math.min(input.rows.length, mostRows + 1); row++) {
    if (row === mostRows) return { rows, links: [undefined, ...unknown] };
    for (const key of rowKeys(await answer(select(input.rows, Int32Array.of(row))))) {
      if (keys[from.length] !== key) return { rows, links: [undefined, ...unknown] };
      from.push(row);
    }
  }
  return { rows, links: [from.length === rows.length ? linksFrom(Int32Array.from(from)) : undefined, ...unknown] };
}

function rowKeys(rows: Batch): readonly string[] {
  const columns = rows.schema.map((_, index) => rows.column(index));
  return Array.from({ length: rows.length }, (_, row) =>
    columns.map((column) => kqlLiteral(column.type, cellAt(column, row))).join(","),
  );
}
