import { describe, expect, test } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { specFilesIn } from "../../src/node/spec-files.ts";
import { loadSpec } from "../../src/testing/spec/load.ts";
import { readSpec } from "../../src/testing/spec/read.ts";
import { folderWith } from "../support/cli.ts";

const rule = `name: R
severity: Low
query: |
  T | where a > 1
queryPeriod: 1h
triggerOperator: gt
triggerThreshold: 0
`;

/** What is said of a spec, each fault as it is printed. */
async function faults(text: string, strict = false): Promise<readonly string[]> {
  const folder = await folderWith({
    "q.kql": "let least = 1;\nlet f = (x:long) { x };\nDeviceInfo | where Timestamp > ago(1d)",
    "page.md": "```kql\nprint 1\n```\n\n```kql\nprint 2\n```\n",
    "rule.yaml": rule,
    "odd.yaml": rule.replace("gt", "about"),
    "list.csv": "a\n1\n",
    "f.kql": "print 1",
    "schema.json": '{ "T": { "a": "lng" } }',
  });
  const loaded = await loadSpec("s.test.yaml", text, await specFilesIn(folder), { strict });
  if ("cases" in loaded) return [];
  return loaded.diagnostics.map((each) => renderDiagnostic(each, { name: "s.test.yaml", text }));
}

/** A spec of one test with these further lines. */
const spec = (test: string, top = "") =>
  `query: q.kql\nschema: xdr\n${top}tests:\n  - name: a\n    expect: {count: 0}\n${test}`;

test("everything that is wrong with the shape is said at once, with its place", () => {
  const text = `query: q.kql
nowt: 2024-01-01
now: soon
tests:
  - name: a
    expct: {count: 1}
    tables: {T: 3, U: {fil: x}}
  - expect: {count: ">> 3", rows: {equall: []}, snapshot: false}
`;
  const found = readSpec("s.test.yaml", text);
  if ("spec" in found) throw new Error("it reads well");
  const places = found.map(({ code, message, labels: [{ span }] }) => {
    const before = text.slice(0, span.start).split("\n");
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${code} ${message}`;
  });
  expect(places).toEqual([
    "2:1 KQ701 `nowt` is no key here",
    "3:6 KQ702 `now` expects a datetime, such as 2024-03-01T10:00:00Z, found `soon`",
    "6:5 KQ701 `expct` is no key here",
    "7:17 KQ702 `T` expects a list or keys and values, found `3`",
    "7:24 KQ701 `fil` is no key here",
    "8:5 KQ703 the key `name` is missing",
    "8:21 KQ702 `count` expects a number, or a comparison such as `>= 3`, found `>> 3`",
    "8:36 KQ701 `equall` is no key here",
    "8:59 KQ702 `snapshot` expects `true`, found `false`",
  ]);
});

test("an unknown key as it is printed", () => {
  const text = "query: q.kql\ntests:\n  - name: a\n    expct: {count: 1}\n    expect: {count: 1}\n";
  const found = readSpec("s.test.yaml", text);
  if ("spec" in found) throw new Error("it reads well");
  expect(found.map((each) => renderDiagnostic(each, { name: "s.test.yaml", text }))).toEqual([
    "error[KQ701]: `expct` is no key here\n" +
      "  ╭─ s.test.yaml:4:5\n" +
      "4 │     expct: {count: 1}\n" +
      "  │     ^^^^^ not known here\n" +
      "  = help: did you mean `expect`?",
  ]);
});

describe("one fault, its code and its line", () => {
  test.each([
    ["broken YAML", "query: [", "KQ700", 1],
    ["an alias of nothing", "query: *nothing\ntests: []", "KQ700", 0],
    ["a file that is a list", "- a", "KQ702", 1],
    ["two tests of one name", spec("  - {name: a, expect: {count: 1}}"), "KQ704", 6],
    ["an error beside rows", spec("  - {name: b, expect: {error: KS142, count: 1}}"), "KQ704", 6],
    ["severity without a rule", spec("  - {name: b, expect: {severity: Low}}"), "KQ704", 6],
    ["a sort without a snapshot", spec("  - {name: b, expect: {count: 1, sort: [a]}}"), "KQ703", 6],
    ["nothing is expected", spec("  - {name: b, expect: {}}"), "KQ702", 6],
    ["a column that the table does not have", spec("    tables: {DeviceInfo: [{DeviceNam: x}]}"), "KQ705", 6],
    ["a number in a column of text", spec("    tables: {DeviceInfo: [{DeviceName: 1}]}"), "KQ706", 6],
    ["a text that is no datetime", spec("    tables: {DeviceInfo: [{Timestamp: soon}]}"), "KQ706", 6],
    ["a table of which nothing is known", spec("    tables: {Mine: []}"), "KQ707", 6],
    ["a series without a start", spec("    generate: {DeviceInfo: [{repeat: 2, every: 1m, row: {}}]}"), "KQ708", 6],
    [
      "a series that is not counted",
      spec('    matrix: {n: [x]}\n    generate: {DeviceInfo: [{repeat: "${n}", row: {}}]}'),
      "KQ708",
      7,
    ],
    ["a series too long to spell out", spec("    generate: {DeviceInfo: [{repeat: 1000001, row: {}}]}"), "KQ708", 6],
    [
      "a series behind a file",
      spec("    tables: {T: {file: list.csv}}\n    generate: {T: [{row: {a: 1}}]}"),
      "KQ709",
      7,
    ],
    ["a misspelt name of the matrix", spec("    matrix: {fails: [1]}\n    note: ${fail}"), "KQ711", 7],
    ["a let that is not there", spec("    lets: {leest: 3}"), "KQ712", 6],
    ["a let that is a function", spec("    lets: {f: 3}"), "KQ712", 6],
    [
      "a schema that is not known",
      "query: q.kql\nschema: sentinal\ntests:\n  - {name: a, expect: {count: 0}}",
      "KQ713",
      2,
    ],
    [
      "a schema file with a wrong type",
      "query: q.kql\nschema: {file: schema.json}\ntests:\n  - {name: a, expect: {count: 0}}",
      "KQ331",
      0,
    ],
    ["a page of two queries", "query: page.md\ntests:\n  - {name: a, expect: {count: 0}}", "KQ714", 1],
    ["a query that is not there", "query: nope.kql\ntests:\n  - {name: a, expect: {count: 0}}", "KQ715", 1],
    ["a pattern that no file matches", spec("    functions: [g/*.kql]"), "KQ715", 6],
    ["a rule that is none", "query: q.kql\nmode: rule\ntests:\n  - {name: a, expect: {count: 0}}", "KQ716", 1],
    ["a rule that cannot be run", "query: odd.yaml\nmode: rule\ntests:\n  - {name: a, expect: {count: 0}}", "KQ717", 0],
    [
      "a row of a rule without a time",
      "query: rule.yaml\nmode: rule\ntests:\n  - {name: a, tables: {T: [{a: 1}]}, expect: {count: 0}}",
      "KQ710",
      4,
    ],
  ])("%s", async (_, text, code, line) => {
    const [first = ""] = await faults(text);
    expect(first).toContain(`error[${code}]`);
    if (line > 0) expect(first).toContain(`s.test.yaml:${line}:`);
  });
});

test("--strict refuses what a test leaves to chance", async () => {
  const text = "query: q.kql\ntests:\n  - {name: a, tables: {Mine: [{a: 1}]}, expect: {count: 0}}\n";
  expect(await faults(text)).toEqual([]);
  const codes = (await faults(text, true)).map((each) => each.split("\n")[0]);
  expect(codes).toEqual([
    "error[KQ720]: the query asks for the time, and the test does not say `now`",
    "error[KQ720]: the types of the table `Mine` are guessed from its rows",
  ]);
});
