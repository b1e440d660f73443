import type { Column, ColumnOf } from "../data/column.ts";
import { dictionaryOf, textReader } from "../data/dictionary.ts";
import { gatherColumn } from "../data/gather.ts";

/**
 * The cells of `column` at `rows`, to be kept for long: few strings do not hold on to a large dictionary, and to the
 * bytes behind it. A constant column stays as it is.
 */
export function pickedCells(column: Column, rows: Int32Array): Column {
  if (column.constant) return column;
  const cells = gatherColumn(column, rows);
  return cells.type === "string" && cells.data.dictionary.length > rows.length ? compacted(cells.data) : cells;
}

function compacted({ codes, dictionary }: ColumnOf<"string">["data"]): Column {
  const text = textReader(dictionary, codes.length);
  const known = new Map<number, number>();
  const used: string[] = [];
  const compact = codes.map((code) => {
    let next = known.get(code);
    if (next === undefined) {
      next = used.length;
      used.push(text(code));
      known.set(code, next);
    }
    return next;
  });
  return { type: "string", data: { codes: compact, dictionary: dictionaryOf(used) } };
}
