import { expect, test } from "vitest";
import { constantColumn } from "../../src/data/cells.ts";
import type { Column } from "../../src/data/column.ts";
import { pieced, pieceRows } from "../../src/plan/pieces.ts";

const length = 3 * pieceRows + 5;

test("pieces with and without nulls become one column", () => {
  const column = pieced("long", length, (start, end): Column => {
    if (start === 0) return constantColumn("long", 7n);
    if (start === pieceRows) return constantColumn("long", null);
    const data = BigInt64Array.from({ length: end - start }, (_, i) => BigInt(start + i));
    if (start === 2 * pieceRows) return { type: "long", data };
    return { type: "long", data, validity: Uint8Array.from({ length: end - start }, (_, i) => i % 2) };
  });
  const cells = Array.from({ length }, (_, row) => (column.validity?.[row] === 0 ? null : column.data[row as never]));
  const expected = Array.from({ length }, (_, row) => {
    if (row < pieceRows) return 7n;
    if (row < 2 * pieceRows) return null;
    if (row < 3 * pieceRows) return BigInt(row);
    return (row - 3 * pieceRows) % 2 === 0 ? null : BigInt(row);
  });
  expect(cells).toEqual(expected);
});

test("no validity where no piece has a null", () => {
  const column = pieced("bool", length, (start, end) => ({ type: "bool", data: new Uint8Array(end - start).fill(1) }));
  expect(column).toEqual({ type: "bool", data: new Uint8Array(length).fill(1), validity: undefined });
});
