import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import { type Pipeline, steps } from "../../src/engine/steps.ts";

const numbers = tableFromRows(
  [
    { name: "n", type: "long" },
    { name: "s", type: "string" },
  ],
  [
    [1, "a"],
    [2, "b"],
    [3, "a"],
  ],
);
const database = createDatabase({ tables: new Map([["T", numbers]]), clock: () => 638_396_640_000_000_000n });

/** `text: columns, rows out` of every step; pipelines inside of it are indented. */
async function shown(text: string, rows = true): Promise<readonly string[]> {
  const { pipelines } = await steps(database, text, { rows, seed: 1 });
  const lines = (pipeline: Pipeline, indent: string): readonly string[] => [
    ...(pipeline.name === undefined ? [] : [`${indent}let ${pipeline.name}`]),
    ...pipeline.steps.flatMap(({ span, schema, rows: given, inner }) => [
      `${indent}${text.slice(span.start, span.end)}: ${schema?.map(({ name }) => name).join(" ")}, ${given?.length}`,
      ...inner.flatMap((one) => lines(one, `${indent}  `)),
    ]),
  ];
  return pipelines.flatMap((one) => lines(one, ""));
}

describe("steps", () => {
  test("the columns and rows after every pipe", async () => {
    expect(await shown("T | where n > 1 | extend m = n * 2 | summarize max(m) by s")).toEqual([
      "T: n s, 3",
      "where n > 1: n s, 2",
      "extend m = n * 2: n s m, 2",
      "summarize max(m) by s: s max_m, 2",
    ]);
    expect(await shown("T | take 1", false)).toEqual(["T: n s, undefined", "take 1: n s, undefined"]);
  });

  test("tables of `let`, and both sides of a join", async () => {
    expect(await shown("let a = T | where n > 1; a | join kind=inner (T | where n < 3 | project n) on n")).toEqual([
      "let a",
      "T: n s, 3",
      "where n > 1: n s, 2",
      "a: n s, 2",
      "join kind=inner (T | where n < 3 | project n) on n: n s n1, 1",
      "  T: n s, 3",
      "  where n < 3: n s, 2",
      "  project n: n, 2",
    ]);
  });

  test("subqueries that run once per row, or before the query, have columns and no rows", async () => {
    expect(await shown("T | partition by s (top 1 by n) | where n < toscalar(T | count)")).toEqual([
      "T: n s, 3",
      "partition by s (top 1 by n): n s, 2",
      "  top 1 by n: n s, undefined",
      "where n < toscalar(T | count): n s, 1",
      "  T: n s, undefined",
      "  count: Count, undefined",
    ]);
  });

  test("several results", async () => {
    expect(await shown("T | fork (where n > 1) (count)")).toEqual([
      "T: n s, 3",
      "fork (where n > 1) (count): undefined, undefined",
      "  where n > 1: n s, 2",
      "  count: Count, 1",
    ]);
    expect(await shown("T | evaluate preview(2)")).toEqual(["T: n s, 3", "evaluate preview(2): n s, 2"]);
  });

  test("all steps see the rows that were drawn", async () => {
    const text =
      "let a = T | extend r = rand(); a | where r >= 0 | join kind=inner a on r | where r == r1 | summarize count(), max(r)";
    const { pipelines, results } = await steps(database, text, { rows: true });
    expect(results.length).toBe(1);
    const [first, second] = pipelines;
    const drawn = first?.steps[1]?.rows;
    expect(second?.steps.map(({ rows }) => rows?.length)).toEqual([3, 3, 3, 3, 1]);
    const values = drawn
      ? rowsOf({ schema: first?.steps[1]?.schema ?? [], rows: drawn }).map((row) => Number(row[2]))
      : [];
    const last = second?.steps.at(-1);
    const [[, most] = []] = last?.rows && last.schema ? rowsOf({ schema: last.schema, rows: last.rows }) : [];
    expect(most).toBe(Math.max(...values));
  });

  test("a graph has no rows, what is made of it has", async () => {
    const query = "T | make-graph s --> s with_node_id=id | graph-match (a)-[e]->(b) where e.n > 1 project a.id";
    expect(await shown(query)).toEqual([
      "T: n s, 3",
      "make-graph s --> s with_node_id=id: undefined, undefined",
      "graph-match (a)-[e]->(b) where e.n > 1 project a.id: a_id, 2",
    ]);
    const named = "T | make-graph s --> s | graph-to-table nodes as N, edges as E; E | count";
    expect((await shown(named)).slice(2)).toEqual([
      "graph-to-table nodes as N, edges as E: undefined, undefined",
      "E: n s, 3",
      "count: Count, 1",
    ]);
  });

  test("throws what is wrong with the query", async () => {
    await expect(steps(database, "T | where x")).rejects.toThrow(KqlError);
  });
});
