import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../support/cli.ts";
import { failuresOf, runSpec, runSpecIn } from "../support/specs.ts";

const table =
  "datatable(Name:string, n:long, r:real, d:dynamic) ['a', 1, 0.1, dynamic({\"k\":[1]}), 'b', 2, 0.2, dynamic(null)]";

/** What one expectation says of a query over no tables. */
async function verdict(expectation: string, query = table): Promise<readonly string[]> {
  return failuresOf(
    await runSpec({
      "q.kql": query,
      "s.test.yaml": `query: q.kql\ntests:\n  - name: t\n    expect: {${expectation}}\n`,
    }),
  );
}

describe("expectations that hold", () => {
  test.each([
    "count: 2",
    'count: ">= 2"',
    'count: "!= 3"',
    "alert: true",
    'alert: "== 1"',
    "rows: [{Name: a, n: 1}, {Name: b}]",
    "rows: [{Name: b}, {Name: a}]",
    "rows: [{d: {k: [1]}}, {d: null}]",
    "rows: [{r: 0.1}, {r: 0.20000000001}]",
    "rows: {match: subset, equal: [{n: 2}]}",
    "rows: {order: sorted, equal: [{n: 1}, {n: 2}]}",
    "rows: [{}, {Name: a}]",
    "columns: [Name, n, r, d]",
    'columns: {contains: ["n:long", d]}',
    'columns: {equal: ["Name:string", "n:long", "r:double", "d:dynamic"]}',
    "all: n > 0",
    "all: [n > 0, isnotempty(Name)]",
    'assert: "where n == 2"',
    'assert: "summarize ok = count() == 2"',
    'assert: "input | where n == 2"',
  ])("%s", async (expectation) => {
    expect(await verdict(expectation)).toEqual([]);
  });
});

describe("expectations that do not", () => {
  test.each([
    ["count: 3", "expected 3 rows, the result has 2"],
    ["alert: false", "expected no alert, there is one: the query gives 2 rows"],
    ["rows: [{Name: a}]", "1 row is not expected\nrow 2 of the result   not expected   Name b   n 2   r 0.2"],
    [
      "rows: [{Name: a, n: 1}, {Name: b, n: 3}]",
      "1 expected row is missing, 1 row is not expected\nrow 2   Name b   n  expected 3   got 2",
    ],
    [
      "rows: {match: subset, equal: [{Name: b, r: 0.3}]}",
      "1 expected row is missing\nrow 1 (nearest: row 2)   Name b   r  expected 0.3   got 0.2",
    ],
    [
      "rows: {order: sorted, equal: [{n: 2}, {n: 1}]}",
      "2 expected rows are missing, 2 rows are not expected (in this order)\n" +
        "row 1   n  expected 2   got 1\nrow 2   n  expected 1   got 2",
    ],
    ["columns: [Name, n, r]", "the columns differ\nnot expected   d:dynamic"],
    ["columns: [n, Name, r, d]", "the columns differ\nexpected the order n, Name, r, d   got Name, n, r, d"],
    ['columns: {contains: ["n:int", nam]}', "the columns differ\nn   expected type int   got long\nmissing   nam"],
    ["all: n > 1", '`n > 1` does not hold for 1 of 2 rows\nrow 1   Name a   n 1   r 0.1   d {"k":[1]}'],
    ["all: tolong(d) > 1", "`tolong(d) > 1` does not hold for 2 of 2 rows"],
    ["all: nn > 1", "`nn > 1` cannot be run over the result\nKS142"],
    ['assert: "where n == 7"', "`where n == 7` leaves no row"],
    ['assert: "summarize ok = count() == 3"', "`summarize ok = count() == 3` says false"],
    ["error: KS142", "expected an error, the query gives 2 rows"],
    ["rows: [{Nam: a}]", "error[KQ705]: the result has no column `Nam`"],
  ])("%s", async (expectation, message) => {
    const [failure = ""] = await verdict(expectation);
    expect(failure).toContain(`4: ${message}`);
  });

  test("rows of a query that sorts are compared in order", async () => {
    const sorted = `${table} | sort by n asc`;
    expect(await verdict("rows: [{n: 1}, {n: 2}]", sorted)).toEqual([]);
    expect((await verdict("rows: [{n: 2}, {n: 1}]", sorted))[0]).toContain("in this order");
    expect(await verdict("rows: {order: any, equal: [{n: 2}, {n: 1}]}", sorted)).toEqual([]);
  });

  test("errors", async () => {
    const wrong = "print x = nope";
    expect(await verdict("error: KS142", wrong)).toEqual([]);
    expect(await verdict("error: {code: KS142, message: /`nope`/}", wrong)).toEqual([]);
    expect(await verdict("error: {message: does not refer}", wrong)).toEqual([]);
    expect((await verdict("error: {code: KS204}", wrong))[0]).toContain("expected the error KS204, found KS142");
    expect((await verdict("error: {message: /xyz/}", wrong))[0]).toContain("the error does not say /xyz/");
    expect((await verdict("error: {message: '/(/'}", wrong))[0]).toContain("is not a regular expression");
    expect((await verdict("count: 1", wrong))[0]).toContain("error[KS142]");
  });

  test("a query of two results is no detection", async () => {
    expect((await verdict("count: 1", "print 1; print 2"))[0]).toContain("the query has 2 results");
  });
});

describe("inputs", () => {
  test("a further level states all of a table; columns that no row names are nulls", async () => {
    const cases = await runSpec({
      "q.kql": "DeviceInfo | project DeviceName, OSPlatform, Timestamp",
      "s.test.yaml": `query: q.kql
schema: xdr
tables: {DeviceInfo: [{DeviceName: a}, {DeviceName: b}]}
defaults: {tables: {DeviceInfo: [{DeviceName: c}]}}
tests:
  - {name: defaults, expect: {rows: [{DeviceName: c, OSPlatform: "", Timestamp: null}]}}
  - {name: own, tables: {DeviceInfo: []}, expect: {count: 0}}
  - {name: csv, tables: {DeviceInfo: {inline: "DeviceName\\nd\\n"}}, expect: {rows: [{DeviceName: d, Timestamp: null}]}}
`,
    });
    expect(failuresOf(cases)).toEqual([]);
  });

  test.each([
    "AKSAudit | where Verb == 'delete' and isnotempty(User.username)",
    "union withsource=From * | where From == 'SigninLogs' and ResultType == '0'",
  ])("a table of a schema without rows is there, be it a rare one: %s", async (query) => {
    const cases = await runSpec({
      "q.kql": query,
      "s.test.yaml": "query: q.kql\nschema: sentinel\ntests:\n  - {name: a, expect: {count: 0}}\n",
    });
    expect(failuresOf(cases)).toEqual([]);
  });

  test("a table that the query does not read fails the case, which would pass without its rows", async () => {
    const [failure] = failuresOf(
      await runSpec({
        "q.kql": "DeviceInfo",
        "s.test.yaml":
          "query: q.kql\nschema: xdr\ntests:\n  - {name: a, tables: {DeviceInf: [{a: 1}]}, expect: {count: 0}}\n",
      }),
    );
    expect(failure).toBe("4: the query does not read the table `DeviceInf`; did you mean `DeviceInfo`?");
  });

  test("an address without a file: the line to add", async () => {
    const query = "externaldata(a:long)['https://example.com/a.csv']";
    const [failure = ""] = await verdict("count: 1", query);
    expect(failure).toContain('add to the spec: `externaldata: { "https://example.com/a.csv": FILE }`');
  });

  test("a matrix multiplies the tests that use it, and names them", async () => {
    const cases = await runSpec({
      "q.kql": "T | count",
      "s.test.yaml": `query: q.kql
matrix: {n: [1, 2], text: ["x", "\${jndi:ldap://y}"]}
tests:
  - name: rows
    generate: {T: [{repeat: "\${n}", row: {a: 1}}]}
    expect: {assert: "where Count == \${n}"}
  - {name: plain, tables: {T: [{a: "\${PATH}"}]}, expect: {assert: where Count == 1}}
  - {name: "text \${text}", tables: {T: [{a: "\${text}"}]}, expect: {count: 1}}
`,
    });
    expect(failuresOf(cases)).toEqual([]);
    expect(cases.map(({ name }) => name)).toEqual([
      "rows [n=1]",
      "rows [n=2]",
      "plain",
      "text x",
      "text ${jndi:ldap://y}",
    ]);
  });

  test("lets are replaced, and errors keep their place in the file", async () => {
    const cases = await runSpec({
      "q.kql":
        "let least = 1;\nlet names = dynamic(['a']);\nrange x from 1 to 3 step 1\n| where x >= least\n| where y > 1",
      "s.test.yaml":
        "query: q.kql\nlets: {least: 1 + 1 + 1000, names: 'dynamic([])'}\ntests:\n  - {name: a, expect: {count: 0}}\n",
    });
    expect(failuresOf(cases)[0]).toMatch(/q\.kql:5:9/);
  });

  test("a trace says how many rows each step leaves", async () => {
    const [report] = await runSpec({
      "q.kql": "let x = 1;\nrange n from 1 to 10 step 1 // ten\n| where n > 4\n| extend m = n % 2\n| where m == x",
      "s.test.yaml": "query: q.kql\ntests:\n  - {name: a, expect: {count: 0}}\n",
    });
    expect(report?.trace).toEqual([
      { name: "range", rows: 10 },
      { name: "where", rows: 6 },
      { name: "extend", rows: 6 },
      { name: "where", rows: 3 },
    ]);
  });

  test("--timeout stops a case, --strict refuses a take of any rows", async () => {
    const files = {
      "q.kql": "range x from 1 to 100000000 step 1 | summarize count()",
      "s.test.yaml": "query: q.kql\ntests:\n  - {name: a, expect: {count: 1}}\n",
    };
    expect(await runSpec(files, { timeout: 50 })).toMatchObject([{ status: "failed", cause: "run" }]);
    const take = { ...files, "q.kql": "range x from 1 to 3 step 1 | where x > 0 | union (print x = 1) | take 1" };
    expect(failuresOf(await runSpec(take))).toEqual([]);
    expect(failuresOf(await runSpec(take, { strict: true }))[0]).toContain("left to chance");
  });

  test("a case that is skipped says why", async () => {
    const cases = await runSpec({
      "q.kql": "print 1",
      "s.test.yaml":
        "query: q.kql\ntests:\n  - {name: a, skip: later, expect: {count: 9}}\n  - {name: b, skip: false, expect: {count: 1}}\n",
    });
    expect(cases.map(({ status, reason }) => [status, reason])).toEqual([
      ["skipped", "later"],
      ["passed", undefined],
    ]);
  });
});

describe("snapshots", () => {
  const spec = "query: q.kql\ntests:\n  - {name: all of it, expect: {snapshot: true}}\n";
  const snapshot = (folder: string) => readFileSync(join(folder, "s.test.yaml.snap"), "utf8");

  test("what is missing is written, and fails in CI; what differs fails, and is written with --update", async () => {
    const folder = await folderWith({ "q.kql": "print a = 'x|y', b = 2", "s.test.yaml": spec });
    expect(failuresOf(await runSpecIn(folder, { ci: true }))[0]).toContain("in CI none is written");
    expect(failuresOf(await runSpecIn(folder))).toEqual([]);
    expect(snapshot(folder)).toContain('## all of it\n\n    a:string | b:long\n    "x|y"    | 2\n');
    expect(failuresOf(await runSpecIn(folder, { ci: true }))).toEqual([]);

    const other = await folderWith({
      "q.kql": "print a = 'z', b = 2",
      "s.test.yaml": spec,
      "s.test.yaml.snap": snapshot(folder),
    });
    const [failure = ""] = failuresOf(await runSpecIn(other));
    expect(failure).toContain("the result is not that of s.test.yaml.snap");
    expect(failure).toContain('- "x|y"    | 2');
    expect(failuresOf(await runSpecIn(other, { update: true }))).toEqual([]);
    expect(snapshot(other)).toContain("    z        | 2");
  });

  test("rows that the query does not sort are in one order, whatever theirs", async () => {
    const folder = await folderWith({ "q.kql": "datatable(n:long) [2, 10, 1]", "s.test.yaml": spec });
    await runSpecIn(folder);
    const other = await folderWith({
      "q.kql": "datatable(n:long) [10, 1, 2]",
      "s.test.yaml": spec,
      "s.test.yaml.snap": snapshot(folder),
    });
    expect(failuresOf(await runSpecIn(other, { ci: true }))).toEqual([]);
  });

  test("--update forgets the snapshots of tests that are gone", async () => {
    const folder = await folderWith({
      "q.kql": "print 1",
      "s.test.yaml": spec.replace("all of it", "renamed"),
      "s.test.yaml.snap": "## all of it\n\n    a:long\n    1\n",
    });
    await runSpecIn(folder);
    expect(snapshot(folder)).toContain("## all of it");
    await runSpecIn(folder, { update: true });
    expect(snapshot(folder)).not.toContain("## all of it");
  });
});
