import fc from "fast-check";
import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf } from "../../src/engine/rows.ts";

/*
 * A subquery of mv-apply gives the same whether it runs over the tables of many rows at once or over one after the
 * other: a window function inside forces the latter.
 */

const steps = [
  "where a > 2",
  "where a > 100",
  "extend b = a * 2, k = k + 1",
  "project a, k, b = a % 3, d",
  "take 2",
  "top 2 by a desc",
  "sort by a asc, k desc",
  "mv-expand d limit 2",
  "distinct a, k | extend d = dynamic([4, 5])",
  "summarize a = max(a), k = any(k), d = make_list(a)",
  "summarize a = sum(a), d = make_list(a) by k = a % 2",
  "summarize a = count(), d = make_set(a), k = min(k)",
  "project-away d | extend d = dynamic([1, 2, 3])",
] as const;

const arrays = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 5 }), { maxLength: 8 });

test("together or one by one", async () => {
  const database = createDatabase({ clock: () => 0n });
  const run = async (query: string) => {
    const [result] = (await database.query(query)).results;
    return result ? rowsOf(result) : [];
  };
  await fc.assert(
    fc.asyncProperty(
      arrays,
      fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 4 }),
      async (lists, body) => {
        const values = lists.map((list, k) => `${k}, dynamic([${list.join(", ")}])`).join(", ");
        const source = `datatable(k:long, d:dynamic)[${values}] | mv-apply a = d to typeof(long) on`;
        const together = await run(`${source} (${body.join(" | ")})`);
        const forced = "serialize w = row_number() | project-away w";
        expect(await run(`${source} (${[forced, ...body].join(" | ")})`)).toEqual(together);
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
