import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokens } from "../../src/editor/tokens.ts";
import { suiteQueries } from "../support/suite-queries.ts";

/** `kind text` of every token. */
const shown = (text: string) => tokens(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe("tokens", () => {
  test("a query in colours", () => {
    expect(
      shown(`// events
let lim = 10;
T | where a has "x" and b > lim // why
| summarize n = count(), max(c) by bin(Timestamp, 1h)`),
    ).toEqual([
      "comment // events",
      "keyword let",
      "variable lim",
      "punctuation =",
      "number 10",
      "punctuation ;",
      "table T",
      "punctuation |",
      "keyword where",
      "column a",
      "operator has",
      'string "x"',
      "operator and",
      "column b",
      "operator >",
      "variable lim",
      "comment // why",
      "punctuation |",
      "keyword summarize",
      "column n",
      "punctuation =",
      "aggregate count",
      "punctuation (",
      "punctuation )",
      "punctuation ,",
      "aggregate max",
      "punctuation (",
      "column c",
      "punctuation )",
      "keyword by",
      "function bin",
      "punctuation (",
      "column Timestamp",
      "punctuation ,",
      "timespan 1h",
      "punctuation )",
    ]);
  });

  test("declarations, types, options, plugins and literals", () => {
    const all = new Set(
      shown(`declare query_parameters(start:datetime = datetime(2024-01-01));
let f = (x:long) { x + 1 };
T | join kind=inner hint.strategy=shuffle (U) on a | evaluate bag_unpack(d) | extend y = f(1), g = guid(null)
| render timechart with (title="t")`),
    );
    for (const one of [
      "parameter start",
      "type datetime",
      "datetime datetime(2024-01-01)",
      "function f",
      "parameter x",
      "type long",
      "option kind",
      "literal inner",
      "option hint",
      "option strategy",
      "table U",
      "plugin bag_unpack",
      "literal guid(null)",
      "literal timechart",
      "option title",
    ]) {
      expect(all).toContain(one);
    }
  });

  test("odd names, and what stands in a dynamic literal", () => {
    expect(shown("T | project ['a b']")).toEqual([
      "table T",
      "punctuation |",
      "keyword project",
      "column [",
      "column 'a b'",
      "column ]",
    ]);
    expect(shown('print dynamic({"a": 1 // one\n})')).toContain("comment // one");
    expect(shown('print dynamic({"a": 1})')).toContain("number 1");
  });

  test("what is none of KQL's", () => {
    expect(shown("T | where ?? a")).toContain("unknown ??");
    expect(shown("")).toEqual([]);
  });

  const covers = (text: string) => {
    let at = 0;
    for (const { start, end } of tokens(text)) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(at, start).replaceAll("\ufeff", "").trim()).toBe("");
      at = end;
    }
    expect(text.slice(at).replaceAll("\ufeff", "").trim()).toBe("");
  };

  test("cover every query of the suite", () => {
    for (const query of suiteQueries) covers(query);
  });

  test("cover any text", () => {
    fc.assert(fc.property(fc.string({ maxLength: 100 }), covers));
    const broken = fc
      .tuple(fc.constantFrom(...suiteQueries), fc.nat())
      .map(([query, at]) => query.slice(0, at % query.length));
    fc.assert(fc.property(broken, covers), { numRuns: 500 });
  });
});
