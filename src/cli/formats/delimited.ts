import { cellAt } from "../../data/cells.ts";
import { cellText } from "../../data/text.ts";
import type { ResultTable } from "../../engine/results.ts";

/** RFC 4180: a field is quoted when it holds the separator, a quote or a line break. */
export function* asCsv(table: ResultTable): Iterable<string> {
  yield* delimited(table, ",", (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
}

/** Tabs, line breaks and backslashes inside a field are written as `\t`, `\n`, `\r`, `\\`. */
export function* asTsv(table: ResultTable): Iterable<string> {
  const escapes: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" };
  yield* delimited(table, "\t", (text) => text.replace(/[\t\n\r\\]/g, (character) => escapes[character] ?? character));
}

function* delimited(
  { schema, rows }: ResultTable,
  separator: string,
  quote: (text: string) => string,
): Iterable<string> {
  yield `${schema.map((field) => quote(field.name)).join(separator)}\n`;
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    yield `${columns.map((column) => quote(cellText(column.type, cellAt(column, row)))).join(separator)}\n`;
  }
}
