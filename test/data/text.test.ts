import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../src/data/column.ts";
import { compareDynamic, dynamicKey } from "../../src/data/compare.ts";
import { Decimal } from "../../src/data/decimal.ts";
import type { Dynamic } from "../../src/data/dynamic.ts";
import { longOf, parseDynamic, printDynamic, realOf } from "../../src/data/json.ts";
import { parseReal, printReal, realText } from "../../src/data/real.ts";
import { cellText, fromDynamic, kqlLiteral, toDynamic } from "../../src/data/text.ts";
import { parseTimespan, printTimespan } from "../../src/data/timespan.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { parse } from "../../src/parser/parse.ts";

const long = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const json: fc.Arbitrary<Dynamic> = fc.letrec<{ value: Dynamic }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    long.map(longOf),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(realOf),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }).map((slots) => new Map(Object.entries(slots))),
  ),
})).value;

describe("text forms", () => {
  test("a real is read back from its text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseReal(printReal(value))).toBe(value);
      }),
    );
  });

  test("a real is read back from the text that tostring gives", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseReal(realText(value))).toBe(value);
      }),
    );
  });

  // seen: measured on the Kusto emulator (kql-to-sql's record): one tenth and two tenths, a third, 1e11, -0, infinity
  test.each([
    [1, "1.0", "1.0"],
    [0.1, "0.1", "0.1"],
    [-0.5, "-0.5", "-0.5"],
    [-0, "-0.0", "-0.0"],
    [1 / 3, "0.3333333333333333", "0.3333333333333333"],
    [0.1 + 0.2, "0.30000000000000004", "0.30000000000000007"],
    [1 / 7, "0.14285714285714285", "0.14285714285714286"],
    [1e11, "100000000000.0", "100000000000.0"],
    [1e20, "100000000000000000000.0", "100000000000000000000.0"],
    [1e21, "1e21", "1e21"],
    [1.5e300, "1.5e300", "1.5e300"],
    [5e-324, "5e-324", "5e-324"],
    [0.000001, "0.000001", "0.000001"],
    [0.00000012, "1.2e-7", "1.2e-7"],
    [Number.NaN, "NaN", "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity", "-inf"],
  ])("%d is %s in a result and %s as a string", (value, shown, text) => {
    expect(printReal(value)).toBe(shown);
    expect(realText(value)).toBe(text);
  });

  test("a timespan is read back from its text", () => {
    fc.assert(
      fc.property(long, (ticks) => {
        expect(parseTimespan(printTimespan(ticks))).toBe(ticks);
      }),
    );
  });

  test.each([
    ["1.02:03:04.5000000", "1.02:03:04.5000000"],
    ["02:03", "02:03:00"],
    ["-00:00:01", "-00:00:01"],
    ["3", "3.00:00:00"],
  ])("timespan %s", (text, expected) => {
    const ticks = parseTimespan(text);
    expect(ticks === null ? null : printTimespan(ticks)).toBe(expected);
  });

  test.each(["", "24:00:00", "1:60", "abc", "1.2.3"])("%j is no timespan", (text) =>
    expect(parseTimespan(text)).toBeNull(),
  );

  test("JSON is read back from what is printed", () => {
    fc.assert(
      fc.property(json, (value) => {
        const again = parseDynamic(printDynamic(value));
        expect(again).toEqual(value);
        expect(dynamicKey(again ?? null)).toBe(dynamicKey(value));
      }),
    );
  });

  test("JSON is what JSON.parse takes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((text) => text.slice(1)),
        ),
        (text) => {
          let accepted = true;
          try {
            JSON.parse(text);
          } catch {
            accepted = false;
          }
          expect(parseDynamic(text) !== undefined).toBe(accepted);
        },
      ),
    );
  });

  test("a hundred thousand brackets are refused, not overflowed", () => {
    expect(parseDynamic("[".repeat(100_000))).toBeUndefined();
  });

  test("equal keys and equal order go together", () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(compareDynamic(a, b) === 0).toBe(dynamicKey(a) === dynamicKey(b));
      }),
    );
  });

  const cells: readonly (readonly [ScalarType, fc.Arbitrary<Cell>])[] = [
    ["bool", fc.boolean()],
    ["int", fc.integer()],
    ["long", long],
    ["real", fc.double()],
    ["datetime", fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n })],
    ["timespan", long],
    ["string", fc.string()],
    ["guid", fc.uuid()],
    ["decimal", fc.tuple(fc.integer(), fc.integer({ min: 0, max: 9 })).map(([n, e]) => new Decimal(`${n}e-${e}`))],
    ["dynamic", json],
  ];
  test.each(cells)("a literal of type %s is read back", (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (cell) => {
        const { tree, diagnostics } = parse(`print ${kqlLiteral(type, cell)}`);
        expect(diagnostics).toEqual([]);
        const [statement] = tree.statements;
        const print = statement?.kind === "ExpressionStatement" ? statement.expression : undefined;
        const [literal] = print?.kind === "Print" ? print.columns : [];
        expect(literal?.kind).toBe("Literal");
        if (literal?.kind !== "Literal") return;
        expect(literal.type).toBe(type);
        expect(dynamicKey(toDynamic(type, literal.value))).toBe(dynamicKey(toDynamic(type, cell)));
      }),
    );
  });

  test.each(cells)("%s survives a stay in a dynamic", (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (cell) => {
        const back = fromDynamic(toDynamic(type, cell), type);
        expect(cellText(type, back)).toBe(cellText(type, cell));
      }),
    );
  });
});
