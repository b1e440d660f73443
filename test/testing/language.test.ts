import { describe, expect, test } from "vitest";
import { defaultNow, parseTestFile } from "../../src/testing/test-file.ts";

const parseOne = (text: string) => {
  const [only, ...others] = parseTestFile(text);
  expect(others).toEqual([]);
  if (!only) throw new Error("no case");
  return only;
};

describe("the .test.kql language", () => {
  test("a case: notes, query, directive, lines", () => {
    const found = parseOne(
      "// says why\n// docs: https://x\nprint a = 1\n| extend b = 2\n---\na:long | b:long\n1 | 2\n",
    );
    expect(found.notes).toEqual(["says why", "docs: https://x"]);
    expect(found.query).toBe("print a = 1\n| extend b = 2");
    expect(found.name).toBe("3: print a = 1");
    expect(found.expectations).toEqual([
      { kind: "table", anyOrder: false, within: 0, line: 5, lines: ["a:long | b:long", "1 | 2"] },
    ]);
    expect(found.problem).toBeUndefined();
  });

  test("blank lines separate cases; a block of notes alone is none", () => {
    const cases = parseTestFile("// about the file\n\nprint 1\n---\na:long\n\n \t\nprint 2\n---\na:long\n");
    expect(cases.map((each) => each.query)).toEqual(["print 1", "print 2"]);
    expect(cases.map((each) => each.line)).toEqual([3, 8]);
  });

  test("comments inside a query belong to it", () => {
    expect(parseOne("print 1 // one\n// and\n| take 1\n---\na:long").query).toBe("print 1 // one\n// and\n| take 1");
  });

  test("files with CRLF read the same", () => {
    const found = parseOne("print a = 1\r\n---\r\na:long\r\n1\r\n");
    expect(found.query).toBe("print a = 1");
    expect(found.expectations[0]?.lines).toEqual(["a:long", "1"]);
  });

  test("directives", () => {
    const kinds = (directive: string) => parseOne(`print 1\n${directive}\na:long`).expectations[0];
    expect(kinds("--- any order")).toMatchObject({ kind: "table", anyOrder: true, within: 0 });
    expect(kinds("--- within 1e-9")).toMatchObject({ anyOrder: false, within: 1e-9 });
    expect(kinds("--- any order, within 0.5")).toMatchObject({ anyOrder: true, within: 0.5 });
    expect(kinds("--- error")).toMatchObject({ kind: "error" });
  });

  test.each([
    "--- sorted",
    "--- any ordr",
    "--- within",
    "--- within x",
    "--- within 0",
    "--- any order any order",
    "--- error KS142",
    "----",
    "--- within 1, within 2",
  ])("%s is not a directive", (directive) => {
    expect(parseOne(`print 1\n${directive}\na:long`).problem).toMatchObject({
      line: 2,
      message: expect.stringContaining("is not a directive"),
    });
  });

  test("settings hold from their case on", () => {
    const cases = parseTestFile(
      "// now: 2026-01-01\n\nprint 1\n---\na:long\n\n// data: ../fixtures\n// external: https://x/?a=b=c.csv\nprint 2\n---\na:long",
    );
    const [first, second] = cases.map((each) => each.settings);
    expect(first?.now).toBe(639_028_224_000_000_000n);
    expect(first?.data).toBeUndefined();
    expect(second).toEqual({
      now: first?.now,
      data: "../fixtures",
      external: new Map([["https://x/?a=b", "c.csv"]]),
    });
    expect(parseOne("print 1\n---\na:long").settings.now).toBe(defaultNow);
  });

  test("the query may stand in another file", () => {
    const found = parseOne("// query: rule.md#2\n---\na:long");
    expect(found).toMatchObject({ file: "rule.md#2", query: "", name: "2: rule.md#2", problem: undefined });
  });

  test.each([
    ["print 1", 1, "there is no `---`"],
    ["---\na:long\n1", 1, "there is no query"],
    ["// now: someday\nprint 1\n---\na:long", 1, "is not a datetime"],
    ["// external: nothing\nprint 1\n---\na:long", 1, "URL=FILE"],
    ["// query: a.kql\nprint 1\n---\na:long", 2, "a query of its own"],
    ["print 1\n---\na:long\n1\n--- error\nKS142", 1, "stands alone"],
  ])("a problem: %j", (text, line, message) => {
    expect(parseOne(text).problem).toEqual({ line, message: expect.stringContaining(message) });
  });
});
