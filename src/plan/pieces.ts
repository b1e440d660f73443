import type { Column } from "../data/column.ts";
import type { ScalarType } from "../data/types.ts";
import type { Call, Expr } from "./nodes.ts";
import { isRowLocal } from "./walk.ts";

/*
 * Memory that was never touched costs ten times as much to fill as memory in use. So a long batch goes through an
 * expression of numbers and times in pieces: what stands between its calls is small, and its memory is used again.
 */

/** Rows of one piece. */
export const pieceRows = 8192;

type Fixed = Exclude<ScalarType, "string" | "guid" | "decimal" | "dynamic">;
type FixedColumn = Extract<Column, { type: Fixed }>;

const storage = {
  bool: (length: number) => new Uint8Array(length),
  int: (length: number) => new Int32Array(length),
  long: (length: number) => new BigInt64Array(length),
  real: (length: number) => new Float64Array(length),
  datetime: (length: number) => new BigInt64Array(length),
  timespan: (length: number) => new BigInt64Array(length),
} satisfies Record<Fixed, (length: number) => FixedColumn["data"]>;

/** Cells of the type all have the same size. */
export function isFixed(type: ScalarType): type is Fixed {
  return type in storage;
}

const known = new WeakMap<Call, boolean>();

/**
 * True when rows may be computed apart from each other and cells of the result have one size. Texts are left whole: what
 * is found out about a dictionary should serve all rows.
 */
export function goesInPieces(expr: Expr): expr is Call {
  if (expr.kind !== "Call") return false;
  let yes = known.get(expr);
  if (yes === undefined) {
    yes = isFixed(expr.type) && isRowLocal(expr) && readsFixed(expr) === "fixed";
    known.set(expr, yes);
  }
  return yes;
}

/** Beyond it, what a call makes of its constants may cost more than the rows of a piece. */
const mostArguments = 64;

/** Whether the columns in `expr` are all of one size a cell, and its constants soon looked at. */
function readsFixed(expr: Expr): "fixed" | "other" | "nothing" {
  if (expr.kind === "Literal") return expr.type === "dynamic" ? "other" : "nothing";
  if (expr.kind === "Column") return isFixed(expr.type) ? "fixed" : "other";
  if (expr.args.length > mostArguments) return "other";
  const args = expr.args.map(readsFixed);
  return args.includes("other") ? "other" : args.includes("fixed") ? "fixed" : "nothing";
}

/** The column that `pieceOf` gives for the rows from `start` up to `end`, for all of them. */
export function pieced(type: ScalarType, length: number, pieceOf: (start: number, end: number) => Column): Column {
  if (!isFixed(type)) throw new Error(`${type} has no cells of one size`);
  const data = storage[type](length);
  let validity: Uint8Array | undefined;
  for (let start = 0; start < length; start += pieceRows) {
    const end = Math.min(length, start + pieceRows);
    const piece = pieceOf(start, end) as FixedColumn;
    // Both are storage of `type`.
    if (piece.constant) data.fill(piece.data[0] as never, start, end);
    else data.set(piece.data as never, start);
    if (!piece.validity) continue;
    validity ??= new Uint8Array(length).fill(1);
    if (piece.constant) validity.fill(piece.validity[0] ?? 1, start, end);
    else validity.set(piece.validity, start);
  }
  return { type, data, validity } as Column;
}
