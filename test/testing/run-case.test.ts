import { describe, expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { type Failure, rewriteFile, runCase } from "../../src/testing/run-case.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";

/** The verdicts of the cases in `text`. */
async function verdicts(text: string) {
  const database = createDatabase();
  return Promise.all(parseTestFile(text).map((each) => runCase(each, database)));
}

async function passes(text: string): Promise<void> {
  for (const verdict of await verdicts(text)) expect(verdict).toEqual({ passed: true });
}

async function fails(text: string): Promise<Failure> {
  const [verdict] = await verdicts(text);
  if (!verdict || verdict.passed) throw new Error("the case passes");
  return verdict;
}

async function rewritten(text: string): Promise<string> {
  const rewrites = (await verdicts(text)).flatMap((each) => (each.passed || !each.rewrite ? [] : [each.rewrite]));
  return rewriteFile(text, rewrites);
}

describe("cells are compared by value", () => {
  test.each([
    ["real(1)", "real", "1"],
    ["real(1)", "real", "1.0"],
    ["real(nan)", "real", "NaN"],
    ["real(-inf)", "real", "-Infinity"],
    ["real(null)", "real", "null"],
    ["long(null)", "long", "null"],
    ["9007199254740993", "long", "9007199254740993"],
    ["decimal(1.10)", "decimal", "1.1"],
    ["datetime(2017-01-01)", "datetime", "2017-01-01T00:00:00.0000000Z"],
    ["datetime(2017-01-01)", "datetime", "2017-01-01"],
    ["1d", "timespan", "1.00:00:00"],
    ["guid(74BE27DE-1E4E-49D9-B579-FE0B331D3642)", "guid", "74be27de-1e4e-49d9-b579-fe0b331d3642"],
    ["true", "bool", "true"],
    ['dynamic({"a":1,"b":[2]})', "dynamic", '{"b": [2], "a": 1}'],
    ["dynamic(null)", "dynamic", "null"],
    ['dynamic("a|b")', "dynamic", '"a|b"'],
    ['"plain text"', "string", "plain text"],
    ['""', "string", '""'],
    ['"null"', "string", '"null"'],
    ['" a|\\"\\\\\\t"', "string", '" a|\\"\\\\\\t"'],
    ['"C:\\\\temp"', "string", "C:\\temp"],
    ['"\\u00e9"', "string", "é"],
    ['"\\u200b"', "string", '"\\u200b"'],
  ])("%s is the %s %s", async (expression, type, cell) => {
    await passes(`print x = ${expression}\n---\nx:${type}\n${cell}`);
  });

  test.each([
    ["1", "long", "2"],
    ["1", "real", "1"],
    ["1", "int", "1"],
    ["real(nan)", "real", "0"],
    ["real(0.1) + real(0.2)", "real", "0.3"],
    ["long(null)", "long", "0"],
    ["9007199254740993", "long", "9007199254740992"],
    ["decimal(1.1)", "decimal", "1.2"],
    ["datetime(2017-01-01)", "datetime", "2017-01-01T00:00:00.0000001Z"],
    ["1d", "timespan", "1.00:00:00.0000001"],
    ["false", "bool", "true"],
    ['dynamic({"a":1})', "dynamic", '{"a":2}'],
    ['dynamic({"a":1})', "dynamic", '{"a":1,"b":null}'],
    ["dynamic([1,2])", "dynamic", "[2,1]"],
    ['dynamic("1")', "dynamic", "1"],
    ['"a"', "string", "A"],
    ['"a "', "string", "a"],
    ['""', "string", '"null"'],
  ])("%s is not the %s %s", async (expression, type, cell) => {
    await fails(`print x = ${expression}\n---\nx:${type}\n${cell}`);
  });

  test.each([
    ["long", "x"],
    ["long", ""],
    ["bool", "1"],
    ["string", "null"],
    ["string", '"a'],
    ["string", '"a" b'],
    ["string", '"\\q"'],
    ["dynamic", "{a:1}"],
    ["text", "a"],
  ])("a cell that is none is an error: %s %s", async (type, cell) => {
    await fails(`print x = long(null)\n---\nx:${type}\n${cell}`);
  });
});

describe("tables", () => {
  const three = "range x from 1 to 3 step 1";

  test("rows in order", async () => {
    await passes(`${three}\n---\nx:long\n1\n2\n3`);
    expect((await fails(`${three}\n---\nx:long\n1\n3\n2`)).message).toBe(
      [
        "row 2, `x`: expected 3, found 2",
        "",
        "expected",
        "  x:long",
        "  1",
        "> 3",
        "> 2",
        "",
        "found",
        "  x:long",
        "  1",
        "> 2",
        "> 3",
      ].join("\n"),
    );
  });

  test("the failure points at the line of the row", async () => {
    expect((await fails(`// note\n${three}\n---\nx:long\n1\n3\n2`)).line).toBe(6);
  });

  test("in any order, as often as they come", async () => {
    await passes(`datatable(x:long) [3, 1, 3]\n--- any order\nx:long\n3\n3\n1`);
    const { message } = await fails(`datatable(x:long) [3, 1, 3]\n--- any order\nx:long\n3\n1\n1`);
    expect(message).toContain("1 expected row is missing and 1 row is too many");
  });

  test("too few and too many rows", async () => {
    expect((await fails(`${three}\n---\nx:long\n1\n2`)).message).toContain("expected 2 rows, found 3");
    expect((await fails(`${three}\n---\nx:long\n1\n2\n3\n4`)).message).toContain("expected 4 rows, found 3");
    expect((await fails(`${three} | where x > 5\n---\nx:long\n1`)).message).toContain("expected 1 row, found none");
    await passes(`${three} | where x > 5\n---\nx:long`);
  });

  test.each(["y:long", "x:int", "x:long | y:long", "x"])("the columns %s are not x:long", async (header) => {
    await fails(`${three} | take 0\n---\n${header}`);
  });

  test("within a tolerance, inside dynamic values too", async () => {
    await passes(`print x = 0.1 + 0.2, y = dynamic([1.0001, 2])\n--- within 1e-3\nx:real | y:dynamic\n0.3 | [1, 2]`);
    await fails(`print x = 0.31\n--- within 1e-3\nx:real\n0.3`);
    await fails(`print x = dynamic([1.1])\n--- within 1e-3\nx:dynamic\n[1]`);
    await passes(`print x = 1000000.5\n--- within 1e-6\nx:real\n1000000`);
  });

  test("a table per result", async () => {
    await passes("print a = 1; print b = 2\n---\na:long\n1\n---\nb:long\n2");
    expect((await fails("print a = 1; print b = 2\n---\na:long\n1")).message).toContain("expected 1 result");
    await fails("print a = 1; print b = 2\n---\na:long\n1\n---\nb:long\n3");
  });

  test("a row of the wrong width", async () => {
    const failure = await fails("print a = 1\n---\na:long\n1 | 2");
    expect(failure.message).toContain("the row has 2 cells, the header has 1 column");
    expect(failure.line).toBe(4);
  });

  test("a query that fails, and one that should", async () => {
    expect((await fails("print nope\n---\nx:long")).message).toContain("error[KS142]");
    expect((await fails("print 1\n--- error\nKS142")).message).toContain("expected an error");
  });
});

describe("errors", () => {
  const query = "print nope";

  test("the code, and parts of what is said", async () => {
    await passes(`${query}\n--- error\nKS142`);
    await passes(`${query}\n--- error\nKS142 the name \`nope\` does not refer`);
    await passes(`${query}\n--- error\nKS142\nthe name \`nope\`\nnot known here`);
    expect((await fails(`${query}\n--- error\nKS143`)).message).toContain("expected the error KS143, found KS142");
    expect((await fails(`${query}\n--- error\nKS142 something else`)).message).toContain(
      "does not say: something else",
    );
    await fails(`${query}\n--- error\nKS142\nnot known here\nelsewhere`);
  });

  test("a code is needed", async () => {
    await fails(`${query}\n--- error\nthe name`);
    await fails(`${query}\n--- error`);
  });

  test("as it is printed", async () => {
    const printed = [
      "error[KS142]: the name `nope` does not refer to any known column, table, variable or function",
      "  ╭─ query:1:7",
      "1 │ print nope",
      "  │       ^^^^ not known here",
    ];
    await passes([query, "--- error", ...printed].join("\n"));
    await fails([query, "--- error", ...printed.slice(0, 3)].join("\n"));
  });
});

test("the clock stands still, and dice fall the same", async () => {
  await passes("print t = now()\n---\nt:datetime\n2024-01-01");
  await passes("// now: 2020-02-29\nprint t = now()\n---\nt:datetime\n2020-02-29");
});

describe("rewriting", () => {
  test("what fails is written anew, aligned; what passes stays as it is", async () => {
    const text =
      'print a = 1\n---\na:long\n1\n\n// note\ndatatable(s:string, n:long) ["x", 1, "", 22]\n--- any order\nold:long\n\nprint b = 2\n---\nb:long\n2\n';
    expect(await rewritten(text)).toBe(
      'print a = 1\n---\na:long\n1\n\n// note\ndatatable(s:string, n:long) ["x", 1, "", 22]\n--- any order\ns:string | n:long\nx        | 1\n""       | 22\n\nprint b = 2\n---\nb:long\n2\n',
    );
  });

  test("a case without expectation gets one", async () => {
    expect(await rewritten("print a = 1\n\nprint nope\n")).toBe(
      "print a = 1\n---\na:long\n1\n\nprint nope\n--- error\nKS142 the name `nope` does not refer to any known column, table, variable or function\n",
    );
  });

  test("what it writes passes", async () => {
    const text =
      'print a = " x", b = "null", c = "a|b\\"c\\\\", d = "\\n\\u200b\\u0007", e = dynamic({"a|b":[1,2.5,null,"q\\"\\u2028"]}), f = real(nan), g = datetime(2020-01-01 01:02:03.4), h = decimal(1.5), i = int(null), j = "--- x"; print 1\n';
    const once = await rewritten(text);
    await passes(once);
    expect(await rewritten(once)).toBe(once);
  });

  test("line ends stay", async () => {
    expect(await rewritten("print a = 1\r\n---\r\na:long\r\n2\r\n")).toBe("print a = 1\r\n---\r\na:long\r\n1\r\n");
  });
});
