import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

const bad = "SigninLogs\n| where IPAdress == '1'\n| where UserPrincipalname == 'x'\n";
const rule = `name: A rule
query: |
  SigninLogs
  | where tolower(AppDisplayName) == "Azure"
`;
const arm = JSON.stringify({ resources: [{ properties: { query: "SigninLogs\n| where IPAdress == '1'" } }] });

describe("check", () => {
  test("knows the functions that other files store, and tables that a function is given", async () => {
    const cwd = await folderWith({
      "parsers/door.yaml":
        "FunctionName: Door\nFunctionQuery: Syslog | where ProcessName == 'door' | project Room = Computer\n",
      "parsers/open.yaml":
        "ParserName: Opened\nParserParams:\n- {Name: T, Type: 'table:(*)'}\nParserQuery: T | where Open\n",
      "rules/rule.yaml": "query: Door | where Room == 'a' | invoke Opened() | invoke _ASIM_ResolveDvcFQDN('Room')\n",
    });
    const { stdout } = await kqlite(["check", "--schema", "sentinel", "."], { cwd });
    expect(stdout).toBe("checked 3 queries in 3 files: nothing found\n");
    const alone = await kqlite(["check", "--schema", "sentinel", "rules"], { cwd });
    expect(alone.stdout).toContain("the name `Door` does not refer to any known table");
  });

  test("only hints at what a run has to be told", async () => {
    const cwd = await folderWith({
      "a.kql": "SigninLogs | where ingestion_time() > ago(1h) and ingestion_time() < ago(1m)",
      "b.kql": "print current_principal()",
    });
    const { code, stdout } = await kqlite(["check", "--schema", "sentinel", "."], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/hint\[KQ211\]: `ingestion_time`.*hint\[KQ211\]: `current_principal`/s);
    expect(stdout).toContain("checked 2 queries in 2 files: 2 hints");
  });

  test("says all that is wrong in the files of a folder, where it stands", async () => {
    const cwd = await folderWith({
      "a.kql": bad,
      "sub/rule.yaml": rule,
      "sub/rule.json": arm,
      "page.md": "# Page\n\n- ```kql\n  print 1\n  ```\n",
      "readme.md": "nothing",
      "other.yaml": "jobs: {query: 1}\n",
      "x.test.kql": "print 1\n---\nx:long\n1\n",
      "node_modules/b.kql": "nonsense (",
      ".hidden/b.kql": "nonsense (",
    });
    const { code, stdout, stderr } = await kqlite(["check", "."], { cwd });
    expect(stderr).toBe("");
    expect(stdout).toMatchInlineSnapshot(`
      "error[KS142]: the name \`IPAdress\` does not refer to any known column, table, variable or function
        ╭─ a.kql:2:9
      2 │ | where IPAdress == '1'
        │         ^^^^^^^^ not known here
        = help: a name with a similar name exists: \`IPAddress\`

      error[KS142]: the name \`UserPrincipalname\` does not refer to any known column, table, variable or function: names are case-sensitive
        ╭─ a.kql:3:9
      3 │ | where UserPrincipalname == 'x'
        │         ^^^^^^^^^^^^^^^^^ not known here
        = help: a name with a similar name exists: \`UserPrincipalName\`

      error[KS142]: the name \`IPAdress\` does not refer to any known column, table, variable or function
        ╭─ sub/rule.json:1:59
      1 │ {"resources":[{"properties":{"query":"SigninLogs\\n| where IPAdress == '1'"}}]}
        │                                                           ^^^^^^^^ not known here
        = help: a name with a similar name exists: \`IPAddress\`

      warning[KQ604]: \`tolower(…) == "Azure"\` is never true: the text has upper-case letters
        ╭─ sub/rule.yaml:4:38
      4 │   | where tolower(AppDisplayName) == "Azure"
        │                                      ^^^^^^^
        = help: compare without case: \`=~\`, \`!~\`, \`in~\`, \`has\`, \`contains\`

      checked 4 queries in 4 files: 3 errors, 1 warning
      "
    `);
    expect(code).toBe(3);
  });

  test("ends with 1 where there are warnings, and with 0 for hints and nothing", async () => {
    const cwd = await folderWith({ "rule.yaml": rule, "hint.kql": "T | join (U) on a", "fine.kql": "T | count" });
    expect(await kqlite(["check", "rule.yaml"], { cwd })).toMatchObject({ code: 1 });
    expect(await kqlite(["check", "hint.kql"], { cwd })).toMatchObject({ code: 0 });
    expect(await kqlite(["check", "fine.kql"], { cwd })).toMatchObject({
      code: 0,
      stdout: "checked 1 query in 1 file: nothing found\n",
    });
  });

  test("takes one query of a file, and the standard input", async () => {
    const cwd = await folderWith({ "page.md": "# One\n```kql\nprint (\n```\n# Two\n```kql\nprint 1\n```\n" });
    expect(await kqlite(["check", "page.md#two"], { cwd })).toMatchObject({ code: 0 });
    expect(await kqlite(["check", "page.md"], { cwd })).toMatchObject({ code: 3 });
    expect(await kqlite(["check", "-"], { cwd, input: "print (" })).toMatchObject({ code: 3 });
  });

  test("a broken file of a folder is a finding", async () => {
    const cwd = await folderWith({ "a.yaml": "query: |\n  T\n bad: [\n" });
    const { code, stdout } = await kqlite(["check", "."], { cwd });
    expect(stdout).toContain("error[KQ110]");
    expect(stdout).toContain("a.yaml:3:");
    expect(code).toBe(3);
  });

  test("a file that is not text does not keep the others from being checked", async () => {
    const bytes = new Uint8Array([0x54, 0xff, 0x54]);
    const cwd = await folderWith({ "a.kql": bytes, "b.md": bytes, "c.kql": "T | count", "d.json": "{", "e.yaml": "" });
    const { code, stdout } = await kqlite(["check", "."], { cwd });
    expect(stdout).toContain("error[KQ110]: `a.kql` is not UTF-8 text");
    expect(stdout).not.toContain("b.md");
    expect(stdout).toContain("checked 1 query in");
    expect(code).toBe(3);
  });

  test("knows the tables of packs and files", async () => {
    const cwd = await folderWith({
      "q.kql": "Mine | where a > 1 | join kind=inner (SigninLogs) on $left.user == $right.UserPrincipalName",
      "tables.kql": ".create-merge table Mine (a:long, user:string)\n",
      "Mine.schema.json": '{"a":"string"}',
    });
    const both = ["check", "q.kql", "-s", "sentinel", "-s", "tables.kql"];
    expect(await kqlite(both, { cwd })).toMatchObject({ code: 0 });
    const alone = await kqlite(["check", "q.kql", "-s", "tables.kql"], { cwd });
    expect(alone.stdout).toContain("error[KS204]: the name `SigninLogs`");
    expect(alone.stdout).toContain("it is not in the schema `tables.kql`");
    const other = await kqlite(["check", "q.kql", "-s", "sentinel", "-s", "Mine.schema.json"], { cwd });
    expect(other.stdout).toContain("KS106");
  });

  test.each<[readonly string[], number, string]>([
    [["check"], 2, "missing required argument 'path'"],
    [["check", "nowhere.kql"], 2, "there is no file `nowhere.kql`"],
    [["check", "."], 2, "there is no query in `.`"],
    [["check", "a.kql", "-s", "sentinal"], 2, "`sentinal` is neither a schema nor a file"],
    [["check", "a.kql", "-f", "xml"], 2, "Allowed choices are pretty, json, sarif, github"],
    [["check", "a.kql", "-s", "b.kql"], 4, "b.kql: it declares no table"],
  ])("%s is refused", async (args, code, message) => {
    const cwd = await folderWith(args[1] === "." ? { "readme.md": "x" } : { "a.kql": "print 1", "b.kql": "print 1" });
    const ended = await kqlite(args, { cwd });
    expect(ended.stderr).toContain(message);
    expect(ended.code).toBe(code);
  });
});

describe("for programs", () => {
  test("JSON", async () => {
    const cwd = await folderWith({ "sub/a.kql": "T\n| join (U) on a\n" });
    const { stdout, stderr } = await kqlite(["check", ".", "-f", "json"], { cwd });
    expect(stderr).toBe("checked 1 query in 1 file: 1 hint\n");
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        {
          code: "KQ600",
          severity: "hint",
          message: "`join` without `kind` keeps one row of the left side per key",
          help: "say `kind=innerunique`, or `kind=inner` to keep every row",
          file: "sub/a.kql",
          query: "sub/a.kql",
          line: 2,
          column: 3,
          endLine: 2,
          endColumn: 7,
          fix: {
            title: "say `kind=innerunique`, or `kind=inner` to keep every row",
            edits: [{ line: 2, column: 7, endLine: 2, endColumn: 7, text: " kind=innerunique" }],
          },
        },
      ],
      summary: { files: 1, queries: 1, errors: 0, warnings: 0, hints: 1 },
    });
  });

  test("SARIF 2.1.0", async () => {
    const cwd = await folderWith({ "with blank/rule.yaml": rule, "a.kql": bad });
    const { stdout } = await kqlite(["check", ".", "-f", "sarif"], { cwd });
    const log = JSON.parse(stdout);
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ tool: { driver: { name: "kqlite" } } }] });
    const [run] = log.runs;
    expect(run.tool.driver.rules.map((one: { id: string }) => one.id)).toEqual(["KQ604", "KS142"]);
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(run.results[2]).toMatchObject({
      ruleId: "KQ604",
      level: "warning",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "with%20blank/rule.yaml" },
            region: { startLine: 4, startColumn: 38, endLine: 4, endColumn: 45 },
          },
        },
      ],
    });
    expect(run.results[1].fixes[0].artifactChanges[0].replacements).toEqual([
      {
        deletedRegion: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 26 },
        insertedContent: { text: "UserPrincipalName" },
      },
    ]);
  });

  test("annotations of GitHub", async () => {
    const cwd = await folderWith({ "a,b.kql": bad, "h.kql": "T | join (U) on a" });
    const { stdout } = await kqlite(["check", ".", "-f", "github"], { cwd });
    const [first, , third, last] = stdout.trimEnd().split("\n");
    expect(first).toMatch(
      /^::error file=a%2Cb\.kql,line=2,endLine=2,col=9,endColumn=16,title=KS142::the name `IPAdress`/,
    );
    expect(first).toContain("%0Ahelp: a name with a similar name exists: `IPAddress`");
    expect(third).toMatch(/^::notice file=h\.kql,line=1/);
    expect(last).toBe("checked 2 queries in 2 files: 2 errors, 1 hint");
  });

  test("no fix is offered where the file spells the query in another way", async () => {
    const cwd = await folderWith({
      "rule.json": JSON.stringify({ query: 'T | where tolower(a) == "b"' }),
      "a.txt": "",
    });
    const { stdout } = await kqlite(["check", join(cwd, "rule.json"), "-f", "json"], { cwd });
    const [finding] = JSON.parse(stdout).findings;
    expect(finding.code).toBe("KQ603");
    expect(finding.fix).toBeUndefined();
  });

  test("says what a custom detection of Defender lacks", async () => {
    const detection = `queryCondition:
  queryText: |
    DeviceEvents
    | project Timestamp, DeviceName
schedule: {period: 1H}
`;
    const cwd = await folderWith({
      "lacks.yaml": detection,
      "fits.yaml": detection.replace("DeviceName", "DeviceName, ReportId"),
      "odd.yaml": detection.replace("DeviceName", "DeviceName, ReportId").replace("1H", "soon"),
    });
    const { code, stdout } = await kqlite(["check", "--schema", "xdr", "."], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /KQ717\]: the result has no column of `ReportId`, `AlertId`, `ObservationId`\n.* lacks.yaml:4:7/,
    );
    expect(stdout).toMatch(/KQ717\]: the rule `odd.yaml` cannot be run: `period` is not a timespan above zero: `soon`/);
    expect(stdout).toContain("checked 3 queries in 3 files: 2 warnings");
  });
});
