import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { inputsOf } from "../../src/plan/walk.ts";
import { type Input, inputOf } from "../../src/readers/input.ts";
import { openTable } from "../../src/readers/open.ts";
import { refusesAll } from "../../src/runtime/operators/value-ranges.ts";

const schema = [
  { name: "i", type: "int" },
  { name: "l", type: "long" },
  { name: "r", type: "real" },
  { name: "t", type: "datetime" },
] as const;
const database = createDatabase({ tables: new Map([["T", { schema, scan: async function* () {} }]]) });

/** Whether the condition refuses every row of i in [10, 20], l in [10, 20], r in [1.5, 2.5] and t in 2024. */
async function refused(condition: string): Promise<boolean> {
  const { results } = await database.prepare(`T | where ${condition}`, { now: 0n });
  const filter = filterIn(results[0]!.plan);
  const year = { least: 638_396_640_000_000_000n, greatest: 638_712_863_999_999_999n };
  const ranges = [{ least: 10, greatest: 20 }, { least: 10n, greatest: 20n }, { least: 1.5, greatest: 2.5 }, year];
  return refusesAll(filter, (index) => ranges[index]);
}

function filterIn(plan: Plan): Extract<Plan, { kind: "Filter" }>["predicate"] {
  if (plan.kind === "Filter") return plan.predicate;
  return filterIn(inputsOf(plan)[0]!);
}

describe("ranges of values", () => {
  test.each([
    "i < 10",
    "i > 20",
    "20 < i",
    "i == 9",
    "l <= 9",
    "l >= 21",
    "l between (1 .. 9)",
    "l between (21 .. 30)",
    "r > 2.5",
    "r < 1.5",
    "t < datetime(2024-01-01)",
    "t >= datetime(2025-01-01)",
    "i > 0 and l > 20",
    "i > 20 or l < 10",
  ])("%s refuses all", async (condition) => expect(await refused(condition)).toBe(true));

  test.each([
    "i <= 10",
    "i >= 20",
    "i == 10",
    "i != 15",
    "not(i < 10)",
    "l between (9 .. 10)",
    "l !between (10 .. 20)",
    "r >= 2.5",
    "t < datetime(2024-01-02)",
    "t between (datetime(2023-12-31) .. 2d)",
    "i > 20 or l > 10",
    "i > l",
    "i + 1 < 0",
    "i > int(null)",
    "r == real(nan)",
    "isnull(i)",
    'tostring(i) == "5"',
  ])("%s may keep some", async (condition) => expect(await refused(condition)).toBe(false));
});

describe("Parquet", () => {
  const days = 86_400_000;
  const file = parquetWriteBuffer({
    columnData: [
      { name: "t", data: Array.from({ length: 100 }, (_, i) => new Date(i * days)), type: "TIMESTAMP" },
      { name: "n", data: Array.from({ length: 100 }, (_, i) => (i % 9 === 0 ? null : i)), type: "INT32" },
    ],
    rowGroupSize: 10,
  });
  const bytes = new Uint8Array(file);

  async function counted(condition: string, bytes: Uint8Array) {
    let read = 0;
    const memory = inputOf("t.parquet", bytes);
    const input: Input = {
      ...memory,
      slice: (start, end) => {
        read += end - start;
        return memory.slice(start, end);
      },
    };
    const table = await openTable(input, { table: "T" });
    const before = read;
    const { results } = await createDatabase({ tables: new Map([["T", table]]), clock: () => 0n }).query(
      `T | where ${condition} | count`,
    );
    return { count: Number((results[0]!.rows.column(0).data as BigInt64Array)[0]), read: read - before };
  }

  test("row groups outside of the wanted time are not read", async () => {
    const all = await counted("t > datetime(1900-01-01)", bytes);
    const some = await counted("t between (datetime(1970-02-01) .. 3d)", bytes);
    expect([all.count, some.count]).toEqual([100, 4]);
    expect(some.read).toBeLessThan(all.read * 0.7);
  });

  test("whatever the condition, the rows are the same", async () => {
    const comparison = fc.tuple(fc.constantFrom("<", "<=", ">", ">=", "=="), fc.integer({ min: -5, max: 105 }));
    const condition = fc
      .array(comparison, { minLength: 1, maxLength: 3 })
      .chain((parts) =>
        fc.constantFrom(" and ", " or ").map((word) => parts.map(([op, n]) => `n ${op} ${n}`).join(word)),
      );
    await fc.assert(
      fc.asyncProperty(condition, async (condition) => {
        const { count } = await counted(condition, bytes);
        // `tolong(tostring(…))` hides the column from whoever looks for its range.
        expect(count).toBe((await counted(condition.replaceAll("n ", "tolong(tostring(n)) "), bytes)).count);
      }),
      { numRuns: 60 },
    );
  });
});
