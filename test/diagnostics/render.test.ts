import { describe, expect, test } from "vitest";
import type { Diagnostic, Label } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostic, type Source } from "../../src/diagnostics/render.ts";
import { openDocument } from "../../src/documents/open.ts";

/** The span of the first `word` in `text`. */
function spanOf(text: string, word: string): Label["span"] {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
}

function problem(...labels: readonly [Label, ...Label[]]): Diagnostic {
  return { code: "KS142", severity: "error", message: "the message", labels, stage: "query" };
}

/** The diagnostic with a caret below `word`, drawn; without its first line. */
function drawn(text: string, word: string, source: Partial<Source> = {}, label = "here"): string {
  const diagnostic = problem({ span: spanOf(text, word), text: label });
  return renderDiagnostic(diagnostic, { text, name: "q.kql", ...source }).replace("error[KS142]: the message\n", "");
}

function at(text: string, start: number, end = start): string {
  const rendered = renderDiagnostic(problem({ span: { start, end }, text: "" }), { text, name: "q.kql" });
  return rendered.replace("error[KS142]: the message\n", "");
}

const lines = (...each: readonly string[]) => each.join("\n");

describe("a diagnostic", () => {
  test("as a whole", () => {
    const text = 'StormEvents\n| where Sate == "TEXAS"\n';
    const diagnostic: Diagnostic = {
      code: "KS142",
      severity: "error",
      message: "the name `Sate` does not refer to any known column",
      labels: [{ span: spanOf(text, "Sate"), text: "not a column of `StormEvents`" }],
      help: "a column with a similar name exists: `State`",
      stage: "query",
    };
    expect(renderDiagnostic(diagnostic, { text, name: "rule.kql" })).toBe(
      lines(
        "error[KS142]: the name `Sate` does not refer to any known column",
        "  ╭─ rule.kql:2:9",
        '2 │ | where Sate == "TEXAS"',
        "  │         ^^^^ not a column of `StormEvents`",
        "  = help: a column with a similar name exists: `State`",
      ),
    );
  });

  test("a warning says so", () => {
    const warning: Diagnostic = { ...problem({ span: { start: 0, end: 1 }, text: "" }), severity: "warning" };
    expect(renderDiagnostic(warning, { text: "T", name: "q" })).toMatch(/^warning\[KS142\]/);
  });

  test("in color, the same text", () => {
    const diagnostic = problem({ span: { start: 0, end: 1 }, text: "here" });
    const plain = renderDiagnostic(diagnostic, { text: "T", name: "q" });
    const colored = renderDiagnostic(diagnostic, { text: "T", name: "q", color: true });
    expect(colored).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colors are
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});

describe("where it points", () => {
  test("line numbers make room for themselves", () => {
    const text = `${"\n".repeat(9)}where x`;
    expect(drawn(text, "x")).toBe(lines("   ╭─ q.kql:10:7", "10 │ where x", "   │       ^ here"));
  });

  test("several labels: the culprit has carets, the others dashes", () => {
    const text = "let a = 1;\nlet b = 2;\n\nlet a = 3;";
    const diagnostic = problem(
      { span: { start: text.lastIndexOf("a"), end: text.lastIndexOf("a") + 1 }, text: "again" },
      { span: spanOf(text, "a"), text: "first" },
    );
    expect(renderDiagnostic(diagnostic, { text, name: "q.kql" })).toBe(
      lines(
        "error[KS142]: the message",
        "  ╭─ q.kql:4:5",
        "1 │ let a = 1;",
        "  │     - first",
        "  ·",
        "4 │ let a = 3;",
        "  │     ^ again",
      ),
    );
  });

  test("two labels in one line", () => {
    const text = "a == b";
    const diagnostic = problem(
      { span: spanOf(text, "=="), text: "not defined" },
      { span: spanOf(text, "b"), text: "a string" },
    );
    expect(renderDiagnostic(diagnostic, { text, name: "q" })).toBe(
      lines("error[KS142]: the message", "  ╭─ q:1:3", "1 │ a == b", "  │   ^^ not defined", "  │      - a string"),
    );
  });

  test("a span over several lines: its first and its last", () => {
    const text = "T | join (\n  U\n  | take 1\n) on k";
    expect(drawn(text, "(\n  U\n  | take 1\n)")).toBe(
      lines("  ╭─ q.kql:1:10", "1 │ T | join (", "  │          ^", "  ·", "4 │ ) on k", "  │ ^ here"),
    );
  });

  test("a span over two lines", () => {
    expect(drawn("T | foo\n    bar baz", "foo\n    bar")).toBe(
      lines("  ╭─ q.kql:1:5", "1 │ T | foo", "  │     ^^^", "2 │     bar baz", "  │     ^^^ here"),
    );
  });

  test("a span that ends with its line", () => {
    expect(drawn("T |\n  take", "|\n")).toBe(lines("  ╭─ q.kql:1:3", "1 │ T |", "  │   ^ here"));
  });

  test("what is missing at the end of the text", () => {
    expect(at("T |", 3)).toBe(lines("  ╭─ q.kql:1:4", "1 │ T |", "  │    ^"));
  });

  test("what is missing before an empty line is missing behind the last word", () => {
    expect(at("T |\n\n  ", 7)).toBe(lines("  ╭─ q.kql:1:4", "1 │ T |", "  │    ^"));
    expect(at("T |\r\n", 5)).toBe(lines("  ╭─ q.kql:1:4", "1 │ T |", "  │    ^"));
  });

  test("beyond the text", () => {
    expect(at("T", 10, 20)).toBe(lines("  ╭─ q.kql:1:2", "1 │ T", "  │  ^"));
    expect(at("", 1, 2)).toBe(lines("  ╭─ q.kql:1:1", "1 │", "  │ ^"));
  });

  test("no place at all", () => {
    const nowhere = problem({ span: { start: 0, end: 0 }, text: "" });
    const help = { ...nowhere, help: "the help" };
    expect(renderDiagnostic(help, { text: "T", name: "q.kql" })).toBe(
      lines("error[KS142]: the message", "  ╭─ q.kql", "  = help: the help"),
    );
    // The message names the file already.
    expect(renderDiagnostic({ ...nowhere, stage: "data" }, { text: "T", name: "q.kql" })).toBe(
      "error[KS142]: the message",
    );
  });
});

describe("what it shows", () => {
  test("tabs are four blanks", () => {
    expect(drawn("\t| where\tx", "x")).toBe(
      lines("  ╭─ q.kql:1:10", "1 │     | where    x", "  │                ^ here"),
    );
  });

  test("CRLF", () => {
    expect(drawn("T\r\n| where x\r\n| take 1\r\n", "x")).toBe(
      lines("  ╭─ q.kql:2:9", "2 │ | where x", "  │         ^ here"),
    );
  });

  test("wide characters take two columns, combining ones none", () => {
    expect(drawn('print "日本", x', "x")).toBe(
      lines("  ╭─ q.kql:1:13", '1 │ print "日本", x', "  │               ^ here"),
    );
    expect(drawn('print "🎉e\u0301", x', "x")).toBe(
      lines("  ╭─ q.kql:1:15", '1 │ print "🎉e\u0301", x', "  │              ^ here"),
    );
    expect(drawn('print "日本"', "日本")).toBe(lines("  ╭─ q.kql:1:8", '1 │ print "日本"', "  │        ^^^^ here"));
  });

  test("control characters do not reach the terminal", () => {
    const text = "print '\u001b[31m\u202e' x";
    expect(drawn(text, "x")).toBe(lines("  ╭─ q.kql:1:16", "1 │ print '␛[31m\ufffd' x", "  │                ^ here"));
    const diagnostic = {
      ...problem({ span: { start: 0, end: 1 }, text: "a\u001bb" }),
      message: "x\ny",
      help: "\u0007",
    };
    expect(renderDiagnostic(diagnostic, { text: "T", name: "\u001b" })).toBe(
      lines("error[KS142]: x␊y", "  ╭─ ␛:1:1", "1 │ T", "  │ ^ a␛b", "  = help: ␇"),
    );
  });

  test("a long line is cut around the caret", () => {
    const text = `${"a".repeat(500)} needle ${"b".repeat(500)}`;
    const [, source = "", caret = ""] = drawn(text, "needle", { width: 40 }).split("\n");
    expect(source).toMatch(/^1 │ …a+ needle b+…$/);
    expect(source.length).toBeLessThanOrEqual(44);
    expect(caret.indexOf("^")).toBe(source.indexOf("needle"));
    expect(caret).toContain("^^^^^^ here");
  });

  test("a long line is cut where it has nothing to point at", () => {
    const text = `needle ${"b".repeat(500)}`;
    const [, source = "", caret = ""] = drawn(text, "needle", { width: 40 }).split("\n");
    expect(source).toMatch(/^1 │ needle b+…$/);
    expect(caret).toBe("  │ ^^^^^^ here");
    const end = `${"a".repeat(500)} needle`;
    expect(drawn(end, "needle", { width: 40 }).split("\n")[1]).toMatch(/^1 │ …a+ needle$/);
  });

  test("a span wider than the screen", () => {
    const text = `T | ${"b".repeat(500)}`;
    const [, source = "", caret = ""] = drawn(text, "b".repeat(500), { width: 40 }).split("\n");
    expect(source.length).toBeLessThanOrEqual(44);
    expect(caret.length).toBeLessThanOrEqual(44 + " here".length);
  });

  test("cuts do not split an emoji", () => {
    const text = `${"🎉".repeat(300)}x${"🎉".repeat(300)}`;
    const [, source = "", caret = ""] = drawn(text, "x", { width: 41 }).split("\n");
    expect(source).not.toMatch(/\p{Surrogate}/u);
    expect(caret).toMatch(/^ {2}│ +\^ here$/);
  });
});

describe("queries inside other files", () => {
  test("Markdown: the place in the page", () => {
    const page = "# Title\n\n- a list\n\n  ```kql\n  T\n  | where Sate\n  | take\n  ```\n";
    const [document] = openDocument("page.md", page) as readonly {
      text: string;
      offsetInFile: (n: number) => number;
    }[];
    const { text, offsetInFile } = document ?? { text: "", offsetInFile: (n: number) => n };
    const source = { name: "page.md", text: page, offsetInFile };
    expect(renderDiagnostic(problem({ span: spanOf(text, "Sate"), text: "" }), source)).toBe(
      lines("error[KS142]: the message", "  ╭─ page.md:7:11", "7 │   | where Sate", "  │           ^^^^"),
    );
    const end = problem({ span: { start: text.length, end: text.length }, text: "" });
    expect(renderDiagnostic(end, source)).toBe(
      lines("error[KS142]: the message", "  ╭─ page.md:8:9", "8 │   | take", "  │         ^"),
    );
    const over = problem({ span: { start: text.indexOf("| where"), end: text.length }, text: "" });
    expect(renderDiagnostic(over, source).split("\n").slice(1)).toEqual([
      "  ╭─ page.md:7:3",
      "7 │   | where Sate",
      "  │   ^^^^^^^^^^^^",
      "8 │   | take",
      "  │   ^^^^^^",
    ]);
  });

  test("YAML: the place in the rule", () => {
    const rule = "name: x\nquery: |\n    T\n    | where Sate\n\n    | take 1\nid: 7\n";
    const [document] = openDocument("rule.yaml", rule) as readonly {
      text: string;
      offsetInFile: (n: number) => number;
    }[];
    const { text, offsetInFile } = document ?? { text: "", offsetInFile: (n: number) => n };
    const diagnostic = problem({ span: spanOf(text, "Sate"), text: "" });
    expect(renderDiagnostic(diagnostic, { name: "rule.yaml", text: rule, offsetInFile })).toBe(
      lines("error[KS142]: the message", "  ╭─ rule.yaml:4:13", "4 │     | where Sate", "  │             ^^^^"),
    );
  });
});
