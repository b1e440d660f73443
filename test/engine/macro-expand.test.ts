import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import type { Tables } from "../../src/engine/shelf.ts";

// docs: https://learn.microsoft.com/kusto/query/macro-expand-operator

const hits = (...rows: readonly number[]) =>
  tableFromRows(
    [{ name: "n", type: "long" }],
    rows.map((row) => [BigInt(row)]),
  );
const wide = (name: string, n: number, value: string) =>
  tableFromRows(
    [
      { name: "n", type: "long" },
      { name, type: "string" },
    ],
    [[BigInt(n), value]],
  );

const database = createDatabase({
  clock: () => 0n,
  identity: { cluster: "here.example", database: "Home" },
  tables: new Map([["Hits", hits(100)]]),
  databases: new Map<string, Tables>([
    [
      "North",
      new Map([
        ["Hits", hits(1, 2)],
        ["Wide", wide("left", 1, "a")],
      ]),
    ],
    [
      "South",
      new Map([
        ["Hits", hits(3, 4, 5)],
        ["Wide", wide("right", 2, "b")],
        ["Only", hits(9)],
      ]),
    ],
    ["far/North", new Map([["Hits", hits(7)]])],
  ]),
});

async function table(query: string): Promise<{ columns: readonly string[]; rows: readonly (readonly unknown[])[] }> {
  const { results } = await database.query(query);
  const [result] = results;
  if (!result) throw new Error("no result");
  return { columns: result.schema.map(({ name }) => name), rows: [...rowsOf(result)] };
}

async function column(query: string): Promise<readonly unknown[]> {
  return (await table(query)).rows.map(([cell]) => cell);
}

const both = 'entity_group [database("North"), database("South")]';

test("the subquery runs once for each database, and what is behind it sees all rows", async () => {
  expect(await column(`macro-expand ${both} as X (X.Hits) | sort by n asc`)).toEqual([1n, 2n, 3n, 4n, 5n]);
  expect(await column(`macro-expand ${both} as X (X.Hits | count) | sort by Count asc`)).toEqual([2n, 3n]);
  expect(await column(`macro-expand ${both} as X (X.Hits) | count`)).toEqual([5n]);
  expect(await column(`macro-expand ${both} as X (X.Hits | join kind=inner (X.Hits | top 1 by n) on n)`)).toEqual([
    2n,
    5n,
  ]);
  expect(await column(`macro-expand ${both} as X (print m = toscalar(X.Hits | summarize max(n)))`)).toEqual([2n, 5n]);
  expect(await column(`macro-expand ${both} as X (union X.Hi*, Hits) | summarize sum(n)`)).toEqual([215n]);
});

test("a group is declared by `let`, and the name of the group may stand for the database", async () => {
  expect(
    await column(`let G = ${both}; macro-expand G as X (let y = X.Hits; y | count) | summarize sum(Count)`),
  ).toEqual([5n]);
  expect(await column(`let G = ${both}; macro-expand G (G.Hits) | summarize sum(n)`)).toEqual([15n]);
});

test("names without the database are those of the query", async () => {
  expect(await column(`macro-expand ${both} as X (Hits)`)).toEqual([100n, 100n]);
  expect(await column('macro-expand entity_group [database("Home")] as X (X.Hits)')).toEqual([100n]);
});

test("columns are united: outer keeps all, in the order of their first appearance, inner those in common", async () => {
  const outer = await table(`macro-expand ${both} as X (X.Wide) | sort by n asc`);
  expect(outer.columns).toEqual(["n", "left", "right"]);
  expect(outer.rows).toEqual([
    [1n, "a", ""],
    [2n, "", "b"],
  ]);
  const reversed = 'entity_group [database("South"), database("North")]';
  expect((await table(`macro-expand ${reversed} as X (X.Wide)`)).columns).toEqual(["n", "right", "left"]);
  expect((await table(`macro-expand kind=inner ${both} as X (X.Wide)`)).columns).toEqual(["n"]);
});

test("the database says its name and its cluster", async () => {
  const far = 'entity_group [database("North"), cluster("far").database("North")]';
  expect(await column(`macro-expand ${far} as X (X.Hits | project d = X.$current_database)`)).toEqual([
    "North",
    "North",
    "North",
  ]);
  expect(await column(`macro-expand ${both} as X (X.Hits | take 1 | project c = X.$current_cluster_endpoint)`)).toEqual(
    ["here.example", "here.example"],
  );
  await expect(column(`macro-expand ${far} as X (print c = X.$current_cluster_endpoint)`)).rejects.toThrow();
});

test("groups are expanded in one another", async () => {
  const pairs = `macro-expand ${both} as X (macro-expand ${both} as Y (X.Hits | extend y = toscalar(Y.Hits | count)))`;
  expect(await column(`${pairs} | summarize count() by y | sort by y asc | project count_`)).toEqual([5n, 5n]);
  const same = `macro-expand ${both} as X (macro-expand ${both} as X (X.Hits))`;
  await expect(column(same)).rejects.toThrow("stands for an entity");
});

test("a fuzzy query leaves out databases that are not there or lack the table", async () => {
  const group = 'entity_group [database("North"), database("Nowhere"), database("South")]';
  expect(await column(`macro-expand isfuzzy=true ${group} as X (X.Hits) | count`)).toEqual([5n]);
  expect(await column(`macro-expand isfuzzy=true ${group} as X (X.Only)`)).toEqual([9n]);
  expect(await column(`macro-expand best_effort=true ${group} as X (X.Only)`)).toEqual([9n]);
  await expect(column(`macro-expand isfuzzy=true ${group} as X (X.None)`)).rejects.toThrow("no database");
  await expect(column(`macro-expand ${both} as X (X.Only)`)).rejects.toThrow("`Only`");
  await expect(column(`macro-expand ${group} as X (X.Hits)`)).rejects.toThrow("`Nowhere`");
  await expect(column(`macro-expand isfuzzy=true ${group} as X (X.Hits | where m > 1)`)).rejects.toThrow("`m`");
});

test("what spreads the work changes no row, and `withsource` is as in `union`", async () => {
  expect(await column(`macro-expand force_remote=true hint.concurrency=2 ${both} as X (X.Hits) | count`)).toEqual([5n]);
  expect(await column(`macro-expand withsource=s ${both} as X (X.Hits | count) | project s`)).toEqual([
    "union_arg0",
    "union_arg1",
  ]);
  for (const option of ["withsource", "with_source"]) {
    await expect(column(`macro-expand ${option}=s ${both} as X (X.Hits)`)).rejects.toThrow("`withsource`");
  }
});

test("values of all types survive in the subquery", async () => {
  const [row] = (
    await table(`macro-expand ${both} as X (print d = decimal(1.5), b = dynamic({"k": 2}), t = 1d) | take 1`)
  ).rows;
  expect(row?.map(String)).toEqual(["1.5", expect.any(String), "864000000000"]);
  expect(await column(`macro-expand ${both} as X (print b = dynamic({"k": 2}).k | project tolong(b))`)).toEqual([
    2n,
    2n,
  ]);
});

test("a database that is not there is an error, looked at or not", async () => {
  await expect(column('macro-expand entity_group [database("Nowhere")] as X (print 1)')).rejects.toThrow("`Nowhere`");
});

test("what is no group is said", async () => {
  await expect(column("macro-expand G as X (X.Hits)")).rejects.toThrow("`G`");
  await expect(
    column('macro-expand entity_group [database("North"), database("North")] as X (X.Hits)'),
  ).rejects.toThrow("already");
  await expect(column("macro-expand entity_group [Hits] as X (X)")).rejects.toThrow("database");
  await expect(column(`macro-expand ${both} as X (X)`)).rejects.toThrow("`X`");
  await expect(column(`let G = ${both}; G | take 1`)).rejects.toThrow("entity group");
  await expect(column(`let G = ${both}; print G`)).rejects.toThrow("entity group");
  await expect(column(`macro-expand ${both} as X (let y = 1;)`)).rejects.toThrow("one tabular expression");
});
