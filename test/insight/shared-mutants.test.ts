import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { mutationOf } from "../../src/cli/testing/mutation.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { noticeable } from "../../src/insight/mutation/check.ts";
import { mutantsOf } from "../../src/insight/mutation/mutants.ts";
import { runMutants } from "../../src/insight/mutation/run.ts";
import { treesOfMutants } from "../../src/insight/mutation/trees.ts";
import { sameForm } from "../../src/insight/same-plan.ts";
import { specFilesIn } from "../../src/node/spec-files.ts";
import { parse } from "../../src/parser/parse.ts";
import { SpecFault } from "../../src/testing/spec/fault.ts";
import { type LoadedSpec, loadSpec } from "../../src/testing/spec/load.ts";
import type { CaseSettings } from "../../src/testing/spec/open-case.ts";
import { readyCase, runSpecCase } from "../../src/testing/spec/run.ts";
import { folderWith } from "../support/cli.ts";

const settings: CaseSettings = { snapshots: new Map(), onSnapshot: "compare", strict: false, traced: false };

async function load(path: string): Promise<LoadedSpec> {
  const loaded = await loadSpec(basename(path), readFileSync(path, "utf8"), await specFilesIn(dirname(path)), {
    strict: false,
  });
  if (!("cases" in loaded)) throw new KqlError(...loaded.diagnostics);
  return loaded;
}

/** Every mutant over every case, each read, bound and run by itself. */
async function plainVerdicts({ query, cases }: LoadedSpec): Promise<readonly (readonly [string, string])[]> {
  const [first] = cases;
  if (!first) throw new Error("a spec has cases");
  const { database, options } = readyCase(first, query, undefined);
  const { text } = query.document;
  const verdicts: [string, string][] = [];
  const unnoticed = async (mutated: string): Promise<boolean> => {
    for (const open of cases) {
      const changed = { ...query, document: { ...query.document, text: mutated } };
      try {
        if ((await runSpecCase(open, changed, settings)).status === "failed") return false;
      } catch (thrown) {
        if (thrown instanceof SpecFault || thrown instanceof KqlError) return false;
        throw thrown;
      }
    }
    return true;
  };
  for await (const { mutant, verdict } of runMutants(noticeable(database, text, mutantsOf(text), options), (each) =>
    unnoticed(each.text),
  ))
    verdicts.push([mutant.text, verdict]);
  return verdicts;
}

async function sharedVerdicts(loaded: LoadedSpec): Promise<readonly (readonly [string, string])[]> {
  const { judged } = await mutationOf(loaded, loaded.cases, settings);
  return judged.map(({ mutant, verdict }) => [mutant.text, verdict] as const);
}

const examples = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.yaml"))
  .map((name) => join("examples", name));

describe("mutants that share what is equal get the verdicts of mutants that share nothing", () => {
  test.each(examples)("%s", async (path) => {
    const loaded = await load(path);
    const verdicts = await sharedVerdicts(loaded);
    expect(verdicts).toEqual(await plainVerdicts(loaded));
    expect(verdicts.length).toBeGreaterThan(3);
  });

  test("cases of other times, lets, columns and parameters, rows that shape the plan, and lots", async () => {
    const folder = await folderWith({
      "rule.kql": `declare query_parameters(least:long = 1);
let names = dynamic(["a", "b"]);
let lower = toscalar(Limits | summarize min(Low));
Events
| where At > ago(1h) and Name in (names)
| where n >= least and n > lower
| extend lot = rand() < 0.5
| extend bag = todynamic(Bag)
| evaluate bag_unpack(bag)
| where lot or Name == "a"
| summarize total = sum(n) by Name`,
      "rows.csv": 'At,Name,n,Bag\n2024-01-01T00:00:00Z,a,7,"{""x"":1}"\n2024-01-01T00:00:00Z,b,9,"{""y"":1}"\n',
      "s.test.yaml": `query: rule.kql
tests:
  - name: as it is
    now: 2024-01-01T00:30:00Z
    tables: {Events: {file: rows.csv}, Limits: [{Low: 3}]}
    expect: {rows: {match: subset, equal: [{Name: a, total: 7}]}}
  - name: later
    now: 2024-01-01T09:00:00Z
    tables: {Events: {file: rows.csv}, Limits: [{Low: 3}]}
    expect: {count: 0}
  - name: other values
    now: 2024-01-01T00:30:00Z
    lets: {names: 'dynamic(["b", "c"])'}
    parameters: {least: 8}
    tables: {Events: {file: rows.csv}, Limits: [{Low: 3}]}
    expect: {assert: summarize countif(Name == "a") == 0}
  - name: other columns
    now: 2024-01-01T00:30:00Z
    tables:
      Events: [{At: 2024-01-01T00:00:00Z, Name: a, n: 4, Bag: "", Extra: 1}]
      Limits: [{Low: 4}, {Low: 5}]
    expect: {count: 0}
`,
    });
    const loaded = await load(join(folder, "s.test.yaml"));
    for (const open of loaded.cases) expect((await runSpecCase(open, loaded.query, settings)).failures).toEqual([]);
    const verdicts = await sharedVerdicts(loaded);
    expect(verdicts).toEqual(await plainVerdicts(loaded));
    expect(new Set(verdicts.map(([, verdict]) => verdict)).size).toBe(2);
  });
});

test("cases whose rows come in at other times share nothing", async () => {
  const folder = await folderWith({
    "rule.kql": "Events | where ingestion_time() > datetime(2024-01-02) | where n > 1",
    "s.test.yaml": `query: rule.kql
tests:
  - name: by one column
    ingestionTime: First
    tables: {Events: [{First: 2024-01-01T00:00:00Z, Second: 2024-01-03T00:00:00Z, n: 2}]}
    expect: {count: 0}
  - name: by the other
    ingestionTime: Second
    tables: {Events: [{First: 2024-01-01T00:00:00Z, Second: 2024-01-03T00:00:00Z, n: 2}]}
    expect: {count: 1}
`,
  });
  const loaded = await load(join(folder, "s.test.yaml"));
  for (const open of loaded.cases) expect((await runSpecCase(open, loaded.query, settings)).failures).toEqual([]);
  const verdicts = await sharedVerdicts(loaded);
  expect(verdicts).toEqual(await plainVerdicts(loaded));
  expect(new Set(verdicts.map(([, verdict]) => verdict)).size).toBe(2);
});

describe("the tree of a mutant", () => {
  const queries = [
    "let a = 5;\nlet f = (x:long) { T | where n > x | take 3 };\nf(a) | join kind=inner (U | where b has 'x' // why\n| top 3 by n) on k",
    "T | where a == 1 // one | two\n| mv-apply x to typeof(long) on (where x > 2 | summarize n = countif(x < 9)) | sort by n | take 5",
    "union (T | where a > 1), (U | where b in (1, 2) | where c =~ 'x;y')\n| fork (where n > 1 | take 2) (count)",
    "T | where case(a, b > 1, c) | partition by k (where n > 1 | top 1 by n) | extend x = iff(n > 1, toscalar(U | take 1), 2);",
  ];

  test.each(queries)("is that of its text: %s", checkTrees);

  test.each(examples)("of %s, too", async (path) => {
    checkTrees((await load(path)).query.document.text);
  });
});

function checkTrees(query: string): void {
  const treeOf = treesOfMutants(query);
  const mutants = mutantsOf(query);
  let spliced = 0;
  for (const mutant of mutants) {
    const tree = treeOf(mutant)?.tree;
    const whole = parse(mutant.text);
    if (!tree) continue;
    spliced++;
    expect(whole.diagnostics, mutant.text).toEqual([]);
    expect(sameForm(bare(tree), bare(whole.tree)), mutant.text).toBe(true);
  }
  expect(spliced).toBeGreaterThan(mutants.length / 2);
}

/** Without the places, which are those of the query. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "span" && !key.endsWith("Span"));
  return Object.fromEntries(kept.map(([key, part]) => [key, bare(part)]));
}
