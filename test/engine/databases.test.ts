import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import type { Tables } from "../../src/engine/shelf.ts";

const numbers = (...rows: readonly number[]) =>
  tableFromRows(
    [{ name: "n", type: "int" }],
    rows.map((row) => [row]),
  );

let opened = 0;
const database = createDatabase({
  clock: () => 0n,
  tables: new Map([
    ["T", numbers(1)],
    ["Stored", numbers(7, 8)],
  ]),
  databases: new Map<string, Tables>([
    [
      "Other",
      new Map([
        ["T", numbers(2, 3)],
        ["Tail", numbers(4)],
      ]),
    ],
    [
      "far/Other",
      new Map([
        [
          "T",
          async () => {
            opened++;
            return numbers(5);
          },
        ],
      ]),
    ],
  ]),
});

async function column(query: string): Promise<readonly unknown[]> {
  const { results } = await database.query(query);
  return results.flatMap((result) => rowsOf(result).map(([cell]) => cell));
}

test("a database is found by the name that the query has", async () => {
  expect(await column('database("Other").T')).toEqual([2, 3]);
  expect(await column('workspace("Other").T | where n > 2')).toEqual([3]);
  expect(await column('database("Other").["T"] | union T | sort by n asc')).toEqual([1, 2, 3]);
  expect(await column('database("Other").table("T")')).toEqual([2, 3]);
  expect(await column('union database("Other").T* | sort by n asc')).toEqual([2, 3, 4]);
  expect(await column('let X = database("Other").Tail; X')).toEqual([4]);
  expect(await column('T | where toint(n + 1) in (database("Other").T)')).toEqual([1]);
});

test("one of another cluster goes by both names, and its tables are opened when they are named", async () => {
  expect(opened).toBe(0);
  expect(await column('cluster("far").database("Other").T')).toEqual([5]);
  expect(await column('cluster("far").database("Other").T | union database("Other").Tail | sort by n asc')).toEqual([
    4, 5,
  ]);
  expect(opened).toBe(1);
  await expect(column('cluster("near").database("Other").T')).rejects.toThrow("near/Other");
});

test("what is not there is said", async () => {
  await expect(column('database("Othr").T')).rejects.toThrow("`Othr`");
  await expect(column('database("Other").Nope')).rejects.toThrow("`Nope`");
  await expect(column('database("Other").Nope*')).rejects.toThrow("missing");
});

test("by which name a table of another database shows is not documented", async () => {
  for (const query of [
    'union withsource=S database("Other").T, T',
    'union withsource=S cluster("far").database("Other").T',
    'database("Other").T | search *',
    'find in (database("Other").T) where n == 2',
  ]) {
    await expect(column(query)).rejects.toThrow("of another database");
  }
  expect(await column('let X = database("Other").T; X | search * | project $table')).toEqual(["X", "X"]);
});

// Measured on the Kusto emulator (duckdb-kql's notes).
test("union shows a table of another database with the name of that", async () => {
  const labels = async (query: string) => [...new Set(await column(`${query} | project S`))].sort();
  expect(await labels('union withsource=S database("Other").T')).toEqual(['database("Other").T']);
  expect(await labels('let X = database("Other").T; union withsource=S X, (T | where n > 0)')).toEqual([
    'database("Other").T',
    "union_arg1",
  ]);
});

test("views and external tables are tables here", async () => {
  expect(await column('materialized_view("Stored")')).toEqual([7, 8]);
  expect(await column('external_table("Stored") | count')).toEqual([2n]);
});

test("search and find look into all tables", async () => {
  expect(await column('search "7" | project $table')).toEqual(["Stored"]);
  expect(await column("find n == 1")).toEqual(["T"]);
  expect(await column("search in (T, St*) * | summarize count() by $table | sort by count_ desc")).toEqual([
    "Stored",
    "T",
  ]);
});
