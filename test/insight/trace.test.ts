import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { randomFrom } from "../../src/engine/random.ts";
import { rowsOf } from "../../src/engine/rows.ts";
import type { Step } from "../../src/insight/why/step.ts";
import { tracer } from "../../src/insight/why/trace.ts";
import { withQuery } from "../../src/node/test-database.ts";
import { newRun } from "../../src/runtime/run.ts";
import { parseTestFile, type TestCase } from "../../src/testing/test-file.ts";
import { databaseFor } from "../support/kql-database.ts";

const options = { now: 638_000_000_000_000_000n, seed: 1 };

describe("a traced plan gives the rows of the query", () => {
  const folders = ["test/operators", "queries"];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".test.kql"))
      .map((name) => [folder, name] as const),
  );

  test.each(files)("%s/%s", async (folder, name) => {
    for (const one of parseTestFile(readFileSync(join(folder, name), "utf8")))
      await compare(await withQuery(one, folder), folder);
  });
});

/** Every group has rows, and every row of a scan is one of its input. */
function checkGroups({ plan, inputs, links, rows }: Step, query: string): void {
  for (const input of inputs) checkGroups(input, query);
  const [own] = links;
  if (!["MakeSeries", "TopNested", "Sequences"].includes(plan.kind) || !own || inputs[0]?.rows.length === 0) return;
  expect(
    [...new Set(own.to)].sort((a, b) => a - b),
    query,
  ).toEqual([...Array(rows.length).keys()]);
  expect(
    own.from.every((row) => row < (inputs[0]?.rows.length ?? 0)),
    query,
  ).toBe(true);
}

async function compare(testCase: TestCase, folder: string): Promise<void> {
  const { query } = testCase;
  // Whoever draws by lot draws anew.
  if (query === undefined || /\brand|sample|new_guid/.test(query)) return;
  const database = await databaseFor(testCase, folder);
  const plain = await database.query(query, options).catch(() => undefined);
  if (!plain) return;
  const { results } = await database.prepare(query, options);
  const trace = tracer(newRun({ now: options.now, random: randomFrom(1) }));
  for (const [i, { plan }] of results.entries()) {
    const step = await trace(plan);
    const expected = plain.results[i];
    expect(rowsOf({ schema: plan.schema, rows: step.rows }), query).toEqual(expected && rowsOf(expected));
    for (const links of step.links) {
      expect(links?.to.every((row) => row < step.rows.length) ?? true, query).toBe(true);
    }
    checkGroups(step, query);
  }
}
