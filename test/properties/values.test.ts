import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cell } from "../../src/data/column.ts";
import { Decimal } from "../../src/data/decimal.ts";
import { kqlLiteral, tostringText } from "../../src/data/text.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";

/* Laws of values, asked of the engine as a query would. */

const long = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const lastDatetime = 3_155_378_975_999_999_999n;
const datetime = fc.bigInt({ min: 0n, max: lastDatetime });
const text = fc.string({ unit: "grapheme", maxLength: 12 });

const values: Readonly<Record<Exclude<ScalarType, "dynamic">, fc.Arbitrary<Cell>>> = {
  bool: fc.boolean(),
  int: fc.integer(),
  long,
  real: fc.double(),
  decimal: fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(12))
    .map(([digits, scale]) => new Decimal(digits.toString()).div(new Decimal(10).pow(scale))),
  datetime,
  timespan: long,
  guid: fc.uuid(),
  string: text,
};
const types = Object.keys(values) as (keyof typeof values)[]; // its own keys

const database = createDatabase({ clock: () => 0n });

async function cells(query: string): Promise<readonly Cell[]> {
  const [result] = (await database.query(query)).results;
  return result ? (rowsOf(result)[0] ?? []) : [];
}

/** The same question of many rows at once. */
async function column(type: ScalarType, rows: readonly Cell[], query: string): Promise<readonly (readonly Cell[])[]> {
  const tables = new Map([
    [
      "T",
      tableFromRows(
        [{ name: "x", type }],
        rows.map((cell) => [cell]),
      ),
    ],
  ]);
  const [result] = (await createDatabase({ clock: () => 0n, tables }).query(query)).results;
  return result ? rowsOf(result) : [];
}

const same = (type: ScalarType, left: Cell, right: Cell) =>
  expect(kqlLiteral(type, left)).toBe(kqlLiteral(type, right));

describe.each(types)("%s", (type) => {
  test("a literal is the value that was printed", async () => {
    await fc.assert(
      fc.asyncProperty(values[type], async (value) => {
        same(type, (await cells(`print x = ${kqlLiteral(type, value)}`))[0] ?? null, value);
      }),
      { numRuns: 60 },
    );
  });

  test("a value comes back from its text, and from a dynamic", async () => {
    const back = `to${type}`;
    await fc.assert(
      fc.asyncProperty(fc.array(values[type], { minLength: 1, maxLength: 20 }), async (rows) => {
        const query = `T | project s = tostring(x), t = ${back}(tostring(x)), d = ${back}(bag_pack("v", x).v)`;
        for (const [i, [shown, read, unpacked]] of (await column(type, rows, query)).entries()) {
          const value = rows[i] ?? null;
          expect(shown).toBe(tostringText(type, value));
          same(type, read ?? null, value);
          same(type, unpacked ?? null, value);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("a value has one hash, constant or not", async () => {
    if (!["string", "long", "datetime", "timespan"].includes(type)) return;
    await fc.assert(
      fc.asyncProperty(values[type], fc.bigInt({ min: 1n, max: 1000n }), async (value, mod) => {
        const [one] = await cells(`print hash(${kqlLiteral(type, value)})`);
        const rows = await column(type, [value, value], `T | project hash(x), hash(x, ${mod}), hash_xxhash64(x)`);
        expect(rows[0]).toEqual(rows[1]);
        expect([rows[0]?.[0], rows[0]?.[2]]).toEqual([one, one]);
        expect(rows[0]?.[1]).toBe(BigInt.asUintN(64, one as bigint) % mod);
      }),
      { numRuns: 30 },
    );
  });
});

describe("datetime arithmetic", () => {
  const inRange = (ticks: bigint) => (ticks >= 0n && ticks <= lastDatetime ? ticks : null);
  const days = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });

  test("is that of ticks, and null beyond the calendar", async () => {
    await fc.assert(
      fc.asyncProperty(datetime, datetime, days, async (a, b, span) => {
        const [x, y, d] = [kqlLiteral("datetime", a), kqlLiteral("datetime", b), kqlLiteral("timespan", span)];
        expect(await cells(`print ${x} - ${y}, ${x} + ${d}, ${x} - ${d}, ${x} < ${y}`)).toEqual([
          a - b,
          inRange(a + span),
          inRange(a - span),
          a < b,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test("a bin holds its value, and starts at a multiple", async () => {
    await fc.assert(
      fc.asyncProperty(datetime, fc.bigInt({ min: 1n, max: 10n ** 15n }), async (at, size) => {
        const [start, again] = await cells(
          `print a = bin(${kqlLiteral("datetime", at)}, ${kqlLiteral("timespan", size)}) | extend b = bin(a, ${kqlLiteral("timespan", size)})`,
        );
        expect(start).toBe(at - (at % size));
        expect(again).toBe(start);
      }),
      { numRuns: 100 },
    );
  });

  test("datetime_diff counts the ends of whole units", async () => {
    await fc.assert(
      fc.asyncProperty(datetime, datetime, async (a, b) => {
        const [x, y] = [kqlLiteral("datetime", a), kqlLiteral("datetime", b)];
        const units = { second: 10_000_000n, minute: 600_000_000n, hour: 36_000_000_000n, day: 864_000_000_000n };
        for (const [unit, ticks] of Object.entries(units)) {
          expect(await cells(`print datetime_diff("${unit}", ${x}, ${y})`)).toEqual([a / ticks - b / ticks]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("sets", () => {
  const array = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 });
  const literal = (items: readonly number[]) => `dynamic([${items.join(",")}])`;
  const sorted = (cell: Cell | undefined) => (Array.isArray(cell) ? [...cell].map(Number).sort() : cell);

  test("union, intersection and difference are those of mathematics", async () => {
    await fc.assert(
      fc.asyncProperty(array, array, async (a, b) => {
        const [x, y] = [literal(a), literal(b)];
        const [union, intersect, difference, size] = await cells(
          `print set_union(${x}, ${y}), set_intersect(${x}, ${y}), set_difference(${x}, ${y}), toreal(jaccard_index(${x}, ${y}))`,
        );
        const [left, right] = [new Set(a), new Set(b)];
        const both = [...left].filter((item) => right.has(item));
        const all = new Set([...a, ...b]);
        expect(sorted(union)).toEqual([...all].sort());
        expect(sorted(intersect)).toEqual(both.sort());
        expect(sorted(difference)).toEqual([...left].filter((item) => !right.has(item)).sort());
        if (all.size > 0) expect(size).toBeCloseTo(both.length / all.size, 12);
      }),
      { numRuns: 100 },
    );
  });

  test("set_equals and set_has_element agree with them", async () => {
    await fc.assert(
      fc.asyncProperty(array, array, fc.integer({ min: 0, max: 5 }), async (a, b, item) => {
        const [x, y] = [literal(a), literal(b)];
        const [equal, apart, has] = await cells(
          `print set_equals(${x}, ${y}), array_length(set_union(set_difference(${x}, ${y}), set_difference(${y}, ${x}))), set_has_element(${x}, ${item})`,
        );
        expect(equal).toBe(apart === 0n);
        expect(has).toBe(a.includes(item));
      }),
      { numRuns: 60 },
    );
  });
});
