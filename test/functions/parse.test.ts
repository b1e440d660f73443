import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { windowsArguments } from "../../src/functions/algorithms/command-line.ts";
import { csvRecord } from "../../src/functions/algorithms/csv-record.ts";
import { parsePath } from "../../src/functions/algorithms/file-path.ts";
import { parseJsonPath } from "../../src/functions/algorithms/json-path.ts";
import { replaceEach } from "../../src/functions/algorithms/replace-each.ts";
import { parseUrl, queryParameters } from "../../src/functions/algorithms/url.ts";
import { parseXml } from "../../src/functions/algorithms/xml.ts";

const anyText = fc.string({ unit: "binary" });

describe("CSV", () => {
  test("a written record comes back", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "b", " ", ",", '"', "\n", "\r") });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const written = fields.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(",");
        expect(csvRecord(`${written}\nnext`)).toEqual(fields);
        expect(csvRecord(written)).toEqual(fields);
      }),
    );
  });

  test("any text is read", () => {
    fc.assert(fc.property(anyText, (one) => void expect(csvRecord(one).length).toBeGreaterThan(0)));
  });
});

/** How a program writes arguments so that CommandLineToArgvW gives them back. */
function quoted(argument: string): string {
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1")}"`;
}

describe("Windows command lines", () => {
  test("written arguments come back", () => {
    const argument = fc.string({ unit: fc.constantFrom("a", "b", " ", "\t", '"', "\\") });
    fc.assert(
      fc.property(fc.array(argument), (list) => {
        expect(windowsArguments(["app.exe", ...list.map(quoted)].join(" "))).toEqual(["app.exe", ...list]);
      }),
    );
  });

  // https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw
  test.each([
    ['x "abc" d e', ["abc", "d", "e"]],
    [String.raw`x a\\b d"e f"g h`, ["a\\\\b", "de fg", "h"]],
    [String.raw`x a\\\"b c d`, ['a\\"b', "c", "d"]],
    [String.raw`x a\\\\"b c" d e`, ["a\\\\b c", "d", "e"]],
    ['x a"b"" c d', ['ab"', "c", "d"]],
    ['x """a"""', ['"a"']],
    ['x """', ['"']],
    ['x a""b c', ["ab", "c"]],
    ["x", []],
    ["x  ", []],
  ])("%s", (line, expected) => {
    expect(windowsArguments(line)).toEqual(["x", ...expected]);
  });

  test("a blank at the start is an empty program", () => {
    expect(windowsArguments(" a")).toEqual(["", "a"]);
  });
});

describe("paths and URLs", () => {
  test("any text has parts that stand in it", () => {
    fc.assert(
      fc.property(anyText, (one) => {
        for (const part of Object.values(parsePath(one))) expect(one).toContain(part);
        for (const part of Object.values(parseUrl(one) ?? {})) expect(one).toContain(part);
        for (const [name, values] of queryParameters(one)) {
          expect(name).not.toBe("");
          expect(values).not.toContain("");
        }
      }),
    );
  });

  test("the parts of a URL make it up", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "1", "-", "%41") });
    const port = fc.constantFrom("", ":1", ":8080");
    fc.assert(
      fc.property(word, word, port, word, word, word, (user, host, colonPort, path, query, fragment) => {
        const url = `http://${user}:pw@h${host}${colonPort}/${path}?${query}#${fragment}`;
        expect(parseUrl(url)).toEqual({
          scheme: "http",
          user,
          password: "pw",
          host: `h${host}`,
          port: colonPort.slice(1),
          path: `/${path}`,
          query,
          fragment,
        });
      }),
    );
  });

  test.each(["$", "$.a", "$.a.b", "$['a b'].c", '$["x"][0]', "$[12]", "$.ä", "$.a-b"])("%s is a JSON path", (path) => {
    expect(parseJsonPath(path)).toBeDefined();
  });

  test.each([
    "",
    "a",
    "$a",
    "$.",
    "$..a",
    "$[*]",
    "$.*",
    "$[-1]",
    "$[0:1]",
    "$['a','b']",
    "$[?(@.a)]",
    "$.a b",
    "$[a]",
  ])("%s is no JSON path", (path) => {
    expect(parseJsonPath(path)).toBeUndefined();
  });
});

describe("XML", () => {
  test("any text is read or refused", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b/>",
      "<a b='c'>",
      "x",
      "&lt;",
      "&",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?p?>",
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (one) => void parseXml(one),
      ),
    );
    fc.assert(fc.property(anyText, (one) => void parseXml(one)));
  });

  test("deep nesting is refused, not a crash", () => {
    expect(parseXml("<a>".repeat(100_000))).toBeUndefined();
    expect(parseXml("<a>".repeat(400) + "</a>".repeat(400))).toBeDefined();
  });

  test("an unclosed part takes no time", () => {
    const start = performance.now();
    for (const open of ["<!--", "<?", "<![CDATA[", "<!DOCTYPE ", "<a b='", "&"]) parseXml(`<a>${open.repeat(50_000)}`);
    for (const open of ["<!--", "<?", "<!DOCTYPE [", " "]) parseXml(open.repeat(50_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe("replaceEach", () => {
  test("with one lookup it is replaceAll", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b") });
    fc.assert(
      fc.property(word, word, word, (text, lookup, rewrite) => {
        expect(replaceEach(text, [lookup], [rewrite])).toBe(
          lookup === "" ? text : text.replaceAll(lookup, () => rewrite),
        );
      }),
    );
  });
});
