import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";

const numbers = tableFromRows([{ name: "n", type: "long" }], [[1], [2], [3]]);

function databaseWith(files: Readonly<Record<string, string>>) {
  const functions = Object.entries(files).map(([name, text]) => ({ name, text }));
  return createDatabase({ tables: new Map([["T", numbers]]), functions, clock: () => 0n });
}

async function column(files: Readonly<Record<string, string>>, query: string): Promise<readonly unknown[]> {
  const { results } = await databaseWith(files).query(query);
  return results.flatMap((result) => rowsOf(result).map(([cell]) => cell));
}

/** What a user sees of a query that fails. */
async function report(files: Readonly<Record<string, string>>, query: string): Promise<string> {
  try {
    await databaseWith(files).query(query);
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return thrown.diagnostics.map((each) => renderDiagnostic(each, { text: query, name: "q.kql" })).join("\n");
  }
  throw new Error("it did not fail");
}

describe("stored functions", () => {
  const library = {
    "library.kql": `// Two of them.
.create function Double(x:long) { x * 2 }

.create-or-alter function with (folder = "a (b)", docstring = 'it\\'s one') ['Above'](source:(n:long) = T, least:long) {
  let twice = Double(least);
  source | where n * 2 > twice
}
.create function ifnotexists Big() { Above(T, 1) | where n < 3 }
`,
    "functions/Least.kql": "(source:(n:long), most:long = 1) {\n  source | top most by n asc\n}",
    "Odd.kql": "// those with a remainder\nlet two = 2;\nT | where n % two == 1",
  };

  test.each([
    ["print Double(4)", [8n]],
    ["Above(T, 1)", [2n, 3n]],
    ["Above(least = 2)", [3n]],
    ["Above(datatable(n:long) [7], 0)", [7n]],
    ["Big | count", [1n]],
    ["Big()", [2n]],
    ["T | invoke Least(2)", [1n, 2n]],
    ["Odd | union Odd() | count", [4n]],
    ["T | where n in (Odd)", [1n, 3n]],
    ["print toscalar(Odd | summarize max(n))", [3n]],
  ])("%s", async (query, expected) => {
    expect(await column(library, query)).toEqual(expected);
  });

  // https://learn.microsoft.com/kusto/query/schema-entities/tables: of a function and a table, a name means the function.
  test("a function comes before a table of its name, and `table()` means the table", async () => {
    const files = { "T.kql": "table('T') | where n == 2" };
    expect(await column(files, "T")).toEqual([2n]);
    expect(await column(files, "table('T') | count")).toEqual([3n]);
    // Measured on the Kusto emulator (duckdb-kql's notes): a pattern finds no function, so here it is the table as well.
    expect(await column(files, "union T* | count")).toEqual([3n]);
  });

  // Measured on the Kusto emulator (duckdb-kql's notes): a call stands for the body, so names of the query reach into it.
  test("`let` hides them, also from one another, and the tables that they read", async () => {
    expect(await column(library, "let Double = (x:long) { x * 10 }; print Double(4)")).toEqual([40n]);
    expect(await column(library, "let Double = (x:long) { 0 }; Above(T, 2)")).toEqual([1n, 2n, 3n]);
    expect(await column(library, "let T = datatable(n:long) [9]; Odd")).toEqual([9n]);
    expect(await column(library, "let before = Odd; let T = datatable(n:long) [9]; before")).toEqual([1n, 3n]);
    expect(await column(library, "let F = () { T }; let T = datatable(n:long) [9]; F() | count")).toEqual([3n]);
  });

  // Measured on the Kusto emulator (duckdb-kql's notes).
  test("a column hides parameters and names of the body; those hide the names of the query", async () => {
    const files = {
      "a.kql": `.create function P(n:long) { T | extend k = n }
.create function L() { let n = 0; T | extend k = n }
.create function Q(x:long) { T | extend n = x }
.create function G() { T | extend n = Kx }
.create function H() { let k = 0; T | extend n = k }`,
    };
    expect(await column(files, "P(0) | project k")).toEqual([1n, 2n, 3n]);
    expect(await column(files, "L() | project k")).toEqual([1n, 2n, 3n]);
    expect(await column(files, "let x = 100; Q(5) | take 1")).toEqual([5n]);
    expect(await column(files, "let k = 100; H() | take 1")).toEqual([0n]);
    expect(await column(files, "let Kx = 5; G() | take 1")).toEqual([5n]);
  });

  test("a view is one of the tables that `union *` looks into", async () => {
    const files = { "a.kql": ".create function with (view = true) V() { T | take 1 }\n.create function F() { T }" };
    expect(await column(files, "union * | count")).toEqual([4n]);
  });

  // https://learn.microsoft.com/kusto/query/schema-entities/views
  test("a name of the query that is no view hides no table from a pattern", async () => {
    expect(await column({}, "let T = datatable(n:long) [9]; union T*")).toEqual([1n, 2n, 3n]);
    expect(await column({}, "let T = 9; union * | count")).toEqual([3n]);
    expect(await column({}, "let T = datatable(n:long) [9]; search '1' or '9' | project n")).toEqual([1n]);
    expect(await column({}, "let T = view () { datatable(n:long) [9] }; union T*")).toEqual([9n]);
  });

  test("a function that calls itself is refused", async () => {
    const circle = { "Ping.kql": "Pong", "Pong.kql": "Ping | take 1" };
    expect(
      await report(circle, "Ping"),
    ).toBe(`error[KQ226]: in the stored function \`Pong\` (Pong.kql:1:1): the stored function \`Ping\` calls itself
  ╭─ q.kql:1:1
1 │ Ping
  │ ^^^^ called here
  = help: Kusto's functions do not call themselves, nor each other in a circle`);
  });

  test("an error in a body shows the call, and says where in the file it is", async () => {
    const files = { "lib/Bad.kql": "(x:long) {\n  T\n  | where m == x\n}", "Outer.kql": "Bad(1)" };
    expect(
      await report(files, "T | union (Outer)"),
    ).toBe(`error[KS142]: in the stored function \`Bad\` (lib/Bad.kql:3:11): the name \`m\` does not refer to any known column, table, variable or function
  ╭─ q.kql:1:11
1 │ T | union (Outer)
  │           ^^^^^^^ called here
  = help: a name with a similar name exists: \`n\``);
  });

  test("also one that shows only when it runs", async () => {
    const files = { "Check.kql": "(x:long) { extract(strcat(x, '('), 0, 'a') }" };
    expect(await report(files, "T\n| project Check(n)")).toMatch(
      /in the stored function `Check` \(Check.kql:1:\d+\): .*\n.*q.kql:2:11/,
    );
  });

  test("so does one in its syntax, once it is called", async () => {
    const files = { "Bad.kql": ".create function Fine() { T }\n.create function Bad() {\n  T | where\n}" };
    expect(await column(files, "Fine | count")).toEqual([3n]);
    expect(await report(files, "Bad")).toMatch(/^error\[KS\d+\]: in the stored function `Bad` \(Bad.kql:[34]:\d+\): /);
  });

  test("an argument that does not fit is shown in the query", async () => {
    expect(await report(library, "print Double('x')")).toContain("│              ^^^");
    expect(await report(library, "print Double()")).toContain("`Double` expects 1 argument, found no arguments");
  });

  test.each([
    [{ "a.kql": ".create function F() { 1 }", "b/F.kql": "T" }, "`F` is defined twice: in `a.kql` and in `b/F.kql`"],
    [{ "strlen.kql": "(x:string) { 1 }" }, "`strlen`, which is the name of a built-in function"],
    [{ "a.kql": ".create function F() { 1 }\n.create table T (n:long)" }, "a.kql:2: this command defines no function"],
    [{ "a.kql": ".create function with (x" }, "a.kql:1: this command defines no function"],
  ])("texts that define nothing that can be called: %o", (files, message) => {
    expect(() => databaseWith(files as Record<string, string>)).toThrow(message);
  });

  test("a text with more than a function", async () => {
    expect(await report({ "a.kql": ".create function F() { 1 }; T" }, "F")).toMatch(/KQ408.*a.kql:1:19/);
  });
});
