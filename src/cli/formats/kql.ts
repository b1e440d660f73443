import { cellAt } from "../../data/cells.ts";
import { kqlLiteral } from "../../data/text.ts";
import type { ResultTable } from "../../engine/database.ts";

/** A `datatable` that gives the same rows again. */
export function* asKql({ schema, rows }: ResultTable): Iterable<string> {
  const name = (text: string) => (/^[A-Za-z_]\w*$/.test(text) ? text : `['${text.replace(/[\\']/g, "\\$&")}']`);
  yield `datatable(${schema.map((field) => `${name(field.name)}:${field.type}`).join(", ")}) [\n`;
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    yield `    ${columns.map((column) => kqlLiteral(column.type, cellAt(column, row))).join(", ")},\n`;
  }
  yield "]\n";
}
