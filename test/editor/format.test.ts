import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutChangesMeaning } from "../../src/diagnostics/catalogue/editor.ts";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { format } from "../../src/editor/format.ts";
import { lexemesOf } from "../../src/editor/lexemes.ts";
import { sameTree } from "../../src/editor/same-tree.ts";
import { parse } from "../../src/parser/parse.ts";
import { suiteQueries } from "../support/suite-queries.ts";

const valid = suiteQueries.filter((query) => parse(query).diagnostics.every(({ severity }) => severity !== "error"));
const commentsOf = (text: string) => lexemesOf(text).asides.map(({ start, end }) => text.slice(start, end).trimEnd());

/** Layout changes nothing but the layout, and is its own layout. */
function check(query: string): void {
  const { text, diagnostics } = format(query);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(format(text).text).toBe(text);
  expect(sameTree(parse(query).tree, parse(text).tree)).toBe(true);
  expect(commentsOf(text)).toEqual(commentsOf(query));
  expect(text).not.toMatch(/[ \t]$/m);
}

describe("format", () => {
  test("there are queries to lay out", () => {
    expect(valid.length).toBeGreaterThan(1000);
  });

  test("keeps the meaning and the comments of every query of the suite", () => {
    for (const query of valid) check(query);
  });

  test("keeps comments and meaning wherever comments and line breaks stand", () => {
    const noise = fc.constantFrom("\n", " \n\n", " // note\n", "\n// note\n", "\n\n// a\n// b\n", "  ", "\r\n");
    const noisy = fc
      .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(), noise), { maxLength: 6 }))
      .map(([query, places]) => {
        const { lexemes, asides } = lexemesOf(query);
        // Not inside of `T*`, whose parts must touch, nor in what is not read yet.
        const starts = lexemes.filter(
          ({ start }) => !/[*\w"'\])]$/.test(query.slice(0, start)) || !/^[*\w[(]/.test(query.slice(start)),
        );
        const free = starts.filter(({ start }) => !asides.some((aside) => aside.start < start && start < aside.end));
        const offsets = places
          .map(([at, text]) => ({ at: free[at % free.length]?.start ?? 0, text }))
          .sort((a, b) => b.at - a.at);
        return offsets.reduce((text, { at, text: inserted }) => text.slice(0, at) + inserted + text.slice(at), query);
      })
      .filter((query) => parse(query).diagnostics.length === 0);
    fc.assert(fc.property(noisy, check), { numRuns: 1500 });
  });
});

/** The query of docs/format.md. */
const shown = /```kql\n([\s\S]*?)```/.exec(readFileSync("docs/format.md", "utf8"))?.[1] ?? "";

describe("the layout", () => {
  test("the page that explains it shows it", () => {
    expect(shown).toContain("summarize");
    expect(format(shown)).toEqual({ text: shown, diagnostics: [] });
    const bare = shown.replace(/^\/\/.*\n/gm, "").replace(/ \/\/.*/g, "");
    expect(format(bare.replace(/\s+/g, " ")).text).toBe(bare);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ["a pipeline", "T|where a>1|take 5", ["T", "| where a > 1", "| take 5"]],
    ["signs", "print - 1, a-1, -a, x*-1", ["print -1, a - 1, -a, x * -1"]],
    ["patterns", "T|project-away T_*,*x|union A*,*", ["T", "| project-away T_*, *x", "| union A*, *"]],
    ["paths", "T|project a . b [ 0 ].c['d'],['e f']", ["T", "| project a.b[0].c['d'], ['e f']"]],
    ["strings and numbers", "print h'x' ,@\"\\\" , 1e3,0xFF, 1.50", ["print h'x', @\"\\\", 1e3, 0xFF, 1.50"]],
    ["a let of a pipeline", "let x=T|where a|project b;x", ["let x = T", "    | where a", "    | project b;", "x"]],
    ["empty lines", "let a=1;\n\n\nlet b=2;\nT\n\n|take a", ["let a = 1;", "", "let b = 2;", "T", "| take a"]],
    ["comments at the ends", "// a\n\n// b\nT // c\n\n// d", ["// a", "", "// b", "T // c", "", "// d"]],
    ["a comment before a comma", "T|project a // first\n, b", ["T", "| project", "    a // first", "    , b"]],
    ["a comment in an argument", "print f(a, // x\nb)", ["print f(", "    a, // x", "    b", ")"]],
    [
      "a schema behind a plugin",
      "T|evaluate bag_unpack(d):(a:long,b:string)",
      ["T", "| evaluate bag_unpack(d) : (a:long, b:string)"],
    ],
    [
      "scan",
      "T|sort by a asc|scan declare(n:long=0)with(step s1:true=>n=a;step s2 output=none:a>1=>n=s1.n;)",
      [
        "T",
        "| sort by a asc",
        "| scan declare (n:long = 0) with (",
        "    step s1: true => n = a;",
        "    step s2 output=none: a > 1 => n = s1.n;",
        ")",
      ],
    ],
    ["search", 'search in(A,B)Col:"x" and "y"', ['search in (A, B) Col:"x" and "y"']],
    ["nothing", " \n ", []],
  ])("%s", (_, query, lines) => {
    expect(format(query).text).toBe(lines.map((line) => `${line}\n`).join(""));
  });

  test("a text with mistakes stays as it is", () => {
    const { text, diagnostics } = format("T|where |");
    expect(text).toBe("T|where |");
    expect(diagnostics.map(({ severity }) => severity)).toContain("error");
  });

  test("if it ever changed a query, it would say so", () => {
    const text = "T | count";
    expect(renderDiagnostic(layoutChangesMeaning({ start: 4, end: 9 }), { text, name: "q.kql" })).toBe(
      [
        "error[KQ503]: the layout would change what the query means: it stays as it is",
        "  ╭─ q.kql:1:5",
        "1 │ T | count",
        "  │     ^^^^^",
        "  = help: this is a defect of kqlite: please report it with the query",
      ].join("\n"),
    );
  });

  test("a list of plain values fills its lines", () => {
    const values = Array.from({ length: 40 }, (_, i) => `"value${i}"`).join(",");
    const lines = format(`T|where a in (${values})`).text.split("\n");
    expect(lines.length).toBeLessThan(12);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
