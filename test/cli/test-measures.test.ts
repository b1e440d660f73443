import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
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
