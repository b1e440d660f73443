import { cellAt } from "../../data/cells.ts";
import type { ResultTable } from "../../engine/results.ts";
import { shownText } from "./cell.ts";
import type { Layout } from "./layout.ts";

/** One field a line, an empty line between rows: for rows too wide for a table. */
export function* asLines({ schema, rows }: ResultTable, layout: Layout): Iterable<string> {
  const width = Math.max(0, ...schema.map((field) => field.name.length));
  const columns = schema.map((_, index) => rows.column(index));
  const shown = Math.min(rows.length, layout.rows);
  for (let row = 0; row < shown; row++) {
    if (row > 0) yield "\n";
    for (const [i, column] of columns.entries()) {
      yield `${(schema[i]?.name ?? "").padEnd(width)} = ${shownText(column.type, cellAt(column, row))}\n`;
    }
  }
  if (shown < rows.length) yield `\n… ${rows.length - shown} more rows\n`;
}
