import { join } from "node:path";
import { parseArgs } from "node:util";
import { tableText, writeSection } from "./report.ts";
import { settingOf } from "./setting.ts";
import { functionsSuite } from "./suites/functions.ts";
import { genericSuite } from "./suites/generic.ts";
import { memorySuite } from "./suites/memory.ts";
import { parseSuite } from "./suites/parse.ts";
import { seedSuite } from "./suites/seed.ts";
import { smallSuite } from "./suites/small.ts";
import { testSuite } from "./suites/test.ts";

/*
 *   npm run bench [-- SUITE… --rows 100000,1000000 --runs 5 --smoke]
 *
 * Runs suites, all of them by default, and writes their tables into docs/benchmarks.md. `--smoke` is there to see that
 * the harness works: next to no data, one run, nothing written.
 */

const suites = {
  small: smallSuite,
  parse: parseSuite,
  seed: seedSuite,
  memory: memorySuite,
  generic: genericSuite,
  functions: functionsSuite,
  test: testSuite,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: "string" }, runs: { type: "string" }, smoke: { type: "boolean", default: false } },
});
const rows = (values.rows ?? (values.smoke ? "1000" : "100000,1000000")).split(",").map(Number);
const setting = settingOf({
  rows,
  runs: Number(values.runs ?? (values.smoke ? 1 : 5)),
  networks: values.smoke ? 1000 : 500_000,
});
const named = positionals.length > 0 ? positionals : Object.keys(suites);
for (const name of named) {
  const suite = suites[name as keyof typeof suites];
  if (!suite) throw new Error(`there is no suite ${name}: ${Object.keys(suites).join(", ")}`);
  const section = await suite(setting);
  console.log(`\n${section.suite}: ${section.note}\n\n${tableText(section)}`);
  if (!values.smoke) writeSection(join(setting.root, "docs/benchmarks.md"), section, setting.runs);
}
