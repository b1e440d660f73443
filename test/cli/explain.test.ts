import { describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

const lines = (...each: readonly string[]) => `${each.join("\n")}\n`;
const data = "n,s\n1,a\n2,b\n3,a\n";

describe("kqlite explain", () => {
  test("says what happens to the columns, with the places in the file", async () => {
    const page = "# Page\n\n```kql\nT // all\n| where n > 1\n| extend m = n * 2, n = 'x'\n| project-away s\n```\n";
    const cwd = await folderWith({ "d/T.csv": data, "page.md": page });
    expect(await kqlite(["explain", "page.md", "-d", "d"], { cwd })).toEqual({
      code: 0,
      stderr: "",
      stdout: lines(
        "4:1     T",
        "        (n: long, s: string)",
        "5:3     | where n > 1",
        "        = n, s",
        "6:3     | extend m = n * 2, n = 'x'",
        "        + m: long",
        "        ~ n: string (was long)",
        "        = s",
        "7:3     | project-away s",
        "        - s",
        "        = n, m",
      ),
    });
  });

  test("with --rows, what comes out of every pipe", async () => {
    const cwd = await folderWith({ "T.csv": data });
    const query = "T | where n > 1 | count";
    expect((await kqlite(["explain", "-e", query, "-t", "T=T.csv", "--rows", "--limit", "1"], { cwd })).stdout).toBe(
      lines(
        "1:1     T",
        "        (n: long, s: string)",
        "        3 rows",
        "        ┌──────┬────────┐",
        "        │    n │ s      │",
        "        │ long │ string │",
        "        ├──────┼────────┤",
        "        │    1 │ a      │",
        "        └──────┴────────┘",
        "1:5     | where n > 1",
        "        = n, s",
        "        3 rows → 2 rows",
        "        ┌──────┬────────┐",
        "        │    n │ s      │",
        "        │ long │ string │",
        "        ├──────┼────────┤",
        "        │    2 │ b      │",
        "        └──────┴────────┘",
        "1:19    | count",
        "        + Count: long",
        "        - n, s",
        "        2 rows → 1 row",
        "        ┌───────┐",
        "        │ Count │",
        "        │  long │",
        "        ├───────┤",
        "        │     2 │",
        "        └───────┘",
      ),
    );
  });

  test("as JSON, longs with all their digits", async () => {
    const query = "print a = 9007199254740993 | extend b = 'x'";
    const { stdout } = await kqlite(["explain", "-e", query, "--rows", "-f", "json"]);
    expect(stdout).toContain('"a": 9007199254740993');
    expect(JSON.parse(stdout)).toMatchObject([
      {
        query: "query",
        pipelines: [
          {
            steps: [
              { line: 1, column: 1, columns: [{ name: "a", type: "long" }], rowsOut: 1 },
              { line: 1, column: 30, text: "extend b = 'x'", added: ["b"], removed: [], rowsIn: 1, rowsOut: 1 },
            ],
          },
        ],
      },
    ]);
  });

  test("plans and syntax trees", async () => {
    const both = await kqlite(["explain", "-e", "print a = 1 | where a > 0", "--plan"]);
    const plan = ["Filter  a > 0", "└─ Project  a = 1", "   └─ Values  1 × 0"];
    const { stdout } = await kqlite(["explain", "-e", "print a = 1 | where a > 0", "--optimized"]);
    expect(both.stdout).toBe(lines("bound", "", ...plan, "", "optimized", "", ...stdout.trimEnd().split("\n")));
    expect((await kqlite(["explain", "-e", "T | take 5", "--ast"])).stdout).toBe(
      lines(
        "Query",
        "  statements: ExpressionStatement",
        "    expression: Pipeline",
        '      source: Name name="T"',
        "      operators: Take",
        '        count: Literal type="long" value="5" text="5"',
      ),
    );
    const ast = JSON.parse((await kqlite(["explain", "-e", "T", "--ast", "-f", "json"])).stdout) as unknown;
    expect(ast).toMatchObject([{ kind: "Query", statements: [{ expression: { kind: "Name", name: "T" } }] }]);
  });

  test.each([
    [["--ast", "--rows"], "views of their own"],
    [["-f", "csv"], "`csv` is not a format for explanations"],
    [["--plan", "-f", "json"], "plans have no JSON form"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await kqlite(["explain", "-e", "print 1", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test("a mistake is one, as for run", async () => {
    const { code, stderr } = await kqlite(["explain", "-e", "print a = 1 | where b"]);
    expect(code).toBe(3);
    expect(stderr).toContain("KS142");
  });
});
