import { expect, test } from "vitest";
import type { Plan } from "../../src/plan/nodes.ts";
import { columnAt, origin, type Row, rowsFrom, scanOf } from "./tables.ts";

test("a row expands to more rows than a batch holds, in order", async () => {
  const list = Array.from({ length: 50_000 }, (_, i) => i);
  const rows = [
    ["a", list],
    ["b", []],
    ["c", list],
    ["d", [1]],
  ].map((row): Row => row as Row);
  const input = scanOf(["string", "dynamic"], rows, 10);
  const plan: Plan = {
    kind: "Unnest",
    input,
    items: [{ expr: columnAt(input, 1), output: 1 }],
    itemIndex: 2,
    bagExpansion: "bag",
    schema: [
      { name: "k", type: "string" },
      { name: "x", type: "long" },
      { name: "i", type: "long" },
    ],
    origin,
  };
  const expanded = await rowsFrom(plan);
  expect(expanded).toHaveLength(100_001);
  expect(expanded[49_999]).toEqual(["a", 49_999n, 49_999n]);
  expect(expanded[50_000]).toEqual(["c", 0n, 0n]);
  expect(expanded[100_000]).toEqual(["d", 1n, 0n]);
});
