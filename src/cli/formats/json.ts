import { cellAt } from "../../data/cells.ts";
import { wireValue } from "../../data/text.ts";
import type { ResultTable } from "../../engine/results.ts";

/** An array of objects. Longs are written with all their digits; NaN and infinities as strings, as Kusto does. */
export function* asJson(table: ResultTable): Iterable<string> {
  if (table.rows.length === 0) {
    yield "[]\n";
    return;
  }
  yield "[\n";
  let before = "";
  for (const object of objects(table)) {
    yield before;
    before = ",\n";
    yield object;
  }
  yield "\n]\n";
}

export function* asNdjson(table: ResultTable): Iterable<string> {
  for (const object of objects(table)) yield `${object}\n`;
}

function* objects({ schema, rows }: ResultTable): Iterable<string> {
  const keys = schema.map((field) => `${JSON.stringify(field.name)}:`);
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    const members = columns.map((column, i) => keys[i] + wireValue(column.type, cellAt(column, row)));
    yield `{${members.join(",")}}`;
  }
}
