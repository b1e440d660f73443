import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import {
  type Coverage,
  coverageScore,
  isCovered,
  isPipeCovered,
  mergeCoverage,
} from "../../src/insight/coverage/coverage.ts";
import { queryWithCoverage } from "../../src/insight/coverage/query.ts";
import { withQuery } from "../../src/node/test-database.ts";
import { parseTestFile, type TestCase } from "../../src/testing/test-file.ts";
import { databaseFor } from "../support/kql-database.ts";

const options = { now: 638_000_000_000_000_000n, seed: 1 };
const events = tableFromRows(
  [
    { name: "s", type: "string" },
    { name: "n", type: "long" },
  ],
  [
    ["a", 1],
    ["b", 2],
    ["c", null],
    ["a", 5],
  ],
);
const database = createDatabase({ tables: new Map([["T", events]]) });

async function coverageOf(text: string): Promise<Coverage> {
  return (await queryWithCoverage(database, text, options)).coverage;
}

/** condition: true/false/null, deciding */
async function conditions(text: string): Promise<readonly string[]> {
  const { conditions } = await coverageOf(text);
  return conditions.map((one) => `${one.text}: ${one.true}/${one.false}/${one.null}, ${one.deciding}`);
}

async function pipes(text: string): Promise<readonly string[]> {
  const { pipes } = await coverageOf(text);
  return pipes.map(({ span, rowsIn, rowsOut }) => `${text.slice(span.start, span.end)}: ${rowsIn} → ${rowsOut}`);
}

describe("conditions", () => {
  test("atoms of and, or and not are counted over every row, and where they decide", async () => {
    // (a, 5): kept whatever the first condition says. (b, 2): the last one drops it. (c, null): kept if one of the first two turned.
    expect(await conditions("T | where (s == 'a' or not(n < 3)) and s != 'b'")).toEqual([
      "s == 'a': 2/2/0, 2",
      "n < 3: 2/1/1, 1",
      "s != 'b': 3/1/0, 2",
    ]);
  });

  test("one condition alone always decides", async () => {
    expect(await conditions("T | where n > 1")).toEqual(["n > 1: 2/1/1, 4"]);
  });

  test("items of a list are found or not, also of a list that a let names", async () => {
    expect(await conditions("let l = dynamic(['a', 'z']); T | where s in (l) and s !in ('q', 'b')")).toEqual([
      "s in (l): 2/2/0, 3",
      '"a": 2/2/0, 4',
      '"z": 0/4/0, 2',
      "s !in ('q', 'b'): 3/1/0, 2",
      '"q": 0/4/0, 3',
      '"b": 1/3/0, 4',
    ]);
  });

  test("items are counted by what cells are, whatever their type and number", async () => {
    const rows = "let R = range k from 1 to 100 step 1 | extend d = dynamic({'x': 1}).y, s = tostring(k % 3);";
    expect(await conditions(`${rows} R | where k in (7, 8, 200)`)).toEqual([
      "k in (7, 8, 200): 2/98/0, 100",
      "7: 1/99/0, 99",
      "8: 1/99/0, 99",
      "200: 0/100/0, 98",
    ]);
    expect(await conditions(`${rows} R | where s in~ ('0', '1') | where d in (1, 2)`)).toEqual([
      "s in~ ('0', '1'): 67/33/0, 100",
      '"0": 33/67/0, 66',
      '"1": 34/66/0, 67',
      "d in (1, 2): 0/67/0, 67",
      "1: 0/67/0, 67",
      "2: 0/67/0, 67",
    ]);
    expect(
      await conditions("print t = 'one two', c = 'two' | where t has_all ('one', c) or t has_any ('two', 'six')"),
    ).toEqual([
      "t has_all ('one', c): 1/0/0, 0",
      "t has_any ('two', 'six'): 1/0/0, 0",
      '"two": 1/0/0, 1',
      '"six": 0/1/0, 0',
    ]);
  });

  test("conditions of many parts are counted as those of few", async () => {
    const many = Array.from({ length: 9 }, (_, i) => `n != ${i + 10}`).join(" and ");
    const found = await conditions(`T | where s == 'a' and ${many}`);
    expect(found[0]).toBe("s == 'a': 2/2/0, 4");
    expect(found.slice(1)).toHaveLength(9);
    expect(await pipes(`T | where s == 'a' and ${many}`)).toEqual([`where s == 'a' and ${many}: 4 → 2`]);
  });

  test("the rows of a subquery are no list of the query", async () => {
    expect(await conditions("T | where s in ((T | project s))")).toEqual(["s in ((T | project s)): 4/0/0, 4"]);
  });

  test("a join finds a partner or does not", async () => {
    expect(await conditions("T | join kind=leftouter (T | where n == 5) on s")).toEqual([
      "n == 5: 1/3/0, 4",
      "s: 2/2/0, 4",
    ]);
    expect(await conditions("T | join kind=inner (print n = 5, s = 'a') on n, s")).toEqual(["n, s: 1/3/0, 4"]);
  });

  test("branches of iff and case, and conditions of aggregates", async () => {
    expect(
      await conditions("T | project x = iff(n > 1 and s == 'a', 1, 0), y = case(n == 1, 'p', n == 2, 'q', 'r')"),
    ).toEqual(["n > 1: 2/1/1, 2", "s == 'a': 2/2/0, 2", "n == 1: 1/3/0, 4", "n == 2: 1/3/0, 4"]);
    expect(await conditions("T | summarize countif(n > 1), sumif(n, s == 'a')")).toEqual([
      "n > 1: 2/1/1, 4",
      "s == 'a': 2/2/0, 4",
    ]);
  });

  test("a function that is called twice is one text", async () => {
    expect(await conditions("let f = (t:(s:string)) { t | where s == 'a' }; union (f(T)), (f(T))")).toEqual([
      "s == 'a': 4/4/0, 8",
    ]);
  });

  test("a term that is looked for in every column is one condition", async () => {
    expect(await conditions("T | search 'a'")).toEqual(["'a': 2/2/0, 4"]);
  });

  test("what no row comes to is there with zeros", async () => {
    expect(await conditions("T | where false | where s == 'a'")).toEqual(["s == 'a': 0/0/0, 0"]);
  });
});

describe("pipes", () => {
  test("count the rows that come and go", async () => {
    expect(await pipes("T | where n > 1 | take 1")).toEqual(["where n > 1: 4 → 2", "take 1: 2 → 1"]);
    expect(await pipes("T | distinct s | top 2 by s")).toEqual(["distinct s: 4 → 3", "top 2 by s: 3 → 2"]);
    expect(await pipes("T | sort by n | take 3")).toEqual(["take 3: 4 → 3"]);
    expect(await pipes("T | parse-where s with 'a' rest")).toEqual(["parse-where s with 'a' rest: 4 → 2"]);
    expect(await pipes("T | search 'a'")).toEqual(["search 'a': 4 → 2"]);
  });

  test("what several consumers read runs and counts once", async () => {
    expect(await pipes("let x = T | distinct s; union x, x")).toEqual(["distinct s: 4 → 3"]);
  });

  test("operators of a subquery that is a constant are not measured, and the report says so", async () => {
    const text = "T | where n == toscalar(T | where s == 'b' | project n)";
    const { unmeasured } = await coverageOf(text);
    expect(unmeasured.map(({ start, end }) => text.slice(start, end))).toEqual(["where s == 'b'"]);
  });
});

test("runs add up", async () => {
  const [a, b] = [await coverageOf("T | where n > 1"), await coverageOf("T | where n > 1")];
  const merged = mergeCoverage([a, b]);
  expect(merged.conditions).toMatchObject([{ true: 4, false: 2, null: 2, deciding: 8 }]);
  expect(merged.pipes).toMatchObject([{ rowsIn: 8, rowsOut: 4 }]);
  expect(coverageScore(merged)).toEqual({ covered: 2, total: 2, percent: 100 });
  expect(merged.conditions.every(isCovered) && merged.pipes.every(isPipeCovered)).toBe(true);
  expect(coverageScore({ conditions: [], pipes: [], unmeasured: [] }).percent).toBe(100);
});

describe("a measured query gives the rows of the query", () => {
  const folders = ["test/operators", "queries"];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".test.kql"))
      .map((name) => [folder, name] as const),
  );

  test.each(files)("%s/%s", async (folder, name) => {
    for (const one of parseTestFile(readFileSync(join(folder, name), "utf8")))
      await compare(await withQuery(one, folder), folder);
  });
});

async function compare(testCase: TestCase, folder: string): Promise<void> {
  const { query } = testCase;
  // Whoever draws by lot draws anew.
  if (query === undefined || /\brand|sample|take_any|new_guid/.test(query)) return;
  const one = await databaseFor(testCase, folder);
  const plain = await one.query(query, options).catch(() => undefined);
  if (!plain) return;
  const measured = await queryWithCoverage(one, query, options);
  expect(measured.results.map(rowsOf), query).toEqual(plain.results.map(rowsOf));
}

test("limits of the result count as they do without coverage", async () => {
  const text = "set truncationmaxrecords = 1; T | where n > 0";
  await expect(database.query(text, options)).rejects.toThrow("KQ411");
  await expect(queryWithCoverage(database, text, options)).rejects.toThrow("KQ411");
});

test("rows that were drawn by lot for the columns of a plugin are the ones that fill them", async () => {
  const text = "range k from 1 to 50 step 1 | extend g = strcat('g', k) | sample 3 | evaluate pivot(g, sum(k))";
  for (let seed = 0; seed < 5; seed++) {
    const { results } = await queryWithCoverage(database, text, { ...options, seed });
    const [row = []] = results.map(rowsOf)[0] ?? [];
    expect(row.length).toBe(3);
    expect(row.filter((cell) => cell === 0n)).toEqual([]);
  }
});
