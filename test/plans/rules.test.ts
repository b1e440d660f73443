import { expect, test } from "vitest";
import type { TableSource } from "../../src/data/batch.ts";
import { createDatabase } from "../../src/engine/database.ts";
import type { Expr, Plan } from "../../src/plan/nodes.ts";
import { optimize } from "../../src/plan/optimize.ts";
import { inputsOf } from "../../src/plan/walk.ts";

const empty = (schema: TableSource["schema"]): TableSource => ({ schema, scan: async function* () {} });
const database = createDatabase({
  tables: new Map([
    [
      "T",
      empty([
        { name: "a", type: "long" },
        { name: "b", type: "string" },
        { name: "c", type: "real" },
        { name: "d", type: "dynamic" },
      ]),
    ],
    [
      "U",
      empty([
        { name: "a", type: "long" },
        { name: "e", type: "string" },
      ]),
    ],
  ]),
});

/** The optimized plan, a line per node, inputs indented below. */
async function optimized(...query: readonly string[]): Promise<string> {
  const { results } = await database.prepare(query.join("\n"), { now: 0n });
  return optimize(results.map(({ plan }) => plan))
    .map((plan) => outline(plan, "").join("\n"))
    .join("\n;\n");
}

function outline(plan: Plan, indent: string): readonly string[] {
  return [indent + line(plan), ...inputsOf(plan).flatMap((input) => outline(input, `${indent}  `))];
}

function line(plan: Plan): string {
  switch (plan.kind) {
    case "Scan": {
      const columns = [...(plan.columns ?? [])].sort().map((index) => plan.schema[index]!.name);
      const wishes = plan.wishes ? ` wish ${plan.wishes.map((wish) => shown(wish)).join(", ")}` : "";
      return `Scan ${plan.name} [${columns.join(" ")}]${wishes}`;
    }
    case "Filter":
      return `Filter ${shown(plan.predicate)}`;
    case "Sort":
      return plan.limit === undefined ? "Sort" : `Sort limit ${plan.limit}`;
    case "Limit":
      return `Limit ${plan.count}`;
    case "Join":
      return `Join ${plan.type}`;
    default:
      return plan.kind;
  }
}

/** Columns by position. */
function shown(expr: Expr): string {
  if (expr.kind === "Column") return `#${expr.index}`;
  return expr.kind === "Literal" ? String(expr.value) : `${expr.fn.name}(${expr.args.map(shown).join(" ")})`;
}

test("a filter is split at `and`, and its parts are wishes to the source", async () => {
  expect(await optimized("T", "| where a > 1 and (b == 'x' and c < 2.0)")).toBe(
    [
      "Filter <(#2 2)",
      "  Filter ==(#1 x)",
      "    Filter >(#0 1)",
      "      Scan T [a b c d] wish >(#0 1), ==(#1 x), <(#2 2)",
    ].join("\n"),
  );
});

test("a filter that throws dice or looks at neighbours stays whole, in its place, and is no wish", async () => {
  expect(await optimized("T", "| where a > 1 and rand() < 0.5")).toBe(
    ["Filter and(>(#0 1) <(rand() 0.5))", "  Scan T [a b c d]"].join("\n"),
  );
  expect(await optimized("T", "| serialize", "| where prev(a) == 1", "| where a > 1")).toBe(
    ["Filter >(#0 1)", "  Filter ==(prev(#0) 1)", "    Scan T [a b c d]"].join("\n"),
  );
});

test("a filter goes below a projection when it reads only columns that pass", async () => {
  expect(await optimized("T", "| project x = c, y = a + 1", "| where x > 1.0 and y > 2")).toBe(
    ["Filter >(#1 2)", "  Project", "    Filter >(#2 1)", "      Scan T [a c] wish >(#2 1)"].join("\n"),
  );
});

test("a filter stays above window functions and dice", async () => {
  expect(await optimized("T", "| serialize r = row_number()", "| where a > 1")).toBe(
    ["Filter >(#0 1)", "  Project", "    Scan T [a b c d]"].join("\n"),
  );
  expect(await optimized("T", "| extend r = rand()", "| where a > 1")).toBe(
    ["Filter >(#0 1)", "  Project", "    Scan T [a b c d]"].join("\n"),
  );
});

test("a filter goes below a sort, but not below a top", async () => {
  expect(await optimized("T", "| sort by c", "| where a > 1")).toBe(
    ["Sort", "  Filter >(#0 1)", "    Scan T [a b c d] wish >(#0 1)"].join("\n"),
  );
  expect(await optimized("T", "| top 3 by c", "| where a > 1")).toBe(
    ["Filter >(#0 1)", "  Sort limit 3", "    Scan T [a b c d]"].join("\n"),
  );
});

test("a filter goes into every leg of a union", async () => {
  expect(await optimized("T", "| union U", "| where a > 1", "| project e")).toBe(
    [
      "Project",
      "  Union",
      "    Project",
      "      Filter >(#0 1)",
      "        Scan T [a] wish >(#0 1)",
      "    Project",
      "      Filter >(#0 1)",
      "        Scan U [a e] wish >(#0 1)",
    ].join("\n"),
  );
});

test.each([
  ["inner", true, true],
  ["leftouter", true, false],
  ["rightouter", false, true],
  ["fullouter", false, false],
])("a filter goes to the side of a %s join that its columns come from", async (kind, left, right) => {
  const below = async (condition: string) =>
    (await optimized("T", `| join kind=${kind} U on a`, `| where ${condition}`)).split("\n")[0] === `Join ${kind}`;
  expect(await below("b == 'x'")).toBe(left);
  expect(await below("e == 'x'")).toBe(right);
  expect(await below("e == b")).toBe(false);
});

test("semi and anti joins have one side", async () => {
  expect(await optimized("T", "| join kind=leftanti U on a", "| where b == 'x'", "| project b")).toBe(
    ["Project", "  Join leftanti", "    Filter ==(#1 x)", "      Scan T [a b] wish ==(#1 x)", "    Scan U [a]"].join(
      "\n",
    ),
  );
  expect(await optimized("T", "| join kind=rightsemi U on a", "| where e == 'x'")).toBe(
    ["Join rightsemi", "  Scan T [a]", "  Filter ==(#1 x)", "    Scan U [a e] wish ==(#1 x)"].join("\n"),
  );
});

test("the left rows of an innerunique join are filtered before one of each key is chosen", async () => {
  expect(await optimized("T", "| join U on a", "| where b == 'x' and b != e", "| count")).toBe(
    [
      "Aggregate",
      "  Filter !=(#1 #5)",
      "    Join inner",
      "      FirstPerKey",
      "        Filter ==(#1 x)",
      "          Scan T [a b] wish ==(#1 x)",
      "      Scan U [a e]",
    ].join("\n"),
  );
});

test("a filter does not enter what others share", async () => {
  const plan = await optimized("let t = materialize(T | extend x = a + 1);", "t | where a > 1 | union t");
  expect(plan).toBe(
    [
      "Union",
      "  Project",
      "    Filter >(#0 1)",
      "      Shared",
      "        Project",
      "          Scan T [a b c d]",
      "  Project",
      "    Shared",
      "      Project",
      "        Scan T [a b c d]",
    ].join("\n"),
  );
});

test("a limit goes into a sort, through projections", async () => {
  expect(await optimized("T", "| sort by c", "| project a, x = a + 1", "| take 5")).toBe(
    ["Project", "  Sort limit 5", "    Scan T [a c]"].join("\n"),
  );
  expect(await optimized("T", "| top 3 by c", "| take 5")).toBe(["Sort limit 3", "  Scan T [a b c d]"].join("\n"));
  expect(await optimized("T", "| take 9", "| take 5")).toBe(["Limit 5", "  Scan T [a b c d]"].join("\n"));
  expect(await optimized("T", "| sort by c", "| serialize r = row_number()", "| take 5")).toBe(
    ["Limit 5", "  Project", "    Sort", "      Scan T [a b c d]"].join("\n"),
  );
});

test("a scan learns which columns are looked at", async () => {
  expect(await optimized("T", "| count")).toBe(["Aggregate", "  Scan T []"].join("\n"));
  expect(await optimized("T", "| summarize max(c) by b")).toBe(["Aggregate", "  Scan T [b c]"].join("\n"));
  expect(await optimized("T", "| extend x = c * 2", "| project a", "| top 2 by a")).toBe(
    ["Sort limit 2", "  Project", "    Project", "      Scan T [a]"].join("\n"),
  );
  expect(await optimized("T", "| mv-expand d to typeof(long)", "| project b")).toBe(
    ["Project", "  Unnest", "    Scan T [b d]"].join("\n"),
  );
  expect(await optimized("T", "| project a, b", "| evaluate narrow()")).toBe(
    ["Evaluate", "  Project", "    Scan T [a b]"].join("\n"),
  );
});

test("a scan behind several consumers serves them all", async () => {
  expect(await optimized("let t = T | where a > 1;", "t | project b;", "t | project c")).toBe(
    [
      "Project",
      "  Shared",
      "    Filter >(#0 1)",
      "      Scan T [a b c] wish >(#0 1)",
      ";",
      "Project",
      "  Shared",
      "    Filter >(#0 1)",
      "      Scan T [a b c] wish >(#0 1)",
    ].join("\n"),
  );
});

test("equal filters over one table run once, however often the query has them", async () => {
  expect(await optimized("T | where a > 1 | where b == 'x' | union (T | where a > 1 and b == 'x')")).toBe(
    [
      "Union",
      "  Project",
      "    Shared",
      "      Filter ==(#1 x)",
      "        Filter >(#0 1)",
      "          Scan T [a b c d] wish >(#0 1), ==(#1 x)",
      "  Project",
      "    Shared",
      "      Filter ==(#1 x)",
      "        Filter >(#0 1)",
      "          Scan T [a b c d] wish >(#0 1), ==(#1 x)",
    ].join("\n"),
  );
});

test("filters that differ, or roll dice, stay apart", async () => {
  for (const query of [
    "T | where a > 1 | union (T | where a > 2)",
    "T | where rand() > 0.5 | union (T | where rand() > 0.5)",
  ]) {
    expect(await optimized(query)).not.toContain("Shared");
  }
});

test("mv-apply and parse ask for the columns that they look at, and filters go below parse", async () => {
  expect(await optimized("T", "| mv-apply x = d to typeof(real) on (where x > c)", "| project x")).toBe(
    ["Project", "  Apply", "    Scan T [c d]", "    Filter >(#4 #2)", "      Given"].join("\n"),
  );
  expect(await optimized("T", "| parse b with 'x' q", "| where a > 1", "| where q == 'y'", "| project q")).toBe(
    ["Project", "  Filter ==(#4 y)", "    Extract", "      Filter >(#0 1)", "        Scan T [a b] wish >(#0 1)"].join(
      "\n",
    ),
  );
});

test("a graph asks for the ids of its nodes, and for the columns that its query looks at", async () => {
  const graph = "T | make-graph a --> a with U on a";
  const scans = async (query: string) =>
    (await optimized(query)).split("\n").flatMap((one) => (one.includes("Scan") ? [one.trim()] : []));
  expect(await scans(`${graph} | graph-match (x)-[e]->(y) where e.b == "" project y.a`)).toEqual([
    "Scan T [a b]",
    "Scan U [a]",
  ]);
  expect(await scans(`${graph} | graph-match (x)-[p*1..2]->(y) project x.e, map(p, c)`)).toEqual([
    "Scan T [a c]",
    "Scan U [a e]",
  ]);
  expect(await scans(`${graph} | graph-match (x)-[e]->(y) project e`)).toEqual(["Scan T [a b c d]", "Scan U [a]"]);
  expect(await scans(`${graph} | graph-mark-components | graph-to-table nodes`)).toEqual([
    "Scan T [a]",
    "Scan U [a e]",
  ]);
});
