import { describe, expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { tableFromRows } from "../../src/engine/rows.ts";
import { becauseText, followedText } from "../../src/insight/why/render.ts";
import { because, why } from "../../src/insight/why/why.ts";

const now = 638_000_000_000_000_000n;
const events = tableFromRows(
  [
    { name: "id", type: "string" },
    { name: "n", type: "long" },
    { name: "tags", type: "dynamic" },
  ],
  [
    ["a", 1, ["x", "y"]],
    ["b", 5, []],
    ["a", 7, ["x"]],
    ["c", null, ["z"]],
  ],
);
const users = tableFromRows(
  [
    { name: "id", type: "string" },
    { name: "name", type: "string" },
  ],
  [
    ["a", "Ann"],
    ["d", "Dan"],
  ],
);
const database = createDatabase({
  tables: new Map([
    ["Events", events],
    ["Users", users],
  ]),
});

async function follow(query: string, row: string, table = "Events"): Promise<string> {
  const found = await why(database, query, { now, row, table });
  const told = { query, text: query };
  return found.map((one) => followedText(one, told, new Set(["id", "n"]))).join("\n");
}

async function behind(query: string): Promise<readonly string[]> {
  const found = await because(database, query, { now });
  return found.map((one) => becauseText(one, { query, text: query }).split("\n").slice(1).join("\n").trim());
}

describe("what dropped a row", () => {
  test("the conditions of a predicate that are to blame, and what they read", async () => {
    expect(await follow("Events\n| where n > 0 and (id == 'b' or not(id == 'c'))", "id == 'c'")).toBe(
      [
        'Events row 4: id = "c", n = long(null)',
        "  line 2: dropped by `where n > 0 and (id == 'b' or not(id == 'c'))`",
        "    `n > 0` is null: n = long(null)",
        "    `id == 'b'` is false: id = \"c\"",
        "    `id == 'c'` is true: id = \"c\"",
      ].join("\n"),
    );
  });

  test.each([
    ["Events | take 1", "n == 5", "it keeps the first 1 of 4 rows, and this is number 2"],
    ["Events | top 1 by n", "n == 5", "it keeps 1 of 4 rows, and others come before n = 5"],
    ["Events | join kind=inner Users on id", "id == 'b'", 'no row of the right side has id = "b"'],
    ["Events | join kind=leftanti Users on id", "n == 1", 'a row of the other side has id = "a": Users row 1'],
    ["Events | join Users on id", "n == 7", 'innerunique keeps one row of id = "a", the first: Events row 1'],
    ["Events | mv-expand tags", "id == 'b'", "there are no items"],
    ["Events | parse-where id with 'a' rest", "id == 'b'", 'the text is not of the form: id = "b"'],
    [
      "Events\n| partition by id (\ntop 1 by n)",
      "n == 1",
      "in its part, line 3: dropped by `top 1 by n`: it keeps 1 of 2",
    ],
    ["Events | partition by id (where n > 1)", "n == 1", "`n > 1` is false: n = 1"],
    ["Events | make-series count() on n from 0 to 6 step 1", "n == 7", "dropped by `make-series count()"],
    ["Events | top-nested 1 of id by sum(n)", "id == 'b'", 'the groups that stay are others: id = "b"'],
    [
      "Events | top-nested 2 of id by sum(n), top-nested 1 of n by m = max(n)",
      "n == 1",
      "the groups that stay are others",
    ],
    ["Events | sort by n asc | scan with (step s output=last: n > 0; step t: n > 6;)", "id == 'c'", "it takes no step"],
    ["Events | consume", "id == 'b'", "it gives no rows"],
    ["Events | extend m = n * 2 | where m > 2", "n == 1", "`m > 2` is false: m = 2"],
    ["Events | summarize c = count() by id | where c > 1", "id == 'b'", "`c > 1` is false: c = 1"],
  ])("%s", async (query, row, reason) => {
    expect(await follow(query, row)).toContain(reason);
  });

  test("the right side of a join, too", async () => {
    expect(await follow("Events | join kind=leftouter Users on id", "id == 'd'", "Users")).toContain(
      'no row of the left side has id = "d"',
    );
    expect(await follow("Events | join kind=leftsemi Users on id", "id == 'a'", "Users")).toContain(
      "this side only decides which rows of the other one stay",
    );
  });
});

describe("what a row becomes", () => {
  test.each([
    ["Events | where n > 0", "n == 7", "in the result: row 3"],
    ["Events | mv-expand tags", "n == 1", "in the result: rows 1, 2"],
    ["Events | sort by n", "n == 7", "in the result: row 1"],
    ["Users | union Events", "n == 1", "in the result: row 3"],
    ["Events | lookup Users on id", "n == 7", "in the result: row 3"],
    ["Events | fork (where n > 6) (count)", "n == 7", "in result 2: row 1"],
    ["Events | mv-apply t = tags to typeof(string) on (where t == 'y')", "n == 1", "in the result: row 1"],
    ["Events | extend b = bag_pack('k', n) | evaluate bag_unpack(b)", "n == 7", "in the result: row 3"],
    ["Events | distinct id", "n == 7", '`distinct id` makes one of 2 rows: id = "a"'],
    ["Events | summarize arg_max(n, *) by id", "n == 1", "`arg_max` shows Events row 3 instead"],
    ["Events | partition by id (take 1)", "n == 1", "in the result: row 1"],
    ["Events | partition by id (summarize s = sum(n))", "n == 7", "in the result: row 1"],
    ["Events | make-series count() on n from 0 to 10 step 1 by id", "n == 7", 'makes one of 2 rows: id = "a"'],
    ["Events | top-nested 1 of id by sum(n)", "n == 1", 'makes one of 2 rows: id = "a", aggregated_id = 8'],
    ["Events | top-nested 1 of id with others = 'else' by sum(n)", "id == 'c'", "in the result: row 2"],
    [
      "Events | sort by n asc | scan declare (p: long) with (step s: true => p = s.n;)",
      "n == 7",
      "in the result: row 4",
    ],
    ["Events | project id, n = 1 | evaluate pivot(id, sum(n))", "n == 1", "cannot be followed further"],
  ])("%s", async (query, row, line) => {
    expect(await follow(query, row)).toContain(line);
  });

  test("a table that is read in two places has two ways, that of the pipeline first", async () => {
    const query = "let Seen = Events | where n > 6;\nEvents\n| join kind=inner Seen on id";
    expect(await follow(query, "n == 1")).toBe(
      [
        'Events row 1: id = "a", n = 1',
        "  read on line 2",
        "    in the result: row 1",
        "  read on line 1, for the other side of a join or plugin",
        "    line 1: dropped by `where n > 6`",
        "      `n > 6` is false: n = 1",
      ].join("\n"),
    );
  });
});

describe("what is behind a result", () => {
  test("rows of tables", async () => {
    expect(await behind("Events | summarize max(n) by id")).toEqual([
      "Events rows 1, 3",
      "Events row 2",
      "Events row 4",
    ]);
    expect(await behind("Events | join kind=inner Users on id")).toEqual([
      "Events row 1; Users row 1",
      "Events row 3; Users row 1",
    ]);
    expect(await behind("Events | join kind=fullouter Users on id | where id1 == 'd'")).toEqual(["Users row 2"]);
    expect(await behind("Events | where n > 100 | count")).toEqual([""]);
  });

  test("where it is not known, it is said", async () => {
    expect(await behind("Events | project id | evaluate pivot(id) | count")).toEqual([
      "line 1: not followed back through `evaluate pivot(id)`, or not to all of its tables",
    ]);
  });
});

describe("what cannot be asked", () => {
  test("rows of a table that the query does not read", async () => {
    await expect(follow("Events", "id == 'a'", "Event")).rejects.toThrow(
      "KQ690: the rows of `Event` do not run through the query",
    );
    await expect(follow("Events | where n == toscalar(Users | count)", "id == 'a'", "Users")).rejects.toThrow("KQ690");
    await expect(why(database, "print 1", { now, row: "true" })).rejects.toThrow(
      "KQ691: the query reads no table, so there is no row to follow",
    );
  });

  test("a condition that is none: places are those in its own text", async () => {
    const error = await why(database, "Events", { now, row: "n > 0 and nn > 0" }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ diagnostics: [{ code: "KS142", labels: [{ span: { start: 10, end: 12 } }] }] });
  });

  test("of several tables those with the columns are searched", async () => {
    const found = await why(database, "Events | join Users on id", { now, row: "name == 'Dan'" });
    expect(found.map(({ row }) => row)).toEqual([{ table: "Users", number: 2 }]);
  });
});
