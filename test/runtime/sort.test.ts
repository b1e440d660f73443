import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../../src/data/column.ts";
import { compareCells } from "../../src/data/compare.ts";
import { Decimal } from "../../src/data/decimal.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { createDatabase } from "../../src/engine/database.ts";
import type { Plan, SortKey } from "../../src/plan/nodes.ts";
import { columnAt, keyType, origin, type Row, rowsFrom, rowsOfTypes, rowText, scanOf } from "./tables.ts";

interface Direction {
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

const direction: fc.Arbitrary<Direction> = fc.record({ descending: fc.boolean(), nullsFirst: fc.boolean() });

const input = fc.array(keyType, { minLength: 1, maxLength: 3 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    // More rows than columns tell apart: that the sort is stable shows in the last column.
    rows: rowsOfTypes(types, 60).map((rows) => rows.map((row, i): Row => [...row, BigInt(i)])),
    directions: fc.array(direction, { minLength: types.length, maxLength: types.length }),
    size: fc.integer({ min: 1, max: 25 }),
    limit: fc.integer({ min: 0, max: 70 }),
  }),
);

/** Null, then NaN, then everything else; or the other way round. Only the rest can be descending. */
function compare(type: ScalarType, a: Cell, b: Cell, { descending, nullsFirst }: Direction): number {
  const kind = (cell: Cell) => (cell === null ? 0 : Number.isNaN(cell) ? 1 : 2);
  if (kind(a) !== kind(b)) return (kind(a) - kind(b)) * (nullsFirst ? 1 : -1);
  if (a === null || b === null) return 0;
  return compareCells(type)(a, b) * (descending ? -1 : 1);
}

function sortPlan(input: Plan, directions: readonly Direction[], limit?: number): Plan {
  const keys = directions.map((each, i): SortKey => ({ expr: columnAt(input, i), ...each }));
  return { kind: "Sort", input, keys, limit, schema: input.schema, origin };
}

test("rows come in the order of the keys, equal ones as before", async () => {
  await fc.assert(
    fc.asyncProperty(input, async ({ types, rows, directions, size }) => {
      const expected = rows.toSorted((a, b) => {
        for (const [i, each] of directions.entries()) {
          const order = compare(types[i]!, a[i]!, b[i]!, each);
          if (order !== 0) return order;
        }
        return 0;
      });
      const sorted = await rowsFrom(sortPlan(scanOf([...types, "long"], rows, size), directions));
      expect(sorted.map(rowText)).toEqual(expected.map(rowText));
    }),
    { numRuns: 300 },
  );
});

test("a limited sort is a sort, then a limit", async () => {
  await fc.assert(
    fc.asyncProperty(input, async ({ types, rows, directions, size, limit }) => {
      const table = scanOf([...types, "long"], rows, size);
      const sorted = await rowsFrom(sortPlan(table, directions));
      const limited = await rowsFrom(sortPlan(table, directions, limit));
      expect(limited.map(rowText)).toEqual(sorted.slice(0, limit).map(rowText));
    }),
    { numRuns: 300 },
  );
});

test.each(["long", "real", "string", "decimal"] as const)(
  "a limited sort by a %s forgets rows early without losing one",
  async (type) => {
    for (const [distinct, size] of [
      [3, 7_000],
      [3_000, 7_000],
      // So many in a batch that a sample of it is looked at first.
      [3, 40_000],
      [3_000, 40_000],
    ] as const) {
      const rows = longTable(type, distinct);
      const table = scanOf([type, "long", "long"], rows, size);
      for (const descending of [false, true]) {
        const one: readonly Direction[] = [{ descending, nullsFirst: !descending }];
        for (const directions of [one, [...one, { descending: true, nullsFirst: false }]]) {
          const sorted = await rowsFrom(sortPlan(table, directions));
          const limited = await rowsFrom(sortPlan(table, directions, 25));
          expect(limited.map(rowText)).toEqual(sorted.slice(0, 25).map(rowText));
        }
      }
    }
  },
);

test("a limited sort of a large batch may have a key that is the same in every row", async () => {
  const database = createDatabase({ clock: () => 0n });
  for (const key of ["1", '"a"', "1.5", "decimal(2)", "long(null)"]) {
    const query = `range x from 1 to 100000 step 1 | extend key = ${key} | sort by tostring(key) asc, x desc | take 3`;
    const { results } = await database.query(query);
    expect([...(results[0]!.rows.column(0).data as BigInt64Array)]).toEqual([100_000n, 99_999n, 99_998n]);
    const { results: top } = await database.query(`range x from 1 to 100000 step 1 | top 3 by ${key}`);
    expect(top[0]!.rows.length).toBe(3);
  }
});

/** Enough rows that the first ones are sorted out while the others still come; the first column has ties and nulls. */
function longTable(type: "long" | "real" | "string" | "decimal", distinct: number): readonly Row[] {
  let state = 12345;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 8;
  };
  const cell = (value: number): Cell => {
    if (type === "string") return `s${value % distinct}`;
    if (value % 5_001 === 0) return null;
    if (type === "long") return BigInt(value % distinct) * 10_000_000_000n;
    return type === "real" ? (value % distinct) / 7 - 100 : new Decimal(value % distinct);
  };
  return Array.from({ length: 45_000 }, (_, i) => [cell(next()), BigInt(next() % 400), BigInt(i)]);
}
