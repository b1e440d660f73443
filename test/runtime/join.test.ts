import fc from "fast-check";
import { expect, test } from "vitest";
import type { Join, JoinType, Plan } from "../../src/plan/nodes.ts";
import { columnAt, keyType, origin, type Row, rowsFrom, rowsOfTypes, rowText, scanOf } from "./tables.ts";

const kinds: readonly JoinType[] = [
  "inner",
  "leftouter",
  "rightouter",
  "fullouter",
  "leftsemi",
  "leftanti",
  "rightsemi",
  "rightanti",
];

const input = fc.array(keyType, { minLength: 1, maxLength: 2 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    left: rowsOfTypes([...types, "long"], 25),
    right: rowsOfTypes([...types, "string"], 25),
    size: fc.integer({ min: 1, max: 12 }),
  }),
);

/** Every row with every row. */
function nestedLoops(type: JoinType, keys: number, left: readonly Row[], right: readonly Row[]): readonly Row[] {
  const matches = (a: Row, b: Row) => {
    const [x, y] = [a.slice(0, keys), b.slice(0, keys)];
    return rowText(x) === rowText(y);
  };
  const rightOnly = (matched: boolean) => right.filter((b) => left.some((a) => matches(a, b)) === matched);
  switch (type) {
    case "leftsemi":
    case "leftanti":
      return left.filter((a) => right.some((b) => matches(a, b)) === (type === "leftsemi"));
    case "rightsemi":
    case "rightanti":
      return rightOnly(type === "rightsemi");
  }
  const nothing = (width: number): Row => new Array(width).fill(null);
  const rows = left.flatMap((a): Row[] => {
    const pairs = right.filter((b) => matches(a, b)).map((b) => [...a, ...b]);
    if (pairs.length > 0 || type === "inner" || type === "rightouter") return pairs;
    return [[...a, ...nothing(keys + 1)]];
  });
  if (type === "inner" || type === "leftouter") return rows;
  return [...rows, ...rightOnly(false).map((b) => [...nothing(keys + 1), ...b])];
}

/** A string that is missing is the empty string. */
function shown(plan: Plan, rows: readonly Row[]): readonly string[] {
  return rows.map((row) => rowText(row.map((cell, i) => (plan.schema[i]!.type === "string" ? (cell ?? "") : cell))));
}

function joinPlan(type: JoinType, keys: number, left: Plan, right: Plan): Join {
  const on = Array.from({ length: keys }, (_, i) => ({ left: columnAt(left, i), right: columnAt(right, i) }));
  const schema = type.startsWith("leftsemi") || type === "leftanti" ? left.schema : right.schema;
  const both = [...left.schema, ...right.schema.map(({ name, type }) => ({ name: `${name}_r`, type }))];
  return { kind: "Join", type, left, right, on, schema: /semi|anti/.test(type) ? schema : both, origin };
}

test.each(kinds)("%s joins as nested loops do, in their order", async (type) => {
  await fc.assert(
    fc.asyncProperty(input, async ({ types, left, right, size }) => {
      const plan = joinPlan(
        type,
        types.length,
        scanOf([...types, "long"], left, size),
        scanOf([...types, "string"], right, size),
      );
      const expected = nestedLoops(type, types.length, left, right);
      expect(shown(plan, await rowsFrom(plan))).toEqual(shown(plan, expected));
    }),
    { numRuns: 150 },
  );
});

test("many matches of one row come in several batches, none lost", async () => {
  const left = [[1n], [2n], [1n]].map((row): Row => row);
  const right = Array.from({ length: 70_000 }, (_, i): Row => [1n, BigInt(i)]);
  const plan = joinPlan("leftouter", 1, scanOf(["long"], left, 10), scanOf(["long", "long"], right, 1_000));
  const rows = await rowsFrom(plan);
  expect(rows).toHaveLength(140_001);
  expect(rows[69_999]).toEqual([1n, 1n, 69_999n]);
  expect(rows[70_000]).toEqual([2n, null, null]);
  expect(rows[140_000]).toEqual([1n, 1n, 69_999n]);
});
