import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

const files = {
  "T.csv": "a,b\n1,x\n2,y\n2,y\n3,z\n",
  "one.kql": "T | where a > 1",
  "two.kql": "T | where a < 3",
  "wide.kql": "T | where a > 1 | extend c = a * 2, a = tostring(a)",
  "same.kql": "T | where a >= 2 | sort by a asc",
};

describe("kqlite diff", () => {
  test("rows that only one version has, each as often as it has it more", async () => {
    const cwd = await folderWith(files);
    expect(await kqlite(["diff", "one.kql", "two.kql", "-d", "."], { cwd })).toEqual({
      code: 1,
      stdout: "diff,a,b\n-,3,z\n+,1,x\n",
      stderr: "1 row lost, 1 newly caught, 2 the same\n",
    });
  });

  test("the order of rows does not count", async () => {
    const cwd = await folderWith(files);
    expect(await kqlite(["diff", "one.kql", "same.kql", "-d", "."], { cwd })).toEqual({
      code: 0,
      stdout: "",
      stderr: "0 rows lost, 0 newly caught, 3 the same\n",
    });
  });

  test("changes of columns are said first; rows are compared over those that are left", async () => {
    const cwd = await folderWith(files);
    expect(await kqlite(["diff", "one.kql", "wide.kql", "-d", "."], { cwd })).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "the column `a` was long, and is string now\nthe column `c` (long) is new\n0 rows lost, 0 newly caught, 3 the same\n",
    });
  });

  test("a revision of git", async () => {
    const cwd = await folderWith(files);
    const { PATH = "" } = process.env;
    const env = { PATH };
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd, stdio: "pipe" });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "one");
    const found = await kqlite(["diff", "HEAD:one.kql", "two.kql", "-d", "."], {
      cwd,
      env,
    });
    expect(found).toMatchObject({ code: 1, stdout: "diff,a,b\n-,3,z\n+,1,x\n" });
    const missing = await kqlite(["diff", "HEAD:three.kql", "two.kql", "-d", "."], {
      cwd,
      env,
    });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain("git does not show `HEAD:three.kql`");
  });

  test("another number of results is a difference", async () => {
    const cwd = await folderWith({ ...files, "two-results.kql": "T | where a > 1; T" });
    const { code, stderr } = await kqlite(["diff", "one.kql", "two-results.kql", "-d", "."], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain("the query had 1 result, and has 2 now");
  });
});
