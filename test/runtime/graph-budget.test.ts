import { expect, test } from "vitest";
import { collect } from "../../src/data/concat.ts";
import { createDatabase } from "../../src/engine/database.ts";
import type { Plan } from "../../src/plan/nodes.ts";
import { execute } from "../../src/runtime/execute.ts";
import { graphRows } from "../../src/runtime/graphs/rows.ts";

const database = createDatabase({ clock: () => 0n });

/** The rows of a query that ends in an operator over a graph, or the code of its error, when it may take so many steps. */
async function outcome(query: string, most: number): Promise<number | string> {
  const { results, run } = await database.prepare(query);
  const plan: Plan | undefined = results[0]?.plan;
  if (plan?.kind !== "Graph") throw new Error("the query does not end in an operator over a graph");
  const rows = graphRows(plan, execute(plan.input, run), [], run, most);
  return collect(rows, plan.schema).then(
    ({ length }) => length,
    (thrown: Error) => thrown.message,
  );
}

// Each of 30 nodes leads to each: paths of four edges are some 800,000.
const dense =
  "range s from 1 to 30 step 1 | extend t = range(1, 30) | mv-expand t to typeof(long) | make-graph s --> t with_node_id=id";

test("a pattern that fits in too many ways is an error, after so many steps", async () => {
  const query = `${dense} | graph-match (a)-[p*1..4]->(b) project a.id`;
  expect(await outcome(query, 100_000)).toMatch(/^KQ293: `graph-match` has taken 0.1 million steps/);
  expect(await outcome(`${dense} | graph-match (a)-->(b) project a.id`, 100_000)).toBe(900);
});

test("so are too many shortest paths", async () => {
  const query = `${dense} | graph-shortest-paths (a)-[p*2..9]->(b) where any(p, s > 40) project a.id`;
  expect(await outcome(query, 100_000)).toMatch(/^KQ293: `graph-shortest-paths`/);
  expect(await outcome(`${dense} | graph-shortest-paths (a)-[p*1..9]->(b) project a.id`, 1_000_000)).toBe(870);
  expect(await outcome(`${dense} | graph-shortest-paths (a)-[p*1..9]->(b) project a.id`, 1_000)).toMatch(/^KQ293/);
});

test("what a filter leaves is all that is looked at", async () => {
  const query = `${dense} | graph-match (a)-[p*1..3]->(b) where a.id == 1 and all(p, s < 3) and b.id == 2 project p.t`;
  expect(await outcome(query, 1_000)).toBe(4);
});
