import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { folderWith, kqlite } from "../support/cli.ts";

const rule = 'DeviceProcessEvents\n| where FileName =~ "a.exe"\n| where ProcessCommandLine has "x"\n';

test("init writes a spec beside the rule, and not over one", async () => {
  const cwd = await folderWith({ "rules/a.kql": rule });
  const ended = await kqlite(["init", "rules/a.kql"], { cwd });
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "written: `rules/a.test.yaml` (3 tests)\n" });
  const text = readFileSync(join(cwd, "rules/a.test.yaml"), "utf8");
  expect(text).toBe(`query: ./a.kql
schema: unified
now: 2025-01-15T12:00:00Z
tests:
  - name: fires
    tables:
      DeviceProcessEvents:
        - {Timestamp: 2025-01-15T11:50:00Z, FileName: a.exe, ProcessCommandLine: x}
    expect: {alert: true}
  - name: silent unless ProcessCommandLine has "x"
    tables:
      DeviceProcessEvents:
        - {Timestamp: 2025-01-15T11:50:00Z, FileName: a.exe, ProcessCommandLine: ProcessCommandLine-1}
    expect: {alert: false}
  - name: silent unless FileName =~ "a.exe"
    tables:
      DeviceProcessEvents:
        - {Timestamp: 2025-01-15T11:50:00Z, FileName: file1.exe, ProcessCommandLine: x}
    expect: {alert: false}
`);
  const again = await kqlite(["init", "rules/a.kql"], { cwd });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("`rules/a.test.yaml` exists already");
  expect((await kqlite(["init", "rules/a.kql", "--force", "--now", "2024-03-01"], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, "rules/a.test.yaml"), "utf8")).toContain("2024-02-29T23:50:00Z");
});

test("many rows alike are generated, dynamic values are written as they are", async () => {
  const cwd = await folderWith({
    "page.md":
      "```kql\nSigninLogs | take 1\n```\n```kql\nSigninLogs | where LocationDetails.city == 'Ulm' | summarize n = count() by IPAddress | where n > 5\n```\n",
  });
  const several = await kqlite(["init", "page.md"], { cwd });
  expect(several.code).toBe(2);
  expect(several.stderr).toContain("name one: `page.md#1`, `page.md#2`");
  expect((await kqlite(["init", "page.md#2", "-o", "specs.test.yaml"], { cwd })).code).toBe(0);
  const spec = parse(readFileSync(join(cwd, "specs.test.yaml"), "utf8"));
  expect(spec.query).toBe("./page.md#2");
  expect(spec.tests[0].generate.SigninLogs).toEqual([
    {
      repeat: 6,
      row: { TimeGenerated: "2025-01-15T11:50:00Z", IPAddress: "203.0.113.10", LocationDetails: { city: "Ulm" } },
    },
  ]);
});

test("tables of one's own: from schema files and folders", async () => {
  const cwd = await folderWith({
    "a.kql": "My_CL | where Level > 3 | join kind=inner Other on User",
    "My_CL.schema.json": '{"User": "string", "Level": "int"}',
    "data/Other.csv": "User,Age\nme,3\n",
  });
  const { code, stderr } = await kqlite(["init", "a.kql", "-s", "My_CL.schema.json", "-d", "data"], { cwd });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const spec = parse(readFileSync(join(cwd, "a.test.yaml"), "utf8"));
  expect(spec.schema).toEqual({ file: "./a.tables.json", extends: "unified" });
  expect(Object.keys(JSON.parse(readFileSync(join(cwd, "a.tables.json"), "utf8")))).toEqual(["Other", "My_CL"]);
  expect(spec.tests[0].tables).toEqual({ My_CL: [{ User: "user1", Level: 4 }], Other: [{ User: "user1" }] });
});

test("what is not solved is a TODO, and the test is skipped", async () => {
  const cwd = await folderWith({ "a.kql": "DeviceInfo\n| where hash(DeviceName) == 17\n| where OSPlatform == 'x'\n" });
  const { stderr } = await kqlite(["init", "a.kql"], { cwd });
  expect(stderr).toBe("written: `a.test.yaml` (1 test, 2 TODO)\n");
  const text = readFileSync(join(cwd, "a.test.yaml"), "utf8");
  expect(text).toContain("# TODO no rows were found that make the query fire\n");
  expect(text).toContain("# TODO a.kql:2:9 hash(DeviceName) == 17: no value was found that fulfils it\n");
  expect(parse(text).tests[0].skip).toBe("rows that make it fire are still to be found");
});

test("a query that does not bind writes nothing", async () => {
  const cwd = await folderWith({ "a.kql": "NoSuch | take 1", "bad.json": "[]" });
  const unknown = await kqlite(["init", "a.kql"], { cwd });
  expect(unknown.code).toBe(3);
  expect(unknown.stderr).toContain("KS204");
  expect(existsSync(join(cwd, "a.test.yaml"))).toBe(false);
  expect((await kqlite(["init", "a.kql", "-s", "bad.json"], { cwd })).stderr).toContain("it declares no table");
  expect((await kqlite(["init", "-"], { cwd, input: "print 1" })).stderr).toContain("`-` is none");
});
