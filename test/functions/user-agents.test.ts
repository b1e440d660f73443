import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { patternsFile, target } from "../../scripts/user-agents.mjs";
import { partOf } from "../../src/functions/algorithms/user-agents/parse.ts";

test("the patterns are those of the package: `node scripts/user-agents.mjs` writes them", () => {
  expect(readFileSync(target, "utf8")).toBe(patternsFile());
});

test("every pattern is a regular expression, and a text that none knows passes them all", () => {
  for (const part of ["browser", "os", "device"] as const) {
    expect(partOf(part, "\u0000")).toEqual(expect.objectContaining({}));
  }
});
