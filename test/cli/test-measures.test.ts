import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { freshCli } from "../../scripts/build.mjs";
import { folderWith, kqlite } from "../support/cli.ts";

beforeAll(freshCli, 120_000);

const query = `datatable(Name:string, Port:long) ["cmd.exe", 443, "cmd.exe", 22, "calc.exe", 443]
| where Name == "cmd.exe" and Port == 443`;

const files = {
  "rule.kql": query,
  "rule.test.yaml": "query: rule.kql\ntests:\n  - {name: fires, expect: {count: 1}}\n",
};

test("--coverage says which conditions no row has met", async () => {
  const cwd = await folderWith(files);
  const { code, stdout } = await kqlite(["test", "--coverage", "--coverage-file", "c.html"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("3 of 3 conditions and operators covered (100%)");
  expect(readFileSync(join(cwd, "c.html"), "utf8")).toContain("Port == 443");

  const one = { ...files, "rule.kql": query.replace(', "calc.exe", 443', "") };
  const open = await kqlite(["test", "--coverage=90"], { cwd: await folderWith(one) });
  expect(open.code).toBe(1);
  expect(open.stdout).toContain("never false");
  expect(open.stdout).toContain("1 passed, 0 failed, 0 skipped");
});

test("where no test runs the query as it stands nothing is covered", async () => {
  const cwd = await folderWith({
    "rule.kql": `let port = 443;\n${query.replace("Port == 443", "Port == port")}`,
    "rule.test.yaml": "query: rule.kql\ntests:\n  - {name: a, lets: {port: 22}, expect: {count: 1}}\n",
  });
  const { code, stdout } = await kqlite(["test", "--coverage=1"], { cwd });
  expect(stdout).toContain("nothing is measured");
  expect(code).toBe(1);
});

test("a file of coverage says by its ending what it is", async () => {
  const cwd = await folderWith(files);
  expect((await kqlite(["test", "--coverage-file", "c.lcov"], { cwd })).code).toBe(0);
  expect(readFileSync(join(cwd, "c.lcov"), "utf8")).toContain("SF:rule.kql");
  const wrong = await kqlite(["test", "--coverage-file", "c.txt"], { cwd });
  expect({ code: wrong.code, there: existsSync(join(cwd, "c.txt")) }).toEqual({ code: 2, there: false });
  expect(wrong.stderr).toContain("it ends in `.html` or `.lcov`");
});

test("--mutation shows the changes that no test notices, and a score", async () => {
  const cwd = await folderWith(files);
  const { code, stdout } = await kqlite(["test", "--mutation=90"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('2 │ | where Name =~ "cmd.exe" and Port == 443');
  expect(stdout).toContain("no test notices this");
  expect(stdout).toMatch(/\d+ of \d+ changes to the query noticed \(\d+%\)/);
  expect((await kqlite(["test", "--mutation"], { cwd })).code).toBe(0);
});

test("nothing is changed in a query whose tests fail", async () => {
  const failing = { ...files, "rule.test.yaml": "query: rule.kql\ntests:\n  - {name: a, expect: {count: 9}}\n" };
  const { stdout } = await kqlite(["test", "--mutation"], { cwd: await folderWith(failing) });
  expect(stdout).not.toContain("changes to the query noticed");
});

test("a spec gives watchlists, with their search key, and stored functions", async () => {
  const cwd = await folderWith({
    "hits.kql": "let Listed = _GetWatchlist('Hosts') | project SearchKey;\nSeen() | where Host in (Listed)",
    "functions/Seen.kql": 'datatable(Host:string) ["a", "b"]',
    "list.csv": "Name,Why\nb,test\n",
    "hits.test.yaml": `query: hits.kql
watchlists: {"Hosts:Name": list.csv}
functions: [functions/*.kql]
tests:
  - {name: one is listed, expect: {rows: {equal: [{Host: b}]}}}
`,
  });
  const { stdout, stderr } = await kqlite(["test"], { cwd });
  expect(stdout + stderr).toContain("1 passed, 0 failed, 0 skipped");
});

test("a spec says how much its tests are to reach", async () => {
  const asks = (more: string) => ({ ...files, "rule.test.yaml": `${files["rule.test.yaml"]}${more}` });
  const least = await kqlite(["test", "--reporter", "pretty,github,md=s.md"], {
    cwd: await folderWith(asks("mutation: 90\ncoverage: 100\n")),
  });
  expect(least.code).toBe(1);
  expect(least.stdout).toMatch(/the tests notice \d+% of the changes to the query, and 90% is asked for/);
  expect(least.stdout).toMatch(/::error file=rule\.test\.yaml,line=4,title=rule\.test\.yaml::the tests notice/);
  expect(least.stdout).toContain("3 of 3 conditions and operators covered (100%)");
  // What the spec says counts, whatever the command line says.
  const reached = await kqlite(["test", "--mutation=90"], { cwd: await folderWith(asks("mutation: 10\n")) });
  expect([reached.code, reached.stdout.includes("is asked for")]).toEqual([0, false]);
  // Of some of the tests nothing is asked.
  const two = asks("  - {name: other, expect: {count: 1}}\ncoverage: 100\nmutation: 100\n");
  const some = await kqlite(["test", "-t", "other"], { cwd: await folderWith(two) });
  expect([some.code, some.stdout.includes("covered")]).toEqual([0, false]);
  const wrong = await kqlite(["test"], { cwd: await folderWith(asks("coverage: 101\n")) });
  expect([wrong.code, wrong.stdout.includes("`coverage` expects")]).toEqual([2, true]);
});

describe("tests inside of a rule", () => {
  const rule = `name: Rule
query: |
  T
  | where n > 1
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;
  const list = `kqlTests:
  - name: fires
    now: 2024-03-01T10:00:00Z
    tables: {T: [{TimeGenerated: 2024-03-01T09:30:00Z, n: 2}, {TimeGenerated: 2024-03-01T08:30:00Z, n: 2}]}
    expect: {alert: 1, count: 1}
`;

  test("are found, and run as the rule runs", async () => {
    const cwd = await folderWith({ "rules/a.yaml": rule + list, "rules/other.yaml": rule });
    const { code, stdout } = await kqlite(["test"], { cwd });
    expect([code, stdout.includes("rules/a.yaml")]).toEqual([0, true]);
    expect(stdout).toContain("1 passed, 0 failed, 0 skipped");
    expect((await kqlite(["test", "rules/a.yaml"], { cwd })).code).toBe(0);
    expect((await kqlite(["test", "rules/other.yaml"], { cwd })).code).toBe(2);
    // They are no part of what the rule itself is.
    const data = await folderWith({ "T.csv": "TimeGenerated,n\n2024-03-01T09:30:00Z,2\n" });
    expect((await kqlite(["run", "rules/a.yaml", "-d", data, "-f", "csv"], { cwd })).stdout).toContain(",2");
  });

  test("fail at their line; a mapping says what a spec says", async () => {
    const failing = await kqlite(["test"], {
      cwd: await folderWith({ "a.yaml": rule + list.replace("alert: 1", "alert: false") }),
    });
    expect(failing.code).toBe(1);
    expect(failing.stdout).toContain("a.yaml:12");
    const mapping = `kqlTests:
  mode: query
  tables: {T: [{n: 2}, {n: 3}]}
  tests:
    - {name: t, expect: {count: 2}}
`;
    expect((await kqlite(["test"], { cwd: await folderWith({ "a.yaml": rule + mapping }) })).code).toBe(0);
    const wrong = rule + mapping.replace("expect", "expects");
    const misspelt = await kqlite(["test"], { cwd: await folderWith({ "a.yaml": wrong }) });
    expect([misspelt.code, misspelt.stdout.includes("a.yaml:12")]).toEqual([2, true]);
  });
});

test("--jobs runs files in processes of their own, with the same reports in the same order", async () => {
  const names = ["c", "a", "b", "d"];
  const specs = names.map((name) => [
    `${name}.test.yaml`,
    `query: rule.kql\ntests:\n  - {name: fires, tags: [${name}], expect: {count: ${name === "b" ? 2 : 1}}}\n`,
  ]);
  const cwd = await folderWith({ ...files, ...Object.fromEntries(specs), "x.test.kql": "print 1\n---\nx:long\n2\n" });
  const ran = async (...args: readonly string[]) => {
    const { code, stdout } = await kqlite(["test", ...args, "--coverage-file", "c.lcov"], { cwd });
    return { code, stdout: stdout.replace(/\d+ ms|[\d.]+ s\b/g, "…"), lcov: readFileSync(join(cwd, "c.lcov"), "utf8") };
  };
  const inTurn = await ran();
  expect(inTurn.code).toBe(1);
  expect(inTurn.stdout).toContain("4 passed, 2 failed, 0 skipped");
  expect(await ran("--jobs", "2")).toEqual(inTurn);
  expect(await ran("-j")).toEqual(inTurn);
  expect((await ran("--jobs", "2", "--tag", "b")).stdout).toContain("0 passed, 1 failed, 0 skipped");
});

test("a file that cannot be read ends --jobs as it ends a run in turn", async () => {
  const cwd = await folderWith({ ...files, "z.test.kql": "print 1\n---\nx:long\n1\n" });
  writeFileSync(join(cwd, "y.test.kql"), Uint8Array.of(0x70, 0xff, 0xfe));
  const inTurn = await kqlite(["test"], { cwd });
  expect(inTurn.code).toBe(4);
  expect(await kqlite(["test", "-j", "2"], { cwd })).toMatchObject({ code: 4, stderr: inTurn.stderr });
});

test("a file that cannot be loaded fails a selection that may mean it, and no other", async () => {
  const broken = "query: gone.kql\ntests:\n  - {name: lost, tags: [slow], expect: {count: 1}}\n";
  const cwd = await folderWith({ ...files, "broken.test.yaml": broken });
  const lastLine = async (...args: readonly string[]) =>
    (await kqlite(["test", ...args], { cwd })).stdout.trimEnd().split("\n").at(-1);
  expect(await lastLine("-t", "fires")).toBe("1 passed, 0 failed, 0 skipped");
  expect(await lastLine("-t", "lost")).toBe("0 passed, 1 failed, 0 skipped");
  expect(await lastLine("-t", "BROKEN")).toBe("0 passed, 1 failed, 0 skipped");
  expect(await lastLine("--tag", "slow")).toBe("0 passed, 1 failed, 0 skipped");
  const none = await kqlite(["test", "--tag", "nothing"], { cwd });
  expect(none.code).toBe(2);
  expect(none.stderr).toContain("no test is selected");
});

test.each([["--bail"], ["--jobs"]])("%s 0 makes no sense", async (option) => {
  const { code, stderr } = await kqlite(["test", option, "0"], { cwd: await folderWith(files) });
  expect(code).toBe(2);
  expect(stderr).toContain("It is not a number, 1 or more.");
});
