import { describe, expect, test } from "vitest";
import { keepTable } from "../../src/data/keep.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf } from "../../src/engine/rows.ts";
import { inputOf } from "../../src/readers/input.ts";
import { openTable } from "../../src/readers/open.ts";

const csv = `a,n,s\n${Array.from({ length: 3000 }, (_, i) => `x${i % 7},${i},${i % 11 === 0 ? "" : `t${i}`}`).join("\n")}\n`;
const file = inputOf("T.csv", new TextEncoder().encode(csv));

describe("a kept table", () => {
  test("answers as its source does", async () => {
    const source = await openTable(file, { table: "T" });
    const query = "T | summarize c = count(), d = dcount(s), x = make_set(s, 2), n = sum(n) by a | sort by a asc";
    const [plain, kept] = await Promise.all(
      [source, await keepTable(source)].map(async (table) => {
        const database = createDatabase({ tables: new Map([["T", table]]), clock: () => 0n });
        const { results } = await database.query(query);
        return rowsOf(results[0]!);
      }),
    );
    expect(kept).toEqual(plain);
    expect(kept).toHaveLength(7);
  });

  test("reads its source once", async () => {
    let scans = 0;
    const source = await openTable(file, { table: "T" });
    const kept = await keepTable({
      schema: source.schema,
      scan: (request) => {
        scans++;
        return source.scan(request);
      },
    });
    for (let run = 0; run < 2; run++) for await (const batch of kept.scan({ columns: new Set() })) batch.column(0);
    expect(scans).toBe(1);
  });

  test("has values in bags, and many texts, as they were read", async () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i % 5 === 0 ? "é" : "e"}${i},"{""n"":${i}}"`);
    const bytes = new TextEncoder().encode(`name,bag\n${lines.join("\n")}\nlast,\n`);
    const schema = [
      { name: "name", type: "string" },
      { name: "bag", type: "dynamic" },
    ] as const;
    const kept = await keepTable(await openTable(inputOf("T.csv", bytes), { table: "T", schema }));
    const database = createDatabase({ tables: new Map([["T", kept]]), clock: () => 0n });
    const query = `T | where bag.n in (0, 12, 59999) or isnull(bag) | union (T | where name == "e59998")
      | join kind=inner (T) on name | project name, n = toint(bag.n), again = toint(bag1.n), length = strlen(name) | sort by n asc nulls last`;
    for (let run = 0; run < 2; run++) {
      const { results } = await database.query(query);
      expect(rowsOf(results[0]!)).toEqual([
        ["é0", 0, 0, 2n],
        ["e12", 12, 12, 3n],
        ["e59998", 59998, 59998, 6n],
        ["e59999", 59999, 59999, 6n],
        ["last", null, null, 4n],
      ]);
    }
  });
});
