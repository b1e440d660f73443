import { expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

test("run takes the queries of a file as check finds them", async () => {
  const cwd = await folderWith({
    "several.kql": "print a = 1\n\nprint b = 2\n| extend c = b\n",
    "rule.json": JSON.stringify({ resources: [{ properties: { displayName: "Rule", query: "print d = 3" } }] }),
    "wrong.json": JSON.stringify({ query: 'print "\\u00e9", nonsense' }, undefined, 2),
  });
  const both = await kqlite(["run", "several.kql", "-f", "json"], { cwd });
  expect(both.stderr).toBe("");
  expect(both.stdout).toContain('{"a":1}');
  expect(both.stdout).toContain('"c":2');
  const second = await kqlite(["run", "several.kql#2", "-f", "csv"], { cwd });
  expect(second.stdout).toBe("b,c\n2,2\n");
  expect((await kqlite(["run", "rule.json", "-f", "csv"], { cwd })).stdout).toBe("d\n3\n");
  const wrong = await kqlite(["run", "wrong.json"], { cwd });
  expect(wrong.stderr).toContain("wrong.json:2:");
  expect(wrong.code).toBe(3);
});
