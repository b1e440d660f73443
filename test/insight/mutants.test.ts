import { describe, expect, test } from "vitest";
import { createDatabase, type Database } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import { type LeftOut, noticeable } from "../../src/insight/mutation/check.ts";
import type { Mutant } from "../../src/insight/mutation/edit.ts";
import { mutantsOf } from "../../src/insight/mutation/mutants.ts";
import { renderSurvivor } from "../../src/insight/mutation/render.ts";
import { runMutants, scoreOf } from "../../src/insight/mutation/run.ts";

const now = 638_000_000_000_000_000n;
const events = tableFromRows(
  [
    { name: "Name", type: "string" },
    { name: "Port", type: "int" },
    { name: "At", type: "datetime" },
  ],
  [
    ["cmd.exe", 80, now],
    ["CMD.EXE", 443, now],
    ["word.exe", 80, now],
  ],
);
const database: Database = createDatabase({ tables: new Map([["Events", events]]), clock: () => now });

async function checkMutants(query: string, mutants = mutantsOf(query)) {
  const found: Mutant[] = [];
  const leftOut: LeftOut[] = [];
  for await (const mutant of noticeable(database, query, mutants, {}, (why) => leftOut.push(why))) found.push(mutant);
  const count = (wanted: LeftOut) => leftOut.filter((why) => why === wanted).length;
  return { mutants: found, broken: count("broken"), equivalent: count("equivalent") };
}

/** What each mutant of the tail makes of it, with the operator's name. */
const changes = (query: string): readonly string[] =>
  mutantsOf(query).map(({ operator, text }) => `${operator}: ${text}`);

describe("mutantsOf", () => {
  test("conditions are dropped, negated and joined otherwise", () => {
    expect(changes("T | where a == 1 and b has 'x'")).toEqual([
      "drop operator: T",
      "drop condition: T | where b has 'x'",
      "comparison: T | where a != 1 and b has 'x'",
      "letter case: T | where a =~ 1 and b has 'x'",
      "number: T | where a == 2 and b has 'x'",
      "number: T | where a == 0 and b has 'x'",
      "drop condition: T | where a == 1",
      "and/or: T | where a == 1 or b has 'x'",
      "negate condition: T | where a == 1 and not(b has 'x')",
      "string operator: T | where a == 1 and b contains 'x'",
      "letter case: T | where a == 1 and b has_cs 'x'",
    ]);
  });

  test.each([
    ["T | where a in ('x', 'y')", ["('y')", "('x')", "in~", "not(a in ('x', 'y'))"]],
    ["T | where a > ago(1h)", ["ago(2h)", "ago(0.5h)", "a >= ago(1h)"]],
    ["let l = dynamic(['x', 'y']); T | where a has_any (l)", ['dynamic(["y"])', 'dynamic(["x"])', "has_all (l)"]],
    ["T | join U on k", ["join kind=inner U", "join kind=leftouter U", "join kind=leftanti U"]],
    ["T | join kind=leftanti U on k", ["join kind=leftsemi U"]],
    ["T | lookup U on k", ["lookup kind=inner U"]],
    [
      "T | summarize dcount(a), x = min(b), countif(c) by d",
      ["dcount_a = count()", "x = max(b)", "countif_ = count()", "countif(not(c))"],
    ],
    ["T | summarize arg_max(a, *) by b", ["arg_min(a, *)"]],
    ["T | summarize sumif(a, b > 1)", ["sumif_a = sum(a)"]],
    ["T | evaluate ipv4_lookup(U, a, b, return_unmatched = true)", ["return_unmatched = false"]],
    ["T | sort by a | take 5", ["sort by a asc", "take 6", "take 4"]],
    ["T | top 3 by a asc nulls last", ["by a desc nulls last"]],
    ["T | extend x = iff(a, 'p', 'q')", ["iff(a, 'q', 'p')", "iff(not(a), "]],
    ["T | where not(a)", ["where (a)"]],
    ["T | where a startswith 'x'", ["a contains 'x'"]],
    ["T | where a !has 'x'", ["a !contains 'x'"]],
    ["T | where a > 1.50", ["2.50", "0.50"]],
  ])("%s", (query, wanted) => {
    const texts = mutantsOf(query).map((mutant) => mutant.text);
    for (const piece of wanted) expect(texts.join("\n")).toContain(piece);
  });

  test("data that the query spells out is left alone, and so are options and broken text", () => {
    expect(mutantsOf("datatable(a:int)[1, 2]")).toEqual([]);
    expect(mutantsOf("set querytrace; range x from 1 to 2 step 1 | render timechart with (ymin = 1)").length).toBe(6);
    expect(mutantsOf("| where and (").length).toBeGreaterThanOrEqual(0);
  });

  test("of a chain each condition is dropped once", () => {
    const texts = changes("T | where a and (b or c) and d").filter((change) => change.startsWith("drop condition"));
    expect(texts.map((text) => text.slice(26)).sort()).toEqual([
      "(b or c) and d",
      "a and (b or c)",
      "a and (b) and d",
      "a and (c) and d",
      "a and d",
    ]);
  });
});

describe("noticeable", () => {
  test("what does not bind, has other columns, or does the same is left out and counted", async () => {
    // `Port =~ 80` does not bind; without summarize the columns are others; `x in ('a')` is folded.
    const query = "Events | where Port == 80 and 'a' in ('a', 'b') | summarize n = count() by Name";
    const { mutants, broken, equivalent } = await checkMutants(query);
    expect(mutants.map((mutant) => mutant.text.slice(9, -31).trim()).sort()).toEqual([
      "",
      "where 'a' in ('a', 'b')",
      "where Port != 80 and 'a' in ('a', 'b')",
      "where Port == 79 and 'a' in ('a', 'b')",
      "where Port == 80 and 'a' in ('b')",
      "where Port == 80 and not('a' in ('a', 'b'))",
      "where Port == 80 or 'a' in ('a', 'b')",
      "where Port == 81 and 'a' in ('a', 'b')",
    ]);
    expect({ broken, equivalent }).toEqual({ broken: 2, equivalent: 3 });
  });

  test("a query that does not bind is an error of its own", async () => {
    await expect(checkMutants("Events | where Prt == 80", [])).rejects.toThrow("KS142");
  });
});

describe("runMutants", () => {
  const query = 'Events\n| where Name =~ "cmd.exe"\n| where Port > 0';

  test("judges each by whether the tests still pass, as it goes", async () => {
    const { mutants } = await checkMutants(query);
    const survivors: Mutant[] = [];
    const judged = [];
    for await (const one of runMutants(mutants, async ({ text }) => (await countOf(text)) === 2)) {
      judged.push(one);
      if (one.verdict === "survived") survivors.push(one.mutant);
    }
    expect(scoreOf(judged)).toEqual({ killed: 4, survived: 4, score: 50 });
    const source = { name: "rule.kql", text: query };
    expect(survivors.map((mutant) => renderSurvivor(mutant, query, source)).join("\n\n")).toMatchInlineSnapshot(`
      "rule.kql:3:1: drop operator: without \`| where Port > 0\`
      3 │ | where Port > 0
        │ ^^^^^^^^^^^^^^^^ no test notices this

      rule.kql:3:14: comparison: \`>=\` instead of \`>\`
      3 │ | where Port >= 0
        │              ^^ no test notices this

      rule.kql:3:16: number: \`1\` instead of \`0\`
      3 │ | where Port > 1
        │                ^ no test notices this

      rule.kql:3:16: number: \`-1\` instead of \`0\`
      3 │ | where Port > -1
        │                ^^ no test notices this"
    `);
  });

  test("who has seen enough stops asking", async () => {
    let runs = 0;
    for await (const { verdict } of runMutants(mutantsOf(query), async () => ++runs < 2)) {
      if (verdict === "killed") break;
    }
    expect(runs).toBe(2);
  });

  test("an error of the query kills the mutant, any other error is ours", async () => {
    const [mutant] = mutantsOf(query);
    const wrong = mutant ? [{ ...mutant, text: "Nothing" }] : [];
    const judged = [];
    for await (const one of runMutants(wrong, async ({ text }) => (await countOf(text)) === 2))
      judged.push(one.verdict);
    expect(judged).toEqual(["killed"]);
    const failing = runMutants(wrong, async () => {
      throw new TypeError("a defect");
    });
    await expect(failing.next()).rejects.toThrow("a defect");
  });
});

async function countOf(text: string): Promise<number> {
  const { results } = await database.query(text);
  return results[0] ? rowsOf(results[0]).length : 0;
}
