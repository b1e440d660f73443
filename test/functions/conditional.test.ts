import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cellAt, columnFromCells, constantColumn } from "../../src/data/cells.ts";
import type { Cell, Column } from "../../src/data/column.ts";
import { compareCells } from "../../src/data/compare.ts";
import { Decimal } from "../../src/data/decimal.ts";
import { dictionaryOf } from "../../src/data/dictionary.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { conditionalFunctions } from "../../src/functions/scalar/conditional.ts";

function run(name: string, columns: readonly Column[], returns: ScalarType, rows: number): readonly Cell[] {
  const [overload] = conditionalFunctions.find((one) => one.name === name)!.overloads;
  const column = overload.eval(columns, { rows, returns, now: 0n, random: Math.random });
  return Array.from({ length: rows }, (_, row) => cellAt(column, row));
}

const cells: Readonly<Record<Exclude<ScalarType, "dynamic" | "guid">, fc.Arbitrary<Cell>>> = {
  bool: fc.option(fc.boolean()),
  int: fc.option(fc.integer({ min: -5, max: 5 })),
  long: fc.option(fc.bigInt({ min: -5n, max: 5n })),
  real: fc.option(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 0, 1))),
  decimal: fc.option(fc.integer({ min: -3, max: 3 }).map((n) => new Decimal(n))),
  datetime: fc.option(fc.bigInt({ min: 0n, max: 5n })),
  timespan: fc.option(fc.bigInt({ min: -5n, max: 5n })),
  string: fc.constantFrom("", "a", "b", "é"),
};

/** Some columns of one type, constant ones among them, and their cells row by row. */
const table = fc.constantFrom(...(Object.keys(cells) as (keyof typeof cells)[])).chain((type) =>
  fc.integer({ min: 1, max: 12 }).chain((rows) =>
    fc
      .array(fc.tuple(fc.array(cells[type], { minLength: rows, maxLength: rows }), fc.boolean()), {
        minLength: 2,
        maxLength: 5,
      })
      .map((columns) => ({
        type,
        rows,
        columns: columns.map(([list, fixed]) => (fixed ? constantColumn(type, list[0]!) : columnFromCells(type, list))),
        values: columns.map(([list, fixed]): Cell[] => (fixed ? new Array<Cell>(rows).fill(list[0]!) : list)),
      })),
  ),
);

describe("conditional functions, row by row", () => {
  test("case takes the value of the first true condition", () => {
    fc.assert(
      fc.property(table, fc.infiniteStream(cells.bool), ({ type, rows, columns, values }, bits) => {
        const conditions = columns.slice(1).map(() => Array.from({ length: rows }, () => bits.next().value as Cell));
        const args = conditions.flatMap((list, k) => [columnFromCells("bool", list), columns[k]!]);
        const found = run("case", [...args, columns[columns.length - 1]!], type, rows);
        const expected = found.map((_, row) => {
          const k = conditions.findIndex((list) => list[row] === true);
          return values[k < 0 ? values.length - 1 : k]![row];
        });
        expect(found).toEqual(expected);
      }),
    );
  });

  test("coalesce takes the first value that is there", () => {
    fc.assert(
      fc.property(table, ({ type, rows, columns, values }) => {
        const absent = type === "string" ? "" : null;
        const found = run("coalesce", columns, type, rows);
        expect(found).toEqual(found.map((_, row) => values.find((list) => list[row] !== absent)?.[row] ?? absent));
      }),
    );
  });

  test("max_of and min_of take the extremes of what is there", () => {
    fc.assert(
      fc.property(table, ({ type, rows, columns, values }) => {
        const compare = compareCells(type);
        const [most, least] = [run("max_of", columns, type, rows), run("min_of", columns, type, rows)];
        for (let row = 0; row < rows; row++) {
          const there = values.map((list) => list[row] ?? null).filter((cell) => cell !== null);
          there.sort(compare);
          const same = (a: Cell, b: Cell) => a === b || (a !== null && b !== null && compare(a, b) === 0);
          // NaN sorts first, and is the greatest as well.
          const greatest = Number.isNaN(there[0]) ? there[0] : there[there.length - 1];
          expect(same(most[row]!, greatest ?? null)).toBe(true);
          expect(same(least[row]!, there[0] ?? null)).toBe(true);
        }
      }),
    );
  });

  test("a large dictionary gives the same texts as a small one", () => {
    const values = Array.from({ length: 1000 }, (_, i) => `text ${i}`);
    const large: Column = {
      type: "string",
      data: { codes: Int32Array.of(5, 900, 17), dictionary: dictionaryOf(values) },
    };
    const bits = columnFromCells("bool", [true, false, null]);
    expect(run("iff", [bits, large, constantColumn("string", "none")], "string", 3)).toEqual([
      "text 5",
      "none",
      "none",
    ]);
  });
});
