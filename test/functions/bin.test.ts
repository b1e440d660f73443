import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellAt, columnFromCells, constantColumn } from "../../src/data/cells.ts";
import type { Cell, Column } from "../../src/data/column.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { binFunctions } from "../../src/functions/scalar/bin.ts";

const bin = binFunctions.find(({ name }) => name === "bin")!;

function evaluate(type: ScalarType, columns: readonly Column[], rows: number): readonly Cell[] {
  const overload = bin.overloads.find(({ params }) => columns.every((column, i) => params[i]!.type === column.type))!;
  const column = overload.eval(columns, { rows, returns: type, now: 0n, random: Math.random });
  return Array.from({ length: rows }, (_, row) => cellAt(column, row));
}

const long = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  fc.bigInt({ min: -100n, max: 100n }),
  fc.constantFrom(-(1n << 63n), (1n << 63n) - 1n),
);
const size = fc.oneof(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }));
const rowsOf = <T>(cell: fc.Arbitrary<T>) => fc.array(fc.option(cell), { minLength: 1, maxLength: 30 });

describe("bin", () => {
  test("of 64-bit integers: the multiple at or below the value, null where there is none in range", () => {
    fc.assert(
      fc.property(rowsOf(long), size, (values, width) => {
        const found = evaluate("long", [columnFromCells("long", values), constantColumn("long", width)], values.length);
        for (const [i, value] of values.entries()) {
          const start = found[i] as bigint | null;
          if (value === null) expect(start).toBeNull();
          else if (start === null) expect(value + (1n << 63n)).toBeLessThan(width);
          else {
            expect(start % width).toBe(0n);
            expect(start <= value && value - start < width).toBe(true);
          }
        }
      }),
    );
  });

  test("does not depend on whether the bin size is a constant", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("long", "datetime", "timespan"),
        rowsOf(fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n })),
        fc.oneof(size, fc.constantFrom(0n, -1n)),
        (type, values, width) => {
          const sizeType = type === "long" ? "long" : "timespan";
          const column = columnFromCells(type, values);
          const varying = columnFromCells(sizeType, new Array<Cell>(values.length).fill(width));
          const constant = constantColumn(sizeType, width);
          expect(evaluate(type, [column, constant], values.length)).toEqual(
            evaluate(type, [column, varying], values.length),
          );
        },
      ),
    );
  });

  test("of reals: as far below the value as C's floor says", () => {
    fc.assert(
      fc.property(
        rowsOf(fc.double({ noNaN: true })),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (values, width) => {
          const found = evaluate(
            "real",
            [columnFromCells("real", values), constantColumn("real", width)],
            values.length,
          );
          expect(found).toEqual(values.map((value) => (value === null ? null : Math.floor(value / width) * width)));
        },
      ),
    );
  });
});
