import { describe, expect, test } from "vitest";
import type { TableSource } from "../../src/data/batch.ts";
import type { Schema } from "../../src/data/types.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";

const now = 638_396_640_000_000_000n;
const numbers: Schema = [
  { name: "n", type: "long" },
  { name: "s", type: "string" },
];
const numbersTable = tableFromRows(numbers, [
  [1, "a"],
  [2, "b"],
  [3, "a"],
]);

/** Counts how often its rows are read, and how often it is opened. */
function counted(table: TableSource) {
  const counts = { scans: 0, opened: 0 };
  const source: TableSource = {
    schema: table.schema,
    scan: (request) => {
      counts.scans++;
      return table.scan(request);
    },
  };
  const open = async () => {
    counts.opened++;
    return source;
  };
  return { counts, source, open };
}

async function codesOf(running: Promise<unknown>): Promise<readonly string[]> {
  try {
    await running;
  } catch (thrown) {
    if (thrown instanceof KqlError) return thrown.diagnostics.map((each) => each.code);
    throw thrown;
  }
  throw new Error("it did not fail");
}

describe("query", () => {
  const database = createDatabase({ tables: new Map([["T", numbersTable]]), clock: () => now });

  test("gives a result per tabular statement", async () => {
    const { results, diagnostics } = await database.query("T | where n > 1 | project n; T | count");
    expect(results.map(rowsOf)).toEqual([[[2n], [3n]], [[3n]]]);
    expect(results.map((result) => result.schema.map((field) => field.name))).toEqual([["n"], ["Count"]]);
    expect(diagnostics).toEqual([]);
  });

  test("throws everything that is wrong", async () => {
    expect(await codesOf(database.query("T | where x == 1 and y == 2"))).toEqual(["KS142", "KS142"]);
    expect(await codesOf(database.query("T |"))).toEqual(["KS176"]);
  });

  test("runs at the time of the clock, or at its own", async () => {
    const at = async (own?: bigint) => rowsOf((await database.query("print now()", { now: own })).results[0] ?? fail());
    expect(await at()).toEqual([[now]]);
    expect(await at(5n)).toEqual([[5n]]);
    expect(await codesOf(createDatabase().query("print 1"))).toEqual(["KQ401"]);
  });

  test("takes parameters", async () => {
    const text = "declare query_parameters(least:long = 3); T | where n >= least | count";
    const count = async (parameters?: ReadonlyMap<string, string>) =>
      rowsOf((await database.query(text, { parameters })).results[0] ?? fail());
    expect(await count()).toEqual([[1n]]);
    expect(await count(new Map([["least", "2"]]))).toEqual([[2n]]);
    expect(await codesOf(count(new Map([["most", "2"]])))).toEqual(["KQ209"]);
  });

  test.each(["7d", "168h", "7.00:00:00", "timespan(7d)", "time(7)"])("takes the timespan %s", async (text) => {
    const query = "declare query_parameters(back:timespan); print days = back / 1d";
    const { results } = await database.query(query, { parameters: new Map([["back", text]]) });
    expect(rowsOf(results[0] ?? fail())).toEqual([[7]]);
  });

  test("a seed makes dice fall the same", async () => {
    const roll = async (seed?: number) =>
      rowsOf((await database.query("range x from 1 to 5 step 1 | project rand()", { seed })).results[0] ?? fail());
    expect(await roll(7)).toEqual(await roll(7));
    expect(await roll(7)).not.toEqual(await roll(8));
    expect(await roll()).not.toEqual(await roll());
    for (const [cell] of await roll(7)) expect(Number(cell)).toSatisfy((value: number) => value >= 0 && value < 1);
  });

  test("stops when it is told to", async () => {
    const reason = new Error("enough");
    const signal = { aborted: true, reason };
    await expect(database.query("T", { signal })).rejects.toBe(reason);
  });

  test("says what render asked for", async () => {
    const { results } = await database.query("T | render timechart with (title = 'x')");
    expect(results[0]?.rendering).toEqual({ chart: "timechart", properties: new Map([["title", "x"]]) });
  });

  test("external data needs someone who finds it", async () => {
    expect(await codesOf(database.query("externaldata(a:long)['https://x']"))).toEqual(["KQ400"]);
  });
});

describe("subqueries that shape the plan", () => {
  const database = createDatabase({ tables: new Map([["T", numbersTable]]), clock: () => now });
  const rows = async (text: string) => rowsOf((await database.query(text)).results[0] ?? fail());

  test("several, one inside another", async () => {
    const text = `let most = toscalar(T | summarize max(n));
      let other = toscalar(T | where n < most | summarize max(n));
      print most, other, toscalar(T | where n == other | project s)`;
    expect(await rows(text)).toEqual([[3n, 2n, "b"]]);
  });

  test("a shared table is the same in each", async () => {
    const text = `let S = materialize(T | extend m = n * 10);
      let most = toscalar(S | summarize max(m));
      S | where m == most | project s, n`;
    expect(await rows(text)).toEqual([["a", 3n]]);
  });
});

describe("tables that open late", () => {
  test("only those that a query names, and once", async () => {
    const [used, unused] = [counted(numbersTable), counted(numbersTable)];
    const database = createDatabase({
      tables: new Map([
        ["T", used.open],
        ["U", unused.open],
      ]),
      clock: () => now,
    });
    expect(rowsOf((await database.query("T | join kind=inner (T) on n | count")).results[0] ?? fail())).toEqual([[3n]]);
    await database.query("T | count");
    expect([used.counts.opened, unused.counts.opened]).toEqual([1, 0]);
    await database.query("union * | count");
    expect(unused.counts.opened).toBe(1);
    expect(await codesOf(database.query("V"))).toEqual(["KS204"]);
  });

  test("one that cannot be opened fails the query, not the database", async () => {
    let there = false;
    const open = async () => {
      if (!there) throw new Error("not yet");
      return numbersTable;
    };
    const database = createDatabase({ tables: new Map([["T", open]]), clock: () => now });
    await expect(database.query("T")).rejects.toThrow("not yet");
    there = true;
    expect((await database.query("T")).results[0]?.rows.length).toBe(3);
  });

  test("results that share a subplan read its table once", async () => {
    const { counts, source } = counted(numbersTable);
    const database = createDatabase({ tables: new Map([["T", source]]), clock: () => now });
    await database.query("let S = materialize(T | where n > 1); S | count; S | summarize sum(n)");
    expect(counts.scans).toBe(1);
  });
});

test("data that does not fit fails the query, also in columns that nothing but the result looks at", async () => {
  const broken: TableSource = {
    schema: numbers,
    scan: async function* () {
      yield {
        schema: numbers,
        length: 1,
        column: (index) => {
          throw new Error(`column ${index} is broken`);
        },
      };
    },
  };
  const database = createDatabase({ tables: new Map([["T", broken]]), clock: () => now });
  await expect(database.query("T | project s")).rejects.toThrow("column 1 is broken");
});

test("prepare binds and runs nothing", async () => {
  const { counts, source } = counted(numbersTable);
  const database = createDatabase({ tables: new Map([["T", source]]), clock: () => now });
  const { results } = await database.prepare("T | where n > 1");
  expect(results.map((each) => each.plan.kind)).toEqual(["Filter"]);
  expect(counts.scans).toBe(0);
});

function fail(): never {
  throw new Error("there is no result");
}

test("a request property that nobody knows is a warning", async () => {
  const { diagnostics } = await createDatabase({ clock: () => now }).query("set notruncatoin; print 1");
  expect(diagnostics.map(({ code, severity, message, help }) => [code, severity, message, help])).toEqual([
    [
      "KQ217",
      "warning",
      "`notruncatoin` is not a request property, and changes nothing",
      "a property with a similar name exists: `notruncation`",
    ],
  ]);
});
