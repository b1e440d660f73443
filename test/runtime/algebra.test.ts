import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "../../src/data/column.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { cellOf, cellText, type Row, rowsIn, rowText, sourceOf } from "./tables.ts";

/* Laws that queries keep, over random tables in random batches. */

const schema = [
  { name: "a", type: "long" },
  { name: "b", type: "string" },
  { name: "c", type: "real" },
  { name: "i", type: "int" },
] as const;

const rowsOfT = fc.array(
  fc.tuple(
    fc.constantFrom<Cell>(0n, 1n, 2n, null),
    cellOf("string"),
    cellOf("real"),
    fc.constantFrom<Cell>(-3, 0, 4, 1_000_000, null),
  ),
  { maxLength: 30 },
);
const size = fc.integer({ min: 1, max: 10 });

async function query(text: string, rows: readonly Row[], batchSize: number, others: readonly Row[] = []) {
  const tables = new Map([
    ["T", sourceOf(schema, rows, batchSize)],
    ["U", sourceOf(schema, others, batchSize)],
  ]);
  const { results } = await createDatabase({ tables }).query(text, { now: 0n });
  return rowsIn(results[0]!.rows);
}

const condition = fc.constantFrom(
  "a > 0",
  "b == 'a'",
  "c < 1.0",
  "isnull(c)",
  "a != 1",
  "b != '' or c > 0.0",
  "not(a == 1)",
);

test("`where p and q` is `where p` and then `where q`, in either order", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, size, condition, condition, async (rows, batchSize, p, q) => {
      const both = await query(`T | where (${p}) and (${q})`, rows, batchSize);
      const one = await query(`T | where ${p} | where ${q}`, rows, batchSize);
      const other = await query(`T | where ${q} | where ${p}`, rows, batchSize);
      expect(one.map(rowText)).toEqual(both.map(rowText));
      expect(other.map(rowText)).toEqual(both.map(rowText));
    }),
  );
});

test("a row is in one of `where p`, `where not(p)` and `where isnull(p)`", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, size, condition, async (rows, batchSize, p) => {
      const parts = `(T | where ${p}), (T | where not(${p})), (T | where isnull(${p}))`;
      expect((await query(`union ${parts}`, rows, batchSize)).map(rowText).sort()).toEqual(rows.map(rowText).sort());
    }),
  );
});

test("`top` is `sort` and then `take`", async () => {
  await fc.assert(
    fc.asyncProperty(
      rowsOfT,
      size,
      fc.nat(12),
      fc.constantFrom("a", "b asc", "c", "c asc nulls last", "i desc nulls first", "-i asc"),
      async (rows, batchSize, count, by) => {
        const top = await query(`T | top ${count} by ${by}`, rows, batchSize);
        // materialize keeps the optimizer from making one of the two.
        const take = `let s = materialize(T | sort by ${by}); union (s | take ${count}), (s | take 0)`;
        expect(top.map(rowText)).toEqual((await query(take, rows, batchSize)).map(rowText));
      },
    ),
  );
});

test("the legs of a union may change places", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, rowsOfT, size, async (rows, others, batchSize) => {
      const one = await query("T | project a, b | union (U | project a, b)", rows, batchSize, others);
      const other = await query("U | project a, b | union (T | project a, b)", rows, batchSize, others);
      expect(one.map(rowText).sort()).toEqual(other.map(rowText).sort());
      expect(one).toHaveLength(rows.length + others.length);
    }),
  );
});

test("an aggregate by keys is what its rows give one by one", async () => {
  await fc.assert(
    fc.asyncProperty(
      rowsOfT,
      size,
      fc.subarray(["a", "b", "c"] as const, { minLength: 1 }),
      async (rows, batchSize, keys) => {
        const text = `T | summarize n = count(), s = sum(i), lo = min(i), hi = max(i), ok = countif(i > 0) by ${keys.join(", ")}`;
        const positions = keys.map((key) => schema.findIndex((field) => field.name === key));
        const groups = new Map<string, Row[]>();
        for (const row of rows) {
          const key = rowText(positions.map((index) => row[index]!));
          groups.set(key, [...(groups.get(key) ?? []), row]);
        }
        const expected = [...groups].map(([key, members]) => {
          const values = members.map((row) => row[3] as number | null).filter((value) => value !== null);
          const least = values.length === 0 ? null : Math.min(...values);
          const most = values.length === 0 ? null : Math.max(...values);
          const sum = BigInt(values.reduce((total, value) => total + value, 0));
          const positive = BigInt(values.filter((value) => value > 0).length);
          return `${key} ${[BigInt(members.length), sum, least, most, positive].map(cellText).join(" ")}`;
        });
        expect((await query(text, rows, batchSize)).map(rowText)).toEqual(expected);
      },
    ),
  );
});

test("`distinct` is `summarize` without aggregates, and innerunique a join of distinct keys", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, rowsOfT, size, async (rows, others, batchSize) => {
      const distinct = await query("T | distinct b, c", rows, batchSize);
      expect(distinct.map(rowText)).toEqual((await query("T | summarize by b, c", rows, batchSize)).map(rowText));
      const unique = await query("T | project b | join (U) on b", rows, batchSize, others);
      const inner = await query("T | distinct b | join kind=inner (U) on b", rows, batchSize, others);
      expect(unique.map(rowText)).toEqual(inner.map(rowText));
    }),
  );
});

test("semi and anti joins share the rows out", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, rowsOfT, size, async (rows, others, batchSize) => {
      for (const side of ["left", "right"]) {
        const text = `union (T | join kind=${side}semi (U) on a, b), (T | join kind=${side}anti (U) on a, b)`;
        const expected = side === "left" ? rows : others;
        expect((await query(text, rows, batchSize, others)).map(rowText).sort()).toEqual(expected.map(rowText).sort());
      }
    }),
  );
});

test("what `partition` does to each part, `summarize` does to each group", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, size, fc.constantFrom("native", "shuffle"), async (rows, batchSize, strategy) => {
      const parts = `T | partition hint.strategy=${strategy} by b (summarize n = count(), s = sum(i) by b)`;
      const groups = await query("T | summarize n = count(), s = sum(i) by b", rows, batchSize);
      expect((await query(parts, rows, batchSize)).map(rowText).sort()).toEqual(groups.map(rowText).sort());
      const first = `T | partition hint.strategy=${strategy} by b (top 1 by i asc nulls last | project i)`;
      const least = await query("T | summarize i = min(i) by b | project i", rows, batchSize);
      expect((await query(first, rows, batchSize)).map(rowText).sort()).toEqual(least.map(rowText).sort());
    }),
    { numRuns: 50 },
  );
});

test("`summarize` of parts is `summarize` of the whole", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfT, size, condition, async (rows, batchSize, p) => {
      const parts = `union (T | where ${p}), (T | where not(${p}) or isnull(${p}))
        | summarize n = count(), s = sum(i), lo = min(i), d = dcount(a) by b | sort by b asc`;
      const whole = "T | summarize n = count(), s = sum(i), lo = min(i), d = dcount(a) by b | sort by b asc";
      expect((await query(parts, rows, batchSize)).map(rowText)).toEqual(
        (await query(whole, rows, batchSize)).map(rowText),
      );
    }),
    { numRuns: 50 },
  );
});
