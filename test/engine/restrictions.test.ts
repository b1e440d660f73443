import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";
import type { Tables } from "../../src/engine/shelf.ts";

const numbers = (...rows: readonly number[]) =>
  tableFromRows(
    [{ name: "n", type: "int" }],
    rows.map((row) => [row]),
  );

const database = createDatabase({
  clock: () => 0n,
  tables: new Map([
    ["T", numbers(1)],
    ["Tail", numbers(2)],
    ["U", numbers(3)],
  ]),
  databases: new Map<string, Tables>([["Other", new Map([["T", numbers(4)]])]]),
  functions: [
    { name: "Sum.kql", text: "Tail | union U" },
    { name: "Next.kql", text: ".create function Next(x:long) { x + 1 }" },
  ],
  identity: { database: "Here" },
});

/** The numbers of the result, or the codes of what is wrong. */
async function answer(query: string): Promise<readonly unknown[]> {
  try {
    const { results } = await database.query(query);
    return results.flatMap((result) => rowsOf(result).map((row) => row.at(-1))).sort();
  } catch (thrown) {
    if (thrown instanceof KqlError) return thrown.diagnostics.map((each) => each.code);
    throw thrown;
  }
}

describe("restrict access", () => {
  test("`database()` is the database that the query runs in", async () => {
    expect(await answer("database().T")).toEqual([1]);
    expect(await answer("union database().T*")).toEqual([1, 2]);
    expect(await answer("restrict access to (database().T); T")).toEqual([1]);
    expect(await answer('restrict access to (database("Here").T); database().T')).toEqual([1]);
    expect(await answer("restrict access to (T); T")).toEqual([1]);
  });

  test("other tables are out of sight, by whatever name", async () => {
    expect(await answer("restrict access to (database().T); U")).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T); database().U")).toEqual(["KS204"]);
    expect(await answer('restrict access to (database().T); table("U")')).toEqual(["KS204"]);
    expect(await answer('restrict access to (database().T); materialized_view("U")')).toEqual(["KS204"]);
    expect(await answer('restrict access to (database().T); database("Other").T')).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T); T | where n in (U)")).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T); let f = () { U }; f()")).toEqual(["KS204"]);
  });

  test("patterns find what is in sight", async () => {
    expect(await answer("restrict access to (database().T*); union *")).toEqual([1, 2]);
    expect(await answer("restrict access to (database().T*); union T*, U")).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T*); union isfuzzy=true T*, U")).toEqual([1, 2]);
    expect(await answer("restrict access to (database().T*); union database().*")).toEqual([1, 2]);
    expect(await answer("restrict access to (database().Tail); search *")).toEqual([2]);
    expect(await answer("restrict access to (database().*); union T, U")).toEqual([1, 3]);
    expect(await answer('restrict access to (database("Other").*); database("Other").T')).toEqual([4]);
    expect(await answer('restrict access to (database("Other").*); T')).toEqual(["KS204"]);
    expect(await answer("restrict access to (*); T")).toEqual(["KS204"]);
  });

  test("a stored function on the list sees more than the query", async () => {
    expect(await answer("restrict access to (database().Sum); Sum")).toEqual([2, 3]);
    expect(await answer("restrict access to (database().Sum); Sum() | where n > 2")).toEqual([3]);
    expect(await answer("restrict access to (Sum); Sum | union U")).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T); Sum")).toEqual(["KS204"]);
    expect(await answer("restrict access to (database().T); T | project Next(n)")).toEqual(["KS211"]);
    expect(await answer("restrict access to (database().T, database().Next); T | project toint(Next(n))")).toEqual([2]);
    expect(await answer("let V = view () { Sum | where n > 2 }; restrict access to (V); V")).toEqual([3]);
  });
});
