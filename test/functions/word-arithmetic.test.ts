import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxDatetime } from "../../src/data/calendar.ts";
import type { Column } from "../../src/data/column.ts";
import {
  addWords,
  atMostWords,
  binStarts,
  divideWords,
  equalWords,
  type IntegerLoop,
  lessWords,
  modulo,
  moduloWords,
  multiplyWords,
  subtractWords,
  withinDatetimes,
} from "../../src/functions/algorithms/word-arithmetic.ts";

/** Small ones, those at the bounds of 32, 53 and 64 bits, times, and any. */
const integer = fc.oneof(
  fc.bigInt({ min: -10n, max: 10n }),
  fc
    .tuple(fc.constantFrom(0n, 1n << 31n, 1n << 32n, 1n << 53n, (1n << 63n) - 4n, 864_000_000_000n), fc.bigInt(-3n, 3n))
    .chain(([at, by]) => fc.constantFrom(at + by, -at + by)),
  fc.bigInt({ min: 600_000_000_000_000_000n, max: 700_000_000_000_000_000n }),
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
);
const pairs = fc.array(fc.tuple(integer, integer), { minLength: 1, maxLength: 40 });

function column(cells: readonly bigint[], constant = false): Column {
  return { type: "long", data: BigInt64Array.from(cells), constant };
}

const wrapped = (value: bigint) => BigInt.asIntN(64, value);

describe("64-bit arithmetic by words is that of bigints", () => {
  const operators: readonly (readonly [string, IntegerLoop, (a: bigint, b: bigint) => bigint | undefined])[] = [
    ["+", addWords, (a, b) => a + b],
    ["-", subtractWords, (a, b) => a - b],
    ["*", multiplyWords, (a, b) => a * b],
    ["/", divideWords, (a, b) => (b === 0n ? undefined : a / b)],
    ["%", moduloWords, (a, b) => (b === 0n ? undefined : modulo(a, b))],
  ];
  test.each(operators)("%s", (_, loop, reference) => {
    fc.assert(
      fc.property(pairs, fc.boolean(), (cells, oneSide) => {
        const left = cells.map(([a]) => a);
        const right = oneSide ? [cells[0]![1]] : cells.map(([, b]) => b);
        const out = new BigInt64Array(cells.length);
        const valid = loop(column(left), column(right, oneSide), out);
        for (const [i, a] of left.entries()) {
          const expected = reference(a, right[oneSide ? 0 : i]!);
          if (expected === undefined) expect(valid?.[i]).toBe(0);
          else expect([valid?.[i] ?? 1, out[i]]).toEqual([1, wrapped(expected)]);
        }
      }),
    );
  });

  test.each([
    ["<", lessWords, (a: bigint, b: bigint) => a < b],
    ["<=", atMostWords, (a: bigint, b: bigint) => a <= b],
    ["==", equalWords, (a: bigint, b: bigint) => a === b],
  ] as const)("%s", (_, loop, reference) => {
    fc.assert(
      fc.property(pairs, (cells) => {
        const out = new Uint8Array(cells.length);
        loop(column(cells.map(([a]) => a)), column(cells.map(([, b]) => b)), out);
        expect([...out]).toEqual(cells.map(([a, b]) => Number(reference(a, b))));
      }),
    );
  });

  test("bins", () => {
    const width = fc.oneof(
      fc.constantFrom(1n, 10n, 10_000n, 10_000_000n, 100_000_000n, 36_000_000_000n, 864_000_000_000n, 1n << 40n),
      fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }),
    );
    fc.assert(
      fc.property(fc.array(integer, { minLength: 1 }), width, (cells, size) => {
        const { starts, valid } = binStarts(BigInt64Array.from(cells), size);
        for (const [i, cell] of cells.entries()) {
          const start = cell - modulo(cell, size);
          if (start !== wrapped(start)) expect(valid?.[i]).toBe(0);
          else expect([valid?.[i] ?? 1, starts[i]]).toEqual([1, start]);
        }
      }),
    );
  });

  test("the range of datetimes", () => {
    const near = fc.tuple(fc.constantFrom(0n, maxDatetime, 1n << 62n), fc.bigInt(-2n, 2n)).map(([at, by]) => at + by);
    fc.assert(
      fc.property(fc.array(fc.oneof(near, integer), { minLength: 1 }), (cells) => {
        const valid = withinDatetimes(BigInt64Array.from(cells), undefined);
        expect(cells.map((_, i) => valid?.[i] ?? 1)).toEqual(
          cells.map((cell) => Number(cell >= 0n && cell <= maxDatetime)),
        );
      }),
    );
  });
});
