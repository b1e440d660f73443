import { cellAt } from "../../data/cells.ts";
import { isNumeric } from "../../data/types.ts";
import type { ResultTable } from "../../engine/results.ts";
import { shownText } from "./cell.ts";

/** A GitHub table; numbers are aligned to the right. */
export function* asMarkdown({ schema, rows }: ResultTable): Iterable<string> {
  const escaped = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", "<br>");
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  yield line(schema.map((field) => escaped(field.name)));
  yield line(schema.map((field) => (isNumeric(field.type) ? "--:" : "---")));
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    yield line(columns.map((column) => escaped(shownText(column.type, cellAt(column, row)))));
  }
}
