import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { tableFromRows } from "../../src/engine/rows.ts";
import { optimize } from "../../src/plan/optimize.ts";
import { planTree } from "../../src/plan/print.ts";
import { suiteQueries } from "../support/suite-queries.ts";

const storms = tableFromRows(
  [
    { name: "State", type: "string" },
    { name: "Injuries", type: "long" },
    { name: "Id", type: "long" },
  ],
  [],
);
const database = createDatabase({ tables: new Map([["StormEvents", storms]]), clock: () => 0n });

async function tree(query: string, optimized = false): Promise<readonly string[]> {
  const { results } = await database.prepare(query);
  const plans = results.map(({ plan }) => plan);
  return (optimized ? optimize(plans) : plans).flatMap((plan) => planTree(plan).trimEnd().split("\n"));
}

test("the plan of the page that explains plans", async () => {
  const query = 'StormEvents | where State == "TEXAS" | top 2 by Injuries | project State, Injuries';
  expect(await tree(query)).toEqual([
    "Project  State, Injuries",
    "└─ Sort  Injuries desc nulls last, limit 2",
    '   └─ Filter  State == "TEXAS"',
    "      └─ Scan  StormEvents",
  ]);
  expect(await tree(query, true)).toEqual([
    "Project  State, Injuries",
    "└─ Sort  Injuries desc nulls last, limit 2",
    '   └─ Filter  State == "TEXAS"',
    '      └─ Scan  StormEvents (State, Injuries), wishes State == "TEXAS"',
  ]);
});

test("two inputs, computed columns, and what is shared", async () => {
  expect(
    await tree(
      "let a = StormEvents | extend x = (Id + 1) * 2; a | join kind=inner a on Id | summarize max(x) by State",
    ),
  ).toEqual([
    "Aggregate  max(x) by State",
    "└─ Join  inner on Id == Id",
    "   ├─ Shared  a",
    "   │  └─ Project  State, Injuries, Id, x = (Id + 1) * 2",
    "   │     └─ Scan  StormEvents",
    "   └─ Shared  a, as above",
  ]);
});

test("every plan of the suite has a tree", async () => {
  let drawn = 0;
  for (const query of suiteQueries) {
    try {
      const lines = await tree(query, true);
      expect(lines.join("\n")).not.toMatch(/undefined|\[object/);
      drawn++;
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== "KqlError") throw thrown;
    }
  }
  expect(drawn).toBeGreaterThan(1000);
});
