import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { failureText } from "../../src/cli/testing/reporters/reporter.ts";
import { runSpecFile } from "../../src/cli/testing/run-spec.ts";

const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const specs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".test.yaml"));

/** As in CI: what a snapshot does not hold fails. */
const options = {
  selection: { filter: undefined, tags: [], only: undefined },
  update: false,
  strict: false,
  ci: true,
  coverage: undefined,
  mutation: undefined,
  timeout: undefined,
};

describe("examples", () => {
  test("there are ten and more", () => {
    expect(specs.length).toBeGreaterThan(10);
  });

  test.each(specs)("%s", async (name) => {
    const run = { file: join(folder, name), path: name, stop: () => false, done: () => {} };
    const { cases } = await runSpecFile(run, options);
    expect(cases.flatMap(({ failures }) => failures.map(failureText))).toEqual([]);
    expect(cases.length).toBeGreaterThan(1);
  });
});
