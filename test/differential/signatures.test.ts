import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { allAggregates, allScalarFunctions } from "../../src/functions/registry.ts";
import { officialVerdict } from "./official.ts";

/* Calls of every function with one and two arguments of each type: whatever both sides accept has the same type. */

const values = ["2", "1.5", "'a'", "datetime(2020-01-01)", "1h", "true", "dynamic([1,2])", "decimal(1.5)"];
const calls = (name: string) =>
  [1, 2].flatMap((count) => values.map((value) => `${name}(${Array(count).fill(value)})`));
/** Whose type is another on the Kusto emulator, and ours. */
const measured = new Set(["ceiling(2)", "round(2)", "round(2,2)", "jaccard_index(dynamic([1,2]),dynamic([1,2]))"]);
const database = createDatabase({ clock: () => 638_396_640_000_000_000n });

async function ourColumns(query: string): Promise<readonly string[] | undefined> {
  try {
    const { results } = await database.prepare(query);
    return results[0]?.plan.schema.map(({ name, type }) => `${name}:${type}`);
  } catch (thrown) {
    if (thrown instanceof KqlError) return undefined;
    throw thrown;
  }
}

const families: readonly (readonly [string, readonly { readonly name: string }[], (call: string) => string])[] = [
  ["scalar functions", allScalarFunctions(), (call) => `print x = ${call}`],
  ["aggregates", allAggregates(), (call) => `print z = 1 | summarize x = ${call}`],
];

describe("the type of a call is what the official service says", () => {
  test.each(families)("%s", { timeout: 240_000 }, async (_, functions, query) => {
    let compared = 0;
    const differing: string[] = [];
    for (const { name } of functions.filter(({ name }) => /^[a-z]/.test(name))) {
      for (const call of calls(name).filter((call) => !measured.has(call))) {
        const ours = await ourColumns(query(call));
        const official = ours && officialVerdict(query(call));
        if (!ours || !official || official.errors.length > 0) continue;
        compared++;
        if (ours.join() !== official.columns.join()) differing.push(`${call}: ${ours} is ${official.columns} there`);
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });
});
