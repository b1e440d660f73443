import { expect, test } from "vitest";
import { type Batch, batchOf, type TableSource } from "../../src/data/batch.ts";
import { collect } from "../../src/data/concat.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import type { PluginDefinition } from "../../src/functions/plugin.ts";
import { Refusal } from "../../src/functions/refusal.ts";
import type { Evaluate, Plan, Range, Shared } from "../../src/plan/nodes.ts";
import { execute } from "../../src/runtime/execute.ts";
import { batchesOf, columnAt, origin, type Row, rowsFrom, scanOf, schemaOf, testRun } from "./tables.ts";

const rows = Array.from({ length: 10 }, (_, i): Row => [BigInt(i)]);

/** Counts the batches that were pulled out of it. */
function countedSource(): { readonly source: TableSource; pulled: number; closed: boolean } {
  const schema = schemaOf(["long"]);
  const state = {
    pulled: 0,
    closed: false,
    source: {
      schema,
      scan: async function* () {
        try {
          for (const batch of batchesOf(schema, rows, 2)) {
            state.pulled++;
            yield batch;
          }
        } finally {
          state.closed = true;
        }
      },
    },
  };
  return state;
}

function scan(source: TableSource): Plan {
  return { kind: "Scan", name: "T", source, schema: source.schema, origin };
}

test("a limit stops its source as soon as it has enough", async () => {
  const counted = countedSource();
  const input = scan(counted.source);
  const limited: Plan = { kind: "Limit", count: 3, input, schema: input.schema, origin };
  expect(await rowsFrom(limited)).toEqual([[0n], [1n], [2n]]);
  expect(counted.pulled).toBe(2);
  expect(counted.closed).toBe(true);
});

test("nothing is read before somebody pulls", () => {
  const counted = countedSource();
  execute(scan(counted.source), testRun());
  expect(counted.pulled).toBe(0);
});

test("a shared subplan runs once, whoever consumes it", async () => {
  const counted = countedSource();
  const input = scan(counted.source);
  const shared: Shared = {
    kind: "Shared",
    id: 1,
    drawn: false,
    inlined: false,
    name: "t",
    input,
    schema: input.schema,
    origin,
  };
  const once: Plan = { kind: "Limit", count: 1, input: shared, schema: input.schema, origin };
  const run = testRun();
  const plan: Plan = { kind: "Union", inputs: [once, shared, shared], schema: input.schema, origin };
  expect(await rowsFrom(plan, run)).toEqual([[0n], ...rows, ...rows]);
  expect(await rowsFrom(shared, run)).toEqual(rows);
  expect(counted.pulled).toBe(5);
});

test("a cancelled run stops between batches, with the reason it was given", async () => {
  const controller = new AbortController();
  const counted = countedSource();
  const run = testRun({ signal: controller.signal });
  const seen: Batch[] = [];
  const pull = async () => {
    for await (const batch of execute(scan(counted.source), run)) {
      seen.push(batch);
      if (seen.length === 2) controller.abort(new Error("enough"));
    }
  };
  await expect(pull()).rejects.toThrow("enough");
  expect(seen).toHaveLength(2);
  expect(counted.closed).toBe(true);
  await expect(rowsFrom(scan(counted.source), run)).rejects.toThrow("enough");
});

test("a source may leave out columns that nobody asks for", async () => {
  const schema = schemaOf(["long", "string"]);
  const source: TableSource = {
    schema,
    scan: async function* ({ columns }) {
      expect([...columns]).toEqual([1]);
      for (const batch of batchesOf(schema, [[1n, "a"]], 1)) {
        yield { ...batch, column: (index) => (columns.has(index) ? batch.column(index) : fail(index)) };
      }
    },
  };
  const input: Plan = { kind: "Scan", name: "T", source, schema, columns: new Set([1]), origin };
  const outputs = [columnAt(input, 1)];
  const plan: Plan = { kind: "Project", input, outputs, whole: false, schema: [schema[1]!], origin };
  expect(await rowsFrom(plan)).toEqual([["a"]]);
});

function fail(index: number): never {
  throw new Error(`column ${index} was not asked for`);
}

function pluginPlan(plugin: Pick<PluginDefinition, "run">): Evaluate {
  const input = scanOf(["long"], rows, 5);
  return {
    kind: "Evaluate",
    input,
    plugin: {
      kind: "plugin",
      name: "odd_one",
      aliases: [],
      summary: "",
      docs: "",
      params: [],
      schema: { from: "arguments", of: () => input.schema },
      ...plugin,
    },
    call: { args: new Map(), input: input.schema },
    tables: [input],
    schema: input.schema,
    origin: { start: 3, end: 9 },
  };
}

test("what a plugin refuses becomes an error with its place, also at a later look", async () => {
  const atOnce = pluginPlan({
    // biome-ignore lint/correctness/useYield: it fails before its first batch
    run: async function* () {
      throw new Refusal("x", "`x` is odd");
    },
  });
  const late = pluginPlan({
    run: async function* ({ rows: input, schema }) {
      for await (const batch of input) {
        yield {
          schema,
          length: batch.length,
          column: () => {
            throw new Refusal("x", "`x` is odd");
          },
        };
      }
    },
  });
  for (const plan of [atOnce, late]) {
    const error = await rowsFrom(plan).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KqlError);
    const [diagnostic] = (error as KqlError).diagnostics;
    expect(diagnostic).toMatchObject({ code: "KQ211", stage: "run", message: "`odd_one`: `x` is odd" });
    expect(diagnostic.labels[0].span).toEqual({ start: 3, end: 9 });
  }
});

test("a plugin has its tables whole and its input batch by batch", async () => {
  const plan = pluginPlan({
    run: async function* ({ rows: input, tables, schema }) {
      expect(tables.map((table) => table.length)).toEqual([10]);
      let batches = 0;
      for await (const batch of input) {
        batches++;
        yield batchOf(schema, [batch.column(0)], batch.length);
      }
      expect(batches).toBe(2);
    },
  });
  expect(await rowsFrom(plan)).toEqual(rows);
});

test("a range comes in batches", async () => {
  const bound = (value: bigint) => ({ kind: "Literal", value, type: "long", span: origin }) as const;
  const schema = schemaOf(["long"]);
  const plan: Range = { kind: "Range", from: bound(1n), to: bound(200_000n), step: bound(1n), schema, origin };
  const lengths: number[] = [];
  for await (const batch of execute(plan, testRun())) lengths.push(batch.length);
  expect(lengths).toEqual([65_536, 65_536, 65_536, 3_392]);
  const all = await collect(execute(plan, testRun()), schema);
  const { data } = all.column(0);
  expect((data as BigInt64Array).every((value, i) => value === BigInt(i + 1))).toBe(true);
});
