import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

const page = `# Page

1. A list

   \`\`\`kql
   T|where a>1
   |take 5
   \`\`\`

> \`\`\`kusto
> T | count
> \`\`\`

\`\`\`kql
T
| count
\`\`\`
`;
const rule = `name: A rule
query: |
  T|where a>1 // why
  | take 5
severity: High
`;

describe("kqlite fmt", () => {
  test("writes one file to the standard output", async () => {
    const cwd = await folderWith({ "a.kql": "T|take 5" });
    expect(await kqlite(["fmt", "a.kql"], { cwd })).toEqual({ code: 0, stdout: "T\n| take 5\n", stderr: "" });
    expect(await kqlite(["fmt", "-"], { input: "T|count" })).toEqual({ code: 0, stdout: "T\n| count\n", stderr: "" });
  });

  test("lays out the body of a parser", async () => {
    const parser = "ParserName: P\nParserParams:\n  - {Name: low, Type: long, Default: 0}\nParserQuery: |\n";
    const cwd = await folderWith({ "p.yaml": `${parser}  T|where a>low\n` });
    expect((await kqlite(["fmt", "p.yaml"], { cwd })).stdout).toBe(`${parser}  T\n  | where a > low\n`);
  });

  test("lays out the blocks of a page where they stand", async () => {
    const cwd = await folderWith({ "page.md": page });
    const { code, stdout } = await kqlite(["fmt", "page.md"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(
      page
        .replace("   T|where a>1\n   |take 5\n", "   T\n   | where a > 1\n   | take 5\n")
        .replace("> T | count\n", "> T\n> | count\n"),
    );
  });

  test("changes files in place, in folders too", async () => {
    const cwd = await folderWith({
      "q/page.md": page,
      "q/rule.yaml": rule,
      "q/done.kql": "T\n| count\n",
      "q/notes.md": "nothing here",
      "q/other.yaml": "a: 1",
      "q/x.test.kql": "T|count\n---\nCount:long\n1",
      "q/node_modules/m.kql": "T|count",
    });
    const changed = { code: 1, stdout: "q/page.md\nq/rule.yaml\n", stderr: "" };
    expect(await kqlite(["fmt", "--check", "q"], { cwd })).toEqual(changed);
    expect(await kqlite(["fmt", "--write", "q"], { cwd })).toEqual({ ...changed, code: 0 });
    expect(readFileSync(join(cwd, "q/rule.yaml"), "utf8")).toBe(
      "name: A rule\nquery: |\n  T\n  | where a > 1 // why\n  | take 5\nseverity: High\n",
    );
    expect(readFileSync(join(cwd, "q/node_modules/m.kql"), "utf8")).toBe("T|count");
    expect(await kqlite(["fmt", "--check", "q"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("keeps the line breaks of the file", async () => {
    const cwd = await folderWith({ "a.kql": "T|where a\r\n|take 5\r\n", "a.md": "```kql\r\nT|count\r\n```\r\n" });
    expect((await kqlite(["fmt", "a.kql"], { cwd })).stdout).toBe("T\r\n| where a\r\n| take 5\r\n");
    expect((await kqlite(["fmt", "a.md"], { cwd })).stdout).toBe("```kql\r\nT\r\n| count\r\n```\r\n");
  });

  test("leaves alone what it cannot write back", async () => {
    const cwd = await folderWith({ "a.yaml": 'query: "T|where a>1\\n|take 5"\n', "b.yaml": "query: >\n  T|count\n" });
    for (const file of ["a.yaml", "b.yaml"]) {
      const { code, stdout, stderr } = await kqlite(["fmt", "--write", file], { cwd });
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      expect(stderr).toBe(
        [
          `warning: \`${file}\` is left as it is: its query cannot be written back where it stands`,
          "  = help: in YAML, a query that stands behind `query: |`, on lines of its own, can be",
          "",
        ].join("\n"),
      );
    }
  });

  test("reports mistakes, and goes on with the other files", async () => {
    const cwd = await folderWith({ "a.kql": "T|where", "b.kql": "T|count" });
    const { code, stdout, stderr } = await kqlite(["fmt", "--write", "a.kql", "b.kql"], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "b.kql\n" });
    expect(stderr).toContain("a.kql:1:8");
    expect(readFileSync(join(cwd, "a.kql"), "utf8")).toBe("T|where");
    expect((await kqlite(["fmt", "a.kql"], { cwd })).stdout).toBe("T|where");
  });

  test.each([
    [["a.kql", "b.kql"], "only one file can be written to the standard output"],
    [["--check", "--write", "a.kql"], "both `--check` and `--write` are given"],
    [["x.test.kql"], "`x.test.kql` is a test file"],
    [["empty"], "`empty` holds no file with a query"],
    [["none.kql"], "there is no file `none.kql`"],
  ])("refuses %j", async (args, message) => {
    const cwd = await folderWith({
      "a.kql": "T",
      "b.kql": "T",
      "x.test.kql": "T",
      "empty/notes.txt": "",
    });
    const { code, stderr } = await kqlite(["fmt", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
