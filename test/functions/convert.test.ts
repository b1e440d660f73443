import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxDatetime } from "../../src/data/calendar.ts";
import { cellAt, columnFromCells } from "../../src/data/cells.ts";
import type { Cell } from "../../src/data/column.ts";
import { Decimal } from "../../src/data/decimal.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { convertFunctions } from "../../src/functions/scalar/convert.ts";

function cast(name: string, from: ScalarType, to: ScalarType, cells: readonly Cell[]): readonly Cell[] {
  const fn = convertFunctions.find((one) => one.name === name)!;
  const overload = fn.overloads.find(({ params }) => params[0]!.type === from || params[0]!.type === "scalar")!;
  const column = overload.eval([columnFromCells(from, cells)], {
    rows: cells.length,
    returns: to,
    now: 0n,
    random: Math.random,
  });
  return cells.map((_, row) => cellAt(column, row));
}

const long = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  fc.constantFrom(-(1n << 63n), (1n << 63n) - 1n, 0n, -1n, 1n << 53n, (1n << 53n) + 1n),
);
const int = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });

/** Cells of each type, and the cast that gives that type. */
const types: readonly (readonly [ScalarType, string, fc.Arbitrary<NonNullable<Cell>>])[] = [
  ["bool", "tobool", fc.boolean()],
  ["int", "toint", int],
  ["long", "tolong", long],
  ["real", "toreal", fc.double()],
  ["decimal", "todecimal", fc.tuple(long, fc.integer({ min: -14, max: 0 })).map(([n, e]) => new Decimal(`${n}e${e}`))],
  ["datetime", "todatetime", fc.bigInt({ min: 0n, max: maxDatetime })],
  ["timespan", "totimespan", long],
  ["guid", "toguid", fc.uuid()],
];
const rows = (cell: fc.Arbitrary<NonNullable<Cell>>) => fc.array(fc.option(cell), { minLength: 1, maxLength: 20 });

describe("casts", () => {
  test.each(types)("%s: %s reads what tostring writes, and what dynamic() holds", (type, name, cell) => {
    fc.assert(
      fc.property(rows(cell), (cells) => {
        const texts = cast("tostring", type, "string", cells);
        expect(cast(name, "string", type, texts)).toEqual(cells);
        const dynamics = cast("dynamic()", type, "dynamic", cells);
        expect(cast(name, "dynamic", type, dynamics)).toEqual(cells);
      }),
    );
  });

  test("numbers become wider as JavaScript would have it", () => {
    fc.assert(
      fc.property(rows(long), rows(int), (longs, ints) => {
        expect(cast("toreal", "long", "real", longs)).toEqual(
          longs.map((cell) => (cell === null ? null : Number(cell))),
        );
        expect(cast("tolong", "int", "long", ints)).toEqual(
          ints.map((cell) => (cell === null ? null : BigInt(cell as number))),
        );
        expect(cast("toreal", "int", "real", ints)).toEqual(ints);
      }),
    );
  });

  test("reals lose their fraction towards zero", () => {
    fc.assert(
      fc.property(rows(fc.double({ min: -1e15, max: 1e15, noNaN: true })), (cells) => {
        const whole = cast("tolong", "real", "long", cells);
        expect(whole).toEqual(cells.map((cell) => (cell === null ? null : BigInt(Math.trunc(cell as number)))));
      }),
    );
  });
});
