import { cellAt } from "../../data/cells.ts";
import { kqlLiteral } from "../../data/text.ts";
import type { ResultTable } from "../../engine/results.ts";
import { spelledDeclared } from "../../parser/spelled.ts";

/** A `datatable` that gives the same rows again. */
export function* asKql({ schema, rows }: ResultTable): Iterable<string> {
  yield `datatable(${schema.map((field) => `${declared(field.name)}:${field.type}`).join(", ")}) [\n`;
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    yield `    ${columns.map((column) => kqlLiteral(column.type, cellAt(column, row))).join(", ")},\n`;
  }
  yield "]\n";
}

/** The name as a declaration may have it: in brackets unless it is a plain word. */
function declared(name: string): string {
  return spelledDeclared(name) === name ? name : `[${kqlLiteral("string", name)}]`;
}
