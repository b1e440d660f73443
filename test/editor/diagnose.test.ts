import { describe, expect, test, vi } from "vitest";
import { diagnose, type EditorSchema } from "../../src/editor/index.ts";
import { parse } from "../../src/parser/parse.ts";
import { suiteQueries } from "../support/suite-queries.ts";
import { schema } from "./schema.ts";

/** `code text`, of each. */
const shown = (text: string, given: EditorSchema | undefined) =>
  diagnose(text, given).map(({ code, labels: [{ span }] }) => `${code} ${text.slice(span.start, span.end)}`);
const problems = (text: string) => shown(text, schema);

describe("diagnose", () => {
  test.each([
    ["Events | where Port > 1 | project Host", []],
    ["Events | where Prt > 1 | where Hst == 'a'", ["KS142 Prt", "KS142 Hst"]],
    ["Event | count", ["KS204 Event"]],
    ["Events | where Port | extend x = nope(1)", ["KS141 Port", "KS211 nope"]],
    ["Events | where ( | project Hst", ["KS005 ("]],
    ["let f = (x:long) { x + y }; print f(1)", ["KS142 y"]],
    ["database('other').Far | where b", ["KS142 b"]],
  ])("%s", (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test("what is seldom used is loaded at the first look, and known at the next", async () => {
    const text = "Events | make-graph Host --> Host | graph-match (a)-[e]->(b) project e.Prt";
    problems(text);
    await vi.waitFor(() => expect(problems(text)).toEqual(["KS142 Prt"]));
  });

  test.each([
    "Events | where Port == toscalar(Hosts | count) | take toscalar(Hosts | count)",
    "Events | where Host in (Hosts | project Host)",
    "Events | evaluate bag_unpack(Bag) | where x > 1 | summarize sum(y) by z | join Hosts on Host",
    "let T = Events | project Host, Port | evaluate pivot(Host); T | project a",
    "Events | join (Hosts | extend p = pack_all() | evaluate bag_unpack(p)) on a",
    "declare query_parameters(p:long); Events | where Port == p",
    "print geo_point_to_h3cell(1.0, 2.0)",
    "externaldata(a:long)['https://example.com/a.csv'] | where a > 1",
    "range t from toscalar(Events | summarize min(Time)) to now() step 1h",
    "// nothing",
    "",
  ])("no alarm where only rows can tell: %s", (text) => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ["let x = ; Events | where Port > x", ["KS006"]],
    ["let x = nope(1); x | count", ["KS211"]],
    ["Events | extend x = nope(1) | summarize by x", ["KS211"]],
    ["Events | project a = | where Host == 'x'", ["KS006"]],
    ["Nope | where a | summarize b", ["KS204"]],
  ])("one report for one mistake: %s", (text, codes) => {
    expect(diagnose(text, schema).map(({ code }) => code)).toEqual(codes);
  });

  test("without a schema nothing is said about tables", () => {
    for (const text of ["T | where a > 1", "let x = T; x | count", "print toscalar(T | count)", "union A, B | count"]) {
      expect(shown(text, undefined)).toEqual([]);
    }
    expect(shown("print nope(1)", undefined)).toEqual(["KS211 nope"]);
  });

  test("takes every query of the suite", () => {
    for (const query of suiteQueries) {
      const said = new Set(diagnose(query, schema).map(({ code }) => code));
      for (const { code } of parse(query).diagnostics) expect(said).toContain(code);
    }
  });
});
