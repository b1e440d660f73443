import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

let folder: string;
const run = (...args: readonly string[]) => kqlite(["run", ...args], { cwd: folder });

beforeAll(async () => {
  folder = await folderWith({
    "data/People.csv": "Name,Age\nAnna,31\nBo,\n",
    "data/More.csv": "x\n1\n",
    "other/People.csv": "Name,Age\nEve,1\n",
    "broken/Bad.csv": "a,b\n1\n",
    "count.kql": "// how many\nPeople\n| count\n",
    "wrong.kql": "People\n| where Agee > 30\n",
    "page.md": "# Page\n\n```kql\nprint a = 1\n```\n\n## The second one\n\n```KQL\nprint b = 2\n```\n",
    "rule.yaml": "name: rule\nquery: |\n  People\n  | where Age > 30\n  | project Nam\n",
    "broken.yaml": "name: [\nquery: x\n",
    "latin1.kql": new Uint8Array([0x70, 0x72, 0x69, 0x6e, 0x74, 0x20, 0x22, 0xe9, 0x22]),
    "utf16.kql": new Uint8Array([0xff, 0xfe, ...Buffer.from('print a = "é"', "utf16le")]),
    "external.kql": "externaldata(n:long)['https://example.com/list.csv']\n",
    "list.csv": "1\n2\n",
  });
});

describe("where the query comes from", () => {
  test("a text", async () => {
    expect(await run("-e", "print a = 1")).toEqual({ code: 0, stdout: "a\n1\n", stderr: "" });
  });

  test("a file, over the tables of a folder", async () => {
    expect(await run("count.kql", "-d", "data")).toEqual({ code: 0, stdout: "Count\n2\n", stderr: "" });
  });

  test("the standard input", async () => {
    expect(await kqlite(["run", "-"], { input: "print a = 1" })).toEqual({ code: 0, stdout: "a\n1\n", stderr: "" });
  });

  test("every query of a page, a blank line between results", async () => {
    expect((await run("page.md")).stdout).toBe("a\n1\n\nb\n2\n");
  });

  test("one query of a page", async () => {
    expect((await run("page.md#2")).stdout).toBe("b\n2\n");
    expect((await run("page.md#the-second-one")).stdout).toBe("b\n2\n");
    const missing = await run("page.md#3");
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("it has #1 (#page), #2 (#the-second-one)");
  });

  test("a title per query, where a table is read by people", async () => {
    const { stdout } = await run("page.md", "-f", "line");
    expect(stdout).toBe("page.md#1: Page\na = 1\n\npage.md#2: The second one\nb = 2\n");
  });

  test("UTF-16 with a mark is read, Latin-1 is refused", async () => {
    expect((await run("utf16.kql")).stdout).toBe("a\né\n");
    expect(await run("latin1.kql")).toMatchObject({ code: 2, stderr: expect.stringContaining("is not UTF-8 text") });
  });
});

describe("tables", () => {
  test("-t names a file, and beats a folder", async () => {
    const { stdout } = await run("-e", "People", "-d", "data", "-t", "People=other/People.csv");
    expect(stdout).toBe("Name,Age\nEve,1\n");
  });

  test("several folders; no table may be in two", async () => {
    expect((await run("-e", "More | count", "-d", "data", "-d", "broken")).stdout).toBe("Count\n1\n");
    const twice = await run("-e", "People", "-d", "data", "-d", "other");
    expect(twice).toMatchObject({ code: 4, stdout: "", stderr: expect.stringContaining("both want to be the table") });
  });

  test("a table that is not used is not read", async () => {
    expect((await run("-e", "print 1", "-d", "broken", "-t", "X=list.csv")).code).toBe(0);
  });

  test("external data: a file of the command line, a lock file, else nothing", async () => {
    const refused = await run("external.kql");
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).toContain("KQ354");
    const { stdout } = await run("external.kql", "-x", "https://example.com/list.csv=list.csv");
    expect(stdout).toBe("n\n1\n2\n");
  });
});

describe("parameters and time", () => {
  test("-p", async () => {
    const text = "declare query_parameters(n:long, s:string = 'x'); print n, s";
    expect((await run("-e", text, "-p", "n=5")).stdout).toBe("print_0,print_1\n5,x\n");
    expect((await run("-e", text, "-p", "n=5", "-p", "s=")).stdout).toBe("print_0,print_1\n5,\n");
    expect(await run("-e", text)).toMatchObject({ code: 3, stderr: expect.stringContaining("KQ207") });
    expect(await run("-e", text, "-p", "n=5", "-p", "m=1")).toMatchObject({ code: 3 });
  });

  test("--now", async () => {
    const { stdout } = await run("-e", "print t = now()", "--now", "2024-02-29");
    expect(stdout).toBe("t\n2024-02-29T00:00:00.0000000Z\n");
  });
});

describe("what is wrong, and how it ends", () => {
  test.each([
    [["run", "--formt", "csv", "-e", "print 1"], "Did you mean --format?"],
    [["rn"], "Did you mean run?"],
    [[], "Commands:"],
    [["run"], "there is nothing to run"],
    [["run", "none.kql"], "there is no file `none.kql`"],
    [["run", "page.md", "-e", "print 1"], "both `page.md` and a text"],
    [["run", "-e", "print 1", "-f", "jsn"], "did you mean `json`?"],
    [["run", "-e", "print 1", "--now", "noon"], "`--now` expects a datetime"],
    [["run", "-e", "print 1", "-t", "People"], "`-t` expects `NAME=FILE`"],
    [["run", "-e", "print 1", "-x", "=x"], "`-x` expects `URL=FILE`"],
    [["run", "-e", "print 1", "--limit", "-1"], "--limit"],
    [["run", "-e", "print 1", "-o", "x.xlsx"], "does not say which format"],
    [["run", "-e", "print 1", "-o", "no/such/folder.csv"], "cannot be written"],
    [["functions", "strlenn"], "there is no function `strlenn`"],
  ])("a command line that makes no sense: %j", async (args, message) => {
    const { code, stdout, stderr } = await kqlite(args, { cwd: folder });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("a query that does not read", async () => {
    expect(await run("-e", "print 1 |")).toEqual({
      code: 3,
      stdout: "",
      stderr: [
        "error[KS176]: an operator is missing after `|`",
        "  ╭─ query:1:10",
        "1 │ print 1 |",
        "  │          ^ expected here",
        "  = help: write an operator such as `where` or `take`, or leave the `|` out",
        "",
      ].join("\n"),
    });
  });

  test("a name that is none", async () => {
    expect(await run("wrong.kql", "-d", "data")).toEqual({
      code: 3,
      stdout: "",
      stderr: [
        "error[KS142]: the name `Agee` does not refer to any known column, table, variable or function",
        "  ╭─ wrong.kql:2:9",
        "2 │ | where Agee > 30",
        "  │         ^^^^ not known here",
        "  = help: a name with a similar name exists: `Age`",
        "",
      ].join("\n"),
    });
  });

  test("the place is that of the page, or of the rule", async () => {
    const rule = await run("rule.yaml", "-d", "data");
    expect(rule.code).toBe(3);
    expect(rule.stderr).toContain("  ╭─ rule.yaml:5:13\n5 │   | project Nam\n");
    const page = await run("page.md", "-p", "x=1");
    expect(page.stderr).toContain("╭─ page.md");
    const broken = await run("broken.yaml");
    expect(broken.code).toBe(3);
    expect(broken.stderr).toMatch(/error\[KQ110\].*\n {2}╭─ broken\.yaml:2:\d+\n/);
  });

  test("data that is not there, or not what it should be", async () => {
    expect(await run("-e", "X", "-t", "X=none.csv")).toMatchObject({
      code: 4,
      stdout: "",
      stderr: "error[KQ340]: there is no file `none.csv`\n",
    });
    const bad = await run("-e", "Bad", "-d", "broken");
    expect(bad.code).toBe(4);
    expect(bad.stderr).toContain("Bad.csv:2");
  });

  test("a value that has no meaning shows when it is met", async () => {
    const { code, stderr } = await run("-e", 'datatable(p:string) ["a", "("] | where "a" matches regex p');
    expect(code).toBe(5);
    expect(stderr).toContain("  ╭─ query:1:");
  });

  test("nothing is written when the second of two queries fails", async () => {
    expect(await run("-e", "print 1; People", "-f", "csv")).toMatchObject({ code: 3, stdout: "" });
  });
});

describe("formats", () => {
  const text = 'datatable(n:long, s:string, r:real) [1, "a,\\"b", 1, long(null), "", real(nan)]';
  const expected: Readonly<Record<string, string>> = {
    csv: 'n,s,r\n1,"a,""b",1.0\n,,NaN\n',
    tsv: 'n\ts\tr\n1\ta,"b\t1.0\n\t\tNaN\n',
    json: '[\n{"n":1,"s":"a,\\"b","r":1.0},\n{"n":null,"s":"","r":"NaN"}\n]\n',
    ndjson: '{"n":1,"s":"a,\\"b","r":1.0}\n{"n":null,"s":"","r":"NaN"}\n',
    md: '| n | s | r |\n| --: | --- | --: |\n| 1 | a,"b | 1.0 |\n| null |  | NaN |\n',
    line: 'n = 1\ns = a,"b\nr = 1.0\n\nn = null\ns = \nr = NaN\n',
    kql: 'datatable(n:long, s:string, r:real) [\n    1, "a,\\"b", real(1.0),\n    long(null), "", real(nan),\n]\n',
    pretty: [
      "┌──────┬────────┬──────┐",
      "│    n │ s      │    r │",
      "│ long │ string │ real │",
      "├──────┼────────┼──────┤",
      '│    1 │ a,"b   │  1.0 │',
      "│ null │        │  NaN │",
      "└──────┴────────┴──────┘",
      "2 rows, 3 columns",
      "",
    ].join("\n"),
  };

  test.each(Object.keys(expected))("%s", async (format) => {
    const { code, stdout } = await run("-e", text, "-f", format);
    expect(code).toBe(0);
    expect(stdout).toBe(expected[format]);
  });

  test("what kql prints is the same table", async () => {
    const { stdout } = await run("-e", text, "-f", "kql");
    expect((await run("-e", stdout, "-f", "kql")).stdout).toBe(stdout);
    const names = await run("-e", "print ['last'] = 1, ['a b'] = 2, ['it\\'s'] = 3", "-f", "kql");
    expect(names.stdout).toMatch(/^datatable\(\["last"\]:long, \["a b"\]:long, \["it's"\]:long\)/);
    expect((await run("-e", names.stdout)).stdout).toBe("last,a b,it's\n1,2,3\n");
  });

  test("the ending of a file names its format; several results get numbers", async () => {
    expect(await run("-e", "print a = 1", "-o", "one.json")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(join(folder, "one.json"), "utf8")).toBe('[\n{"a":1}\n]\n');
    const several = await run("-e", "print a = 1; print b = 2", "-o", "two.csv");
    expect(several).toEqual({ code: 0, stdout: "", stderr: "written: two-1.csv, two-2.csv\n" });
    expect(readFileSync(join(folder, "two-2.csv"), "utf8")).toBe("b\n2\n");
    expect(readdirSync(folder)).not.toContain("two.csv");
    await run("-e", "print a = 1; print b = 2", "-o", "two.md");
    expect(readFileSync(join(folder, "two.md"), "utf8")).toBe("| a |\n| --: |\n| 1 |\n\n| b |\n| --: |\n| 2 |\n");
  });

  test("--limit shows some rows, the middle ones elided where people read", async () => {
    const many = "range x from 1 to 9 step 1";
    expect((await run("-e", many, "--limit", "2")).stdout).toBe("x\n1\n2\n");
    const { stdout } = await run("-e", many, "--limit", "2", "-f", "pretty");
    expect(stdout).toContain("│    1 │\n│    · │\n│    9 │\n");
    expect(stdout).toContain("9 rows (2 shown), 1 column");
  });

  test("columns that do not fit are left out in the middle", async () => {
    const { stdout } = await run(
      "-e",
      "print aaaaaaaa=1, bbbbbbbb=2, cccccccc=3, dddddddd=4",
      "-f",
      "pretty",
      "--width",
      "40",
    );
    expect(stdout).toContain("│ aaaaaaaa │ bbbbbbbb │ … │ dddddddd │");
    expect(
      Math.max(
        ...stdout
          .split("\n")
          .slice(0, 6)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(40);
  });
});

describe("color", () => {
  test("is for terminals, or where it is asked for", async () => {
    const options = ["run", "-e", "print nope", "-f", "pretty"];
    expect((await kqlite(options)).stderr).not.toContain("\u001b[");
    expect((await kqlite(options, { env: { FORCE_COLOR: "1" } })).stderr).toContain("\u001b[");
    expect((await kqlite(options, { env: { FORCE_COLOR: "0" } })).stderr).not.toContain("\u001b[");
    const table = await kqlite(["run", "-e", "print 1", "-f", "pretty"], { env: { FORCE_COLOR: "1" } });
    expect(table.stdout).toContain("\u001b[");
    // A file has no color, whatever the terminal.
    await kqlite(["run", "-e", "print 1", "-o", "plain.txt"], { cwd: folder, env: { FORCE_COLOR: "1" } });
    expect(readFileSync(join(folder, "plain.txt"), "utf8")).not.toContain("\u001b[");
  });
});

describe("--profile", () => {
  const query = "People | where Age > 30 | summarize count() by Name";

  test("says on the standard error what each operator cost", async () => {
    const { stdout, stderr } = await run("--profile", "-e", query, "-d", "data");
    expect(stdout).toBe("Name,count_\nAnna,1\n");
    const rows = stderr.trimEnd().split("\n");
    expect(rows[0]).toMatch(/^operator +ms +rows +batches +bytes$/);
    expect(rows.slice(1).map((row) => row.replace(/ +[\d.]+ +(\d+) +(\d+) +\d+$/, ": $1 in $2"))).toEqual([
      "Aggregate: 1 in 1",
      "  Filter: 1 in 1",
      "    Scan People: 1 in 1",
    ]);
  });

  test("takes a file only behind `=`: the word behind it is the query's", async () => {
    expect((await run("--profile", "count.kql", "-d", "data")).stdout).toBe("Count\n2\n");
  });

  test("writes a trace of complete events", async () => {
    await run("--profile=trace.json", "-e", query, "-d", "data");
    const { traceEvents } = JSON.parse(readFileSync(join(folder, "trace.json"), "utf8"));
    expect(new Set(traceEvents.map((event: { name: string }) => event.name))).toEqual(
      new Set(["Aggregate", "Filter", "Scan People"]),
    );
    for (const event of traceEvents) expect(event).toMatchObject({ ph: "X", ts: expect.any(Number) });
  });
});
