import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { withQuery } from "../../src/node/test-database.ts";
import { type Failure, type Rewrite, rewriteFile, runCase } from "../../src/testing/run-case.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";
import { databaseFor } from "./kql-database.ts";

/** Registers the cases of a `.test.kql` file with vitest; `-u` writes what the engine says into the file. */
export function registerFile(path: string): void {
  const text = readFileSync(path, "utf8");
  const cases = parseTestFile(text);
  const rewrites: Rewrite[] = [];
  const folder = dirname(path);

  describe(basename(path), () => {
    if (cases.length === 0) {
      test("has cases", () => {
        throw new Error("the file has no case: a query, `---`, and what is expected of it");
      });
    }
    for (const testCase of cases) {
      test(testCase.name, async () => {
        const verdict = await runCase(await withQuery(testCase, folder), await databaseFor(testCase, folder));
        if (verdict.passed) return;
        if (verdict.rewrite && expect.getState().snapshotState.snapshotUpdateState === "all") {
          rewrites.push(verdict.rewrite);
          return;
        }
        throw errorAt(path, verdict);
      });
    }
    afterAll(() => {
      if (rewrites.length > 0) writeFileSync(path, rewriteFile(text, rewrites));
    });
  });
}

/** An error that vitest shows at the line of the test file. */
function errorAt(path: string, { message, line }: Failure): Error {
  const error = new Error(message);
  error.name = "Expectation";
  error.stack = `${message}\n    at ${relative(".", path)} (${join(path)}:${line}:1)`;
  return error;
}
