import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { caseCount, functionsPage, groups, testFiles } from "./support/functions-page.ts";

describe("documentation", () => {
  test("docs/functions.md is what the declarations say", async () => {
    await expect(functionsPage()).toMatchFileSnapshot("../docs/functions.md");
  });

  test("every function, aggregate and plugin has a test of its name with three cases", () => {
    const names = groups.flatMap(([, definitions]) => definitions.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter((name) => caseCount(name) < 3).map((name) => `${name}: ${caseCount(name)}`)).toEqual([]);
  });

  test("every test of a function says where it comes from", () => {
    const silent = [...testFiles.values()].filter(
      (path) => !/^\/\/ (docs|seen): /m.test(readFileSync(new URL(path, import.meta.url), "utf8")),
    );
    expect(silent).toEqual([]);
  });
});
