import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { freshCli } from "../../scripts/build.mjs";
import { folderWith, kqlite } from "../support/cli.ts";

const spec = (query: string, ...tests: readonly string[]) =>
  `query: ${query}\ntests:\n${tests.map((each, i) => `  - {name: t${i + 1}, ${each}}\n`).join("")}`;

let folder: string;
let cache: string;
beforeAll(async () => {
  cache = await folderWith({});
  folder = await folderWith({
    "good.kql": "range x from 1 to 3 step 1",
    "bad.kql": "print nope",
    "slow.kql": "range x from 1 to 1000000000 step 1 | summarize count()",
    "good.test.yaml": spec("good.kql", "tags: [fast], expect: {count: 3}", "skip: not yet, expect: {count: 1}"),
    "fails.test.yaml": spec("good.kql", "expect: {count: 4}", "tags: [fast], expect: {count: 3}", "expect: {count: 5}"),
    "spec.test.yaml": spec("good.kql", "expct: {count: 1}"),
    "query.test.yaml": spec("bad.kql", "expect: {count: 1}"),
    "data.test.yaml": spec("rows.kql", "tables: {T: {file: nope.csv}}, expect: {count: 1}"),
    "rows.kql": "T",
    "slow.test.yaml": spec("slow.kql", "expect: {count: 1}"),
    "cases.test.kql": "print a = 1\n---\na:long\n1\n",
    "wrong.test.kql": "print a = 1\n---\na:long\n2\n",
    "node_modules/x/x.test.kql": "print 1\n---\na:long\n2\n",
    "empty/readme.txt": "",
  });
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  kqlite(["test", ...args], { cwd: folder, env: { XDG_CACHE_HOME: cache, ...env } });

const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

describe("exit codes", () => {
  test("0: all passed", async () => {
    const { code, stdout, stderr } = await run(["good.test.yaml", "cases.test.kql"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(lastLine(stdout)).toBe("2 passed, 0 failed, 1 skipped");
  });

  test.each([
    [1, "a test failed", ["fails.test.yaml"]],
    [1, "a .test.kql failed", ["wrong.test.kql"]],
    [2, "the spec makes no sense", ["spec.test.yaml", "fails.test.yaml", "query.test.yaml"]],
    [3, "the query does not bind", ["query.test.yaml", "data.test.yaml"]],
    [4, "data is missing", ["data.test.yaml", "fails.test.yaml"]],
    [5, "it takes too long", ["slow.test.yaml", "fails.test.yaml", "--timeout", "200ms"]],
  ])("%d: %s", async (code, _, args) => {
    expect((await run(args)).code).toBe(code);
  });

  test.each([
    ["there is no such file", ["nope.test.yaml"], "there is no file or folder `nope.test.yaml`"],
    ["it is no test", ["good.kql"], "`good.kql` is not a test"],
    ["there are no tests", ["empty"], "there are no tests in `empty`"],
    ["none is selected", ["good.test.yaml", "-t", "zzz"], "no test is selected"],
    ["no reporter has this name", ["--reporter", "junti=x"], "did you mean `junit`?"],
    ["the duration is none", ["--timeout", "soon"], "`--timeout` expects a duration"],
    ["the report cannot be written", ["good.test.yaml", "--reporter", "json=good.kql/x"], "cannot be written"],
  ])("2: %s", async (_, args, message) => {
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });

  test("130: a watch that is interrupted, after it has run again what a change touches", async () => {
    const place = await folderWith({ "q.kql": "print 1", "a.test.yaml": spec("q.kql", "expect: {count: 1}") });
    const child = spawn(process.execPath, [await freshCli(), "test", "--watch"], {
      cwd: place,
      env: { XDG_CACHE_HOME: cache },
    });
    let said = "";
    const until = (text: string) =>
      new Promise<void>((done) => {
        const look = () => {
          if (said.includes(text)) done();
        };
        child.stdout.on("data", look);
        child.stderr.on("data", look);
        look();
      });
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    await until("waiting for changes");
    await new Promise((done) => setTimeout(done, 300));
    writeFileSync(join(place, "q.kql"), "print 1 | take 0");
    await until("0 passed, 1 failed, 0 skipped");
    child.kill("SIGINT");
    const code = await new Promise<number | null>((done) => child.on("close", done));
    expect(code).toBe(130);
  });
});

describe("which tests run", () => {
  test("all below the working directory, but not what is installed", async () => {
    const { stdout } = await run(["--timeout", "200ms"]);
    expect(stdout).toContain("cases.test.kql");
    expect(stdout).not.toContain("node_modules");
  });

  test("--filter, --tag, --bail", async () => {
    expect(lastLine((await run(["fails.test.yaml", "-t", "T2"])).stdout)).toBe("1 passed, 0 failed, 0 skipped");
    expect(lastLine((await run(["fails.test.yaml", "good.test.yaml", "--tag", "fast"])).stdout)).toBe(
      "2 passed, 0 failed, 0 skipped",
    );
    expect(lastLine((await run(["fails.test.yaml", "--bail"])).stdout)).toBe("0 passed, 1 failed, 0 skipped");
    expect(lastLine((await run(["fails.test.yaml", "--bail", "2"])).stdout)).toBe("1 passed, 2 failed, 0 skipped");
  });

  test("--failed: those that failed the last time", async () => {
    const env = { XDG_CACHE_HOME: await folderWith({}) };
    expect((await run(["--failed"], env)).stderr).toContain("no test failed the last time");
    await run(["fails.test.yaml"], env);
    const { code, stdout } = await run(["fails.test.yaml", "--failed"], env);
    expect({ code, last: lastLine(stdout) }).toEqual({ code: 1, last: "0 passed, 2 failed, 0 skipped" });
  });

  test("--changed: those that depend on what differs from a commit", async () => {
    const place = await folderWith({
      "a.kql": "print 1",
      "b.kql": "print 1",
      "rows/T.csv": "a\n1\n",
      "a.test.yaml": spec("a.kql", "expect: {count: 1}"),
      "b.test.yaml": spec("b.kql", "expect: {count: 1}"),
      "c.test.kql": "// data: rows\n\nT | count\n---\nCount:long\n1\n",
    });
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], {
        cwd: place,
        stdio: "pipe",
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "all");
    const { PATH: path } = process.env;
    const env = { XDG_CACHE_HOME: cache, PATH: path ?? "" };
    const changed = () => kqlite(["test", "--changed"], { cwd: place, env });
    expect((await changed()).stderr).toContain("no test depends on what has changed since HEAD");
    writeFileSync(join(place, "b.kql"), "print 2");
    writeFileSync(join(place, "rows/T.csv"), "a\n1\n2\n");
    const { stdout, code } = await changed();
    expect(stdout).not.toContain("a.test.yaml");
    expect({ code, last: lastLine(stdout) }).toEqual({ code: 1, last: "1 passed, 1 failed, 0 skipped" });
    expect((await kqlite(["test", "--changed", "nowhere"], { cwd: place, env })).code).toBe(2);
  });
});

describe("what is written", () => {
  test("several reporters at once; the last line is apart from what programs read", async () => {
    const { stdout } = await run([
      "good.test.yaml",
      "--reporter",
      "pretty,junit=out/j.xml,sarif=out/s.json",
      "--reporter",
      "md=out/s.md",
    ]);
    expect(lastLine(stdout)).toBe("1 passed, 0 failed, 1 skipped");
    expect(["j.xml", "s.json", "s.md"].map((name) => existsSync(join(folder, "out", name)))).toEqual([
      true,
      true,
      true,
    ]);
    const alone = await run(["good.test.yaml", "--reporter", "json"]);
    expect(JSON.parse(alone.stdout)).toMatchObject({ passed: 1, skipped: 1 });
    expect(alone.stderr).toBe("1 passed, 0 failed, 1 skipped\n");
  });

  test("on GitHub its commands, too", async () => {
    expect((await run(["fails.test.yaml"], { GITHUB_ACTIONS: "true" })).stdout).toContain(
      "::error file=fails.test.yaml,line=3",
    );
  });

  test("a snapshot that is missing: not in CI; --update writes it, and results into .test.kql", async () => {
    const place = await folderWith({ "q.kql": "print 1", "snap.test.yaml": spec("q.kql", "expect: {snapshot: true}") });
    const inPlace = async (env: Readonly<Record<string, string>>) =>
      (await kqlite(["test"], { cwd: place, env: { XDG_CACHE_HOME: cache, ...env } })).code;
    expect(await inPlace({ CI: "true" })).toBe(1);
    expect(await inPlace({ CI: "false" })).toBe(0);
    expect(await inPlace({ CI: "true" })).toBe(0);
    writeFileSync(join(place, "w.test.kql"), "print a = 1\n---\na:long\n2\n");
    expect((await kqlite(["test", "--update"], { cwd: place, env: { XDG_CACHE_HOME: cache } })).code).toBe(0);
    expect(readFileSync(join(place, "w.test.kql"), "utf8")).toContain("a:long\n1\n");
  });
});
