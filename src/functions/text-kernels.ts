import { stringColumn } from "../data/cells.ts";
import type { Column } from "../data/column.ts";
import { tostringText } from "../data/text.ts";
import { cellReader, columnar } from "./lift.ts";
import type { Overload, Param } from "./signature.ts";

/* What functions share that take any scalar as its text, as `tostring` gives it. */

/** The column as strings; null is the empty string. */
export function asTexts(column: Column, rows: number): Column {
  if (column.type === "string") return column;
  const { type, constant } = column;
  const read = cellReader(column);
  const texts = Array.from({ length: constant ? 1 : rows }, (_, row) => tostringText(type, read(row)));
  return { ...stringColumn(texts), constant };
}

/** An overload whose `scalar` arguments reach `inner` as strings. */
export function overTexts(params: readonly Param[], inner: Overload): Overload {
  return columnar(params, inner.returns, (args, call) =>
    inner.eval(
      args.map((arg, i) => ((params[i] ?? params.at(-1))?.type === "scalar" ? asTexts(arg, call.rows) : arg)),
      call,
    ),
  );
}
