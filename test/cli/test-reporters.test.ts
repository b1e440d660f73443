import { describe, expect, test } from "vitest";
import { github } from "../../src/cli/testing/reporters/github.ts";
import { json } from "../../src/cli/testing/reporters/json.ts";
import { junit } from "../../src/cli/testing/reporters/junit.ts";
import { markdown } from "../../src/cli/testing/reporters/markdown.ts";
import { lastLine, prettyEnd, prettyFile } from "../../src/cli/testing/reporters/pretty.ts";
import type { FinishedRun } from "../../src/cli/testing/reporters/reporter.ts";
import { sarif } from "../../src/cli/testing/reporters/sarif.ts";
import { tap } from "../../src/cli/testing/reporters/tap.ts";

const passing = { line: 4, status: "passed", failures: [], tags: [], trace: [], milliseconds: 12 } as const;
const odd = 'a <b> & "c" # 100%, \u0001\ud800';
const run: FinishedRun = {
  milliseconds: 40,
  version: "1.2.3",
  files: [
    {
      path: "rules/a b.test.yaml",
      query: "a.kql",
      cases: [
        { ...passing, name: "fine" },
        { ...passing, name: "blind", knownGap: "T1-gap" },
        { ...passing, name: "later", status: "skipped", reason: "not # yet" },
        {
          ...passing,
          name: odd,
          status: "failed",
          cause: "expectation",
          failures: [{ message: "expected 3 rows", details: ["row 1: x | y", "```"], line: 9 }],
          trace: [
            { name: "T", rows: 4 },
            { name: "where", rows: 0 },
          ],
        },
      ],
    },
    {
      path: "b.test.kql",
      cases: [
        {
          ...passing,
          name: "wrong",
          status: "failed",
          cause: "query",
          failures: [{ message: "error[KS142]: no", details: [], line: 2 }],
        },
      ],
    },
  ],
};

/** The elements of an XML text, each with its attributes; throws when it is not well-formed. */
function elementsOf(xml: string) {
  const found: { name: string; attributes: Record<string, string>; parent: string | undefined }[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^?]*\?>/, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML has no place for
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const rest = body.replace(/<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, words, single) => {
    if (end) {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      return "";
    }
    const attributes = Object.fromEntries(
      [...String(words).matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
    );
    found.push({ name, attributes, parent: open.at(-1) });
    if (!single) open.push(name);
    return "";
  });
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(xml.replace(/&(?:amp|lt|gt|quot|#10);/g, "")).not.toContain("&");
  return found;
}

test("junit: well-formed, with the numbers that its readers look at", () => {
  const elements = elementsOf(junit(run));
  const named = (name: string) => elements.filter((each) => each.name === name);
  expect(elements[0]).toMatchObject({
    name: "testsuites",
    attributes: { tests: "5", failures: "1", errors: "1", skipped: "1" },
  });
  expect(
    named("testsuite").map(({ attributes: { name, tests, time }, parent }) => [parent, name, tests, time]),
  ).toEqual([
    ["testsuites", "rules/a b.test.yaml", "4", "0.048"],
    ["testsuites", "b.test.kql", "1", "0.012"],
  ]);
  for (const { attributes, parent } of named("testcase")) {
    expect(parent).toBe("testsuite");
    expect(Object.keys(attributes)).toEqual(["name", "classname", "file", "line", "time"]);
  }
  expect(named("failure").map(({ attributes: { type, message }, parent }) => [parent, type, message])).toEqual([
    ["testcase", "expectation", "expected 3 rows"],
  ]);
  expect(named("error")).toHaveLength(1);
  expect(named("skipped")[0]?.attributes).toEqual({ message: "not # yet" });
});

test("tap: a plan, a line for each test, directives that are meant", () => {
  const lines = tap(run).split("\n");
  expect(lines.slice(0, 2)).toEqual(["TAP version 14", "1..5"]);
  const results = lines.filter((line) => /^(not )?ok /.test(line));
  expect(results.map((line) => line.slice(0, 10))).toEqual([
    "ok 1 - rul",
    "ok 2 - rul",
    "ok 3 - rul",
    "not ok 4 -",
    "not ok 5 -",
  ]);
  expect(results[2]).toBe("ok 3 - rules/a b.test.yaml: later # SKIP not \\# yet");
  // Any other `#` would be read as a directive.
  expect(results.filter((line) => /(?<!\\)#/.test(line))).toEqual([results[2]]);
  expect(lines.filter((line) => line === "  ---")).toHaveLength(2);
  expect(lines.filter((line) => line === "  ...")).toHaveLength(2);
  expect(lines).toContain('  at: "rules/a b.test.yaml:9"');
});

test("github: one command a failure, escaped", () => {
  const lines = github(run).trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe("::notice file=rules/a b.test.yaml,line=4,title=blind::known gap: T1-gap");
  expect(lines[1]).toContain('::error file=rules/a b.test.yaml,line=9,title=a <b> & "c" # 100%25%2C ');
  expect(lines[1]).toContain("::expected 3 rows%0Arow 1: x | y");
  expect(lines[2]).toBe("::error file=b.test.kql,line=2,title=wrong::error[KS142]: no");
});

test("sarif: what the schema requires, and places", () => {
  const log = JSON.parse(sarif(run));
  expect(log).toMatchObject({ version: "2.1.0", $schema: expect.stringContaining("sarif-2.1.0") });
  const [{ tool, results }] = log.runs;
  expect(tool.driver).toMatchObject({ name: "kqlite test", version: "1.2.3" });
  expect(results).toHaveLength(2);
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result.level).toBe("error");
    expect(result.message.text).not.toBe("");
    const [{ physicalLocation }] = result.locations;
    expect(physicalLocation.region.startLine).toBeGreaterThan(0);
    expect(physicalLocation.artifactLocation.uri).not.toContain(" ");
  }
  expect(results[0].message.text).toContain("T 4 > where 0");
});

test("json: everything", () => {
  expect(JSON.parse(json(run))).toMatchObject({
    version: 1,
    kqlite: "1.2.3",
    passed: 2,
    failed: 2,
    skipped: 1,
    files: [{ query: "a.kql" }, {}],
  });
});

test("markdown: a table, the failures in fences that hold them, the gaps", () => {
  const text = markdown(run);
  expect(text).toContain("2 passed, 2 failed, 1 skipped");
  expect(text).toContain("| rules/a b.test.yaml | 2 | 1 | 1 |");
  expect(text).toContain("  ````\n  expected 3 rows\n  row 1: x | y\n  ```\n  T 4 > where 0\n  ````");
  expect(text).toContain("- T1-gap: blind (rules/a b.test.yaml:4)");
});

describe("pretty", () => {
  test("a file with failures, and what stands below all files", () => {
    const [first, second] = run.files;
    if (!first || !second) throw new Error("there are two");
    expect(prettyFile(first, false)).toBe(
      ` FAIL  rules/a b.test.yaml:9  ${odd}\n` +
        "   expected 3 rows\n     row 1: x | y\n     ```\n   trace   T 4 > where 0\n\n",
    );
    expect(prettyFile({ ...second, cases: [{ ...passing, name: "x" }] }, false)).toBe(
      " PASS  b.test.kql  1 test, 12 ms\n",
    );
    expect(prettyFile(first, true)).toContain("\u001b[31m");
    expect(prettyEnd(run.files, false)).toBe(
      "\n known gaps\n   T1-gap  blind  rules/a b.test.yaml:4\n skipped\n   later  not # yet  rules/a b.test.yaml:4\n\n",
    );
    expect(lastLine(run.files)).toBe("2 passed, 2 failed, 1 skipped\n");
  });
});

test("what tests reach too little of is a failure of its own to every format", () => {
  const message = "coverage 40% is below 80%";
  const short: FinishedRun = {
    ...run,
    files: [
      { path: "a.test.yaml", cases: [{ ...passing, name: "fine" }], shortfalls: [{ message, details: [], line: 3 }] },
    ],
  };
  const cases = elementsOf(junit(short)).filter(({ name }) => name === "testcase" || name === "failure");
  expect(cases.map(({ attributes: { name, message } }) => name ?? message)).toEqual(["fine", message, message]);
  expect(tap(short)).toContain(`not ok 2 - a.test.yaml: ${message}`);
  const log = JSON.parse(sarif(short)) as { runs: [{ results: { locations: unknown[] }[] }] };
  expect(log.runs[0].results).toHaveLength(1);
  expect(JSON.stringify(log.runs[0].results)).toContain('"startLine":3');
  for (const reporter of [github, markdown])
    expect(reporter(short)).toContain(message.replaceAll("%", reporter === github ? "%25" : "%"));
});
