import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "../../src/parser/parse.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const queries = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.kql"))
  .flatMap((path) => parseTestFile(readFileSync(join(root, path), "utf8")).map((each) => each.query));

interface Spanned {
  readonly span: { readonly start: number; readonly end: number };
}

/** Every node of a tree. */
function* nodesOf(value: unknown): Generator<Spanned> {
  if (typeof value !== "object" || value === null || value instanceof Map) return;
  if ("span" in value && "kind" in value) yield value as Spanned; // every node has a kind and a span
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

/** Whatever the text: a tree whose nodes lie within it, and diagnostics that point into it. */
function check(text: string): void {
  const { tree, diagnostics } = parse(text);
  for (const { span } of nodesOf(tree)) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  for (const { labels } of diagnostics) {
    for (const { span } of labels) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  }
}

/** Pieces of graphs, groups and commands. */
const newer = ["1 | make-graph a --> b ", "-[e*1..3]->(b)", "; declare pattern p", "| reduce by x ", "\n#x ", ",,"];

const words =
  `| ; , ( ) [ ] { } . .. = == != =~ + - * / % < > : " ' @" h' \`\`\` ~~~ // let where project extend summarize by
  join on kind union take top sort asc desc nulls first count distinct mv-expand to typeof evaluate render with print
  range from step datatable externaldata as serialize in !in has between and or not dynamic( datetime( 1d 0x1 1.5 5 x
  T long string ['a'] $left $right * ?? # \\ \n`.split(/\s+/);

describe("the parser", () => {
  test("there are queries to break", () => {
    expect(queries.length).toBeGreaterThan(300);
  });

  test("takes a list of tables whose `as` is missing", () => {
    check('print s = "x"\n| search in"\n| search in (T) "x"');
  });

  test("takes any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 500 });
  });

  test("takes any sequence of words", () => {
    const text = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join(" "));
    fc.assert(fc.property(text, check), { numRuns: 1500 });
  });

  test("takes queries with a piece cut out, doubled or moved", () => {
    const broken = fc
      .tuple(
        fc.constantFrom(...queries),
        fc.nat(),
        fc.nat({ max: 20 }),
        fc.constantFrom("cut", "double", "end", "swap"),
      )
      .map(([query, at, length, how]) => {
        const start = at % (query.length + 1);
        const piece = query.slice(start, start + length);
        if (how === "cut") return query.slice(0, start) + query.slice(start + length);
        if (how === "double") return query.slice(0, start) + piece + query.slice(start);
        return how === "end" ? query.slice(0, start) : query.slice(start) + query.slice(0, start);
      });
    fc.assert(fc.property(broken, check), { numRuns: 3000 });
  });

  test("takes a whole query without a complaint, and says so", () => {
    const { diagnostics } = parse("T | where a == 1 | summarize count() by b | top 5 by count_");
    expect(diagnostics).toEqual([]);
  });

  test("refuses ten thousand levels of nesting with one sentence", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["[", "]"],
      ["f(", ")"],
      ["dynamic([", "])"],
      ["macro-expand G (", ")"],
      ["entity_group [", "]"],
    ] as const) {
      const { diagnostics } = parse(`print ${open.repeat(10_000)}1${close.repeat(10_000)}`);
      expect(diagnostics.length).toBeGreaterThan(0);
      expect(diagnostics.length).toBeLessThanOrEqual(20);
    }
  });

  test("takes 200 KB of one kind", { timeout: 120_000 }, () => {
    for (const piece of [
      "a ",
      "| ",
      "1 + ",
      "-",
      "let x = 1; ",
      '"',
      "[",
      "(",
      "x.",
      "not(",
      "'a' ",
      "// x\n",
      "a-",
      ...newer,
    ]) {
      const { diagnostics } = parse(`print ${piece.repeat(200_000 / piece.length)}`);
      expect(diagnostics.length).toBeLessThanOrEqual(20);
    }
  });
});
