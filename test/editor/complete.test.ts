import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CompletionItem, complete, diagnose } from "../../src/editor/index.ts";
import { operators } from "../../src/editor/operators.ts";
import { parse } from "../../src/parser/parse.ts";
import { suiteQueries } from "../support/suite-queries.ts";
import { atCaret, schema } from "./schema.ts";

const at = (text: string) => complete(...atCaret(text), schema);
const labels = (text: string, ...kinds: readonly CompletionItem["kind"][]) =>
  at(text)
    .items.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ label }) => label);

describe("complete", () => {
  test("at the beginning of a statement: tables, sources and statements", () => {
    for (const text of ["^", "let x = 1;\n^", "let f = () { ^"]) {
      expect(labels(text)).toEqual(expect.arrayContaining(["Events", "Hosts", "print", "datatable", "let", "set"]));
    }
    expect(labels("let T = Events | project Port; ^")).toContain("T");
  });

  test("behind a pipe: operators, with a sentence and a page", () => {
    const { items, replace } = at("Events | wh^ere Port > 1");
    expect(items.find(({ label }) => label === "where")).toEqual({
      label: "where",
      kind: "operator",
      insert: "where",
      documentation: "Keeps the rows for which the condition is true.",
      docs: "https://learn.microsoft.com/kusto/query/where-operator",
    });
    expect(replace).toEqual({ start: 9, end: 14 });
    expect(at("Events | project-aw^").replace).toEqual({ start: 9, end: 19 });
    expect(items.map(({ label }) => label)).not.toContain("print");
  });

  test("columns as they are at that pipe, with their types", () => {
    expect(at("Events | where ^").items.slice(0, 5)).toEqual([
      { label: "Host", kind: "column", insert: "Host", detail: "string" },
      { label: "Port", kind: "column", insert: "Port", detail: "int" },
      { label: "Time", kind: "column", insert: "Time", detail: "datetime" },
      { label: "Bag", kind: "column", insert: "Bag", detail: "dynamic" },
      { label: "odd name", kind: "column", insert: "['odd name']", detail: "real" },
    ]);
    const columns = (text: string) => labels(text, "column");
    expect(columns("Events | project a = Port * 2, Host | where ^")).toEqual(["a", "Host"]);
    expect(columns("Events | summarize n = count() by Host | extend x = strlen(^")).toEqual(["Host", "n"]);
    expect(columns("Events | where Port > 1 | where Ho^ | project Host")).toContain("Port");
    expect(columns("Events | join kind=inner (Hosts | where ^")).toEqual(["Host", "Owner"]);
    expect(columns("Events | join Hosts on Host | project ^")).toContain("Owner");
    expect(columns("Events | mv-apply Item = Bag on (where ^")).toContain("Item");
    expect(columns("let x = toscalar(Hosts | summarize ^")).toEqual(["Host", "Owner"]);
    expect(columns("print x = 1 | extend ^")).toEqual(["x"]);
    expect(columns("database('other').Far | where ^")).toEqual(["a"]);
    expect(columns("print ^")).toEqual([]);
  });

  test("in text that is broken before the caret", () => {
    expect(labels("Events | where nope > 1 | where ^", "column")).toContain("Host");
    expect(labels("Events | nonsense | where ^", "column")).toContain("Host");
    expect(labels("let a = ; Events | where ^", "column")).toContain("Host");
    expect(labels("Events | where (Port > 1 | project Host | where ^", "operator", "column")).not.toEqual([]);
  });

  test("names of the query, functions, aggregates and literals", () => {
    const all = labels("let lim = 10; let f = (x:long) { x }; Events | where Port > ^");
    expect(all).toEqual(expect.arrayContaining(["lim", "f", "strlen", "now", "true", "datetime()"]));
    expect(all).not.toContain("dcount");
    expect(labels("Events | summarize ^", "aggregate")).toContain("dcount");
    expect(labels("Events | summarize dcount(Port) by ^", "aggregate")).toEqual([]);
    const strlen = at("print str^").items.find(({ label }) => label === "strlen");
    expect(strlen).toMatchObject({ detail: "strlen(text: string): long", kind: "function" });
    expect(strlen?.docs).toContain("strlen");
  });

  test("inside of a function that nobody calls yet: its parameters", () => {
    const text = "let f = (p:long, T:(z:real)) { let q = 1; T | where ^";
    expect(labels(text, "column")).toEqual(["z"]);
    expect(labels(text, "variable")).toEqual(["p", "q"]);
  });

  test("behind an operand: operators and the words of the clause", () => {
    expect(labels("Events | where Host ^")).toEqual(expect.arrayContaining(["has", "==", "!in", "matches regex"]));
    expect(labels("Events | summarize count() ^")).toContain("by");
    expect(labels("Events | sort ^")).toEqual(["by"]);
    expect(labels("Events | sort by Port ^")).toEqual(expect.arrayContaining(["asc", "nulls last"]));
  });

  test("options and their values", () => {
    expect(labels("Events | join ^", "option", "table")).toEqual([
      "kind",
      "hint.strategy",
      "hint.remote",
      "Events",
      "Hosts",
    ]);
    expect(labels("Events | join kind=^")).toContain("leftouter");
    expect(labels("Events | join kind=inner (^")).toContain("Hosts");
    expect(labels("Events | union kind=^")).toEqual(["outer", "inner"]);
    expect(labels("Events | render ^")).toContain("timechart");
    expect(labels("Events | render timechart with (^")).toContain("title");
    expect(labels("Events | evaluate ^")).toContain("bag_unpack");
    expect(labels("Events | evaluate ^")).not.toContain("python");
    expect(labels("Events | evaluate bag_unpack(^", "column")).toContain("Bag");
    expect(labels("Events | mv-apply x = Bag on (^")).toContain("where");
    expect(labels("datatable(a:^")).toContain("long");
    expect(labels("Events | extend x = extract('a', 1, Host, typeof(^")).toContain("long");
  });

  test("keys of a join: what both sides have", () => {
    expect(labels("Events | join (Hosts) on ^")).toEqual(["Host", "$left", "$right"]);
    expect(labels("Events | join kind=inner (Hosts | project Owner) on $left.Host == $right.^")).toEqual(["Owner"]);
    expect(labels("Events | lookup Hosts on $left.^", "column")).toContain("Port");
  });

  test("nothing in comments, texts and names that are being made up", () => {
    for (const text of ["Events // wh^", 'Events | where Host == "a^', "let ^", "print dynamic({'a^", "print 1.^"]) {
      expect(labels(text)).toEqual([]);
    }
  });

  test("takes any text and any caret", () => {
    const broken = fc.tuple(fc.constantFrom(...suiteQueries), fc.nat(), fc.nat());
    fc.assert(
      fc.property(broken, ([query, end, caret]) => {
        const text = query.slice(0, end % (query.length + 1));
        const offset = caret % (text.length + 1);
        const { items, replace } = complete(text, offset, schema);
        expect(replace.start).toBeLessThanOrEqual(offset);
        expect(replace.end).toBeGreaterThanOrEqual(offset);
        expect(new Set(items.map(({ insert, kind }) => `${kind} ${insert}`)).size).toBe(items.length);
      }),
      { numRuns: 400 },
    );
  });
});

describe("the table of operators", () => {
  test("knows all that are read", () => {
    const known = operators.map(({ name }) => name);
    for (const name of known) {
      const { diagnostics } = parse(`T | ${name} x`);
      expect(diagnostics.some(({ message }) => message.includes("is not a query operator"))).toBe(
        !operators.some((one) => one.name === name && one.places.includes("pipe")) && !["find"].includes(name),
      );
    }
    expect(new Set(known).size).toBe(known.length);
  });

  test("names only options and values that the binder takes", () => {
    const behind: Readonly<Record<string, string>> = {
      join: "Hosts on Host",
      lookup: "Hosts on Host",
      union: "Hosts",
      "mv-expand": "Bag",
      "mv-apply": "Bag on (take 1)",
      "make-series": "count() on Port from 1 to 5 step 1",
      parse: "Host with * 'a' x",
      "parse-where": "Host with * 'a' x",
      search: "'a'",
      partition: "by Host (take 1)",
      scan: "declare (n:long) with (step s: true => n = 1;)",
    };
    for (const { name, options } of operators) {
      for (const [option, values] of Object.entries(options)) {
        if (!(name in behind)) continue;
        for (const value of values.length > 0 ? values : ["x"]) {
          if (option === "flags") continue;
          const query = `Events | sort by Port | ${name} ${option}=${value} ${behind[name]}`;
          const codes = diagnose(query, schema).map(({ code, message }) => `${code} ${message}`);
          expect([query, codes.filter((code) => /^(KS179|KS005)/.test(code))]).toEqual([query, []]);
        }
      }
    }
  });
});
