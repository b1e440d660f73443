import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forms } from "../../src/functions/forms.ts";
import { allPlugins } from "../../src/functions/plugins/registry.ts";
import { allAggregates, allScalarFunctions } from "../../src/functions/registry.ts";
import { type Definition, signaturesOf } from "../../src/functions/signature-text.ts";
import { parseTestFile } from "../../src/testing/test-file.ts";

const tests = fileURLToPath(new URL("..", import.meta.url));

/** The test file of each function, by the function's name. */
export const testFiles: ReadonlyMap<string, string> = new Map(
  ["functions", "aggregates", "plugins", "operators"]
    .flatMap((folder) =>
      readdirSync(join(tests, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith(".test.kql"))
    .map((path) => [basename(path, ".test.kql"), path]),
);

export function caseCount(name: string): number {
  const path = testFiles.get(name);
  return path === undefined ? 0 : parseTestFile(readFileSync(join(tests, path), "utf8")).length;
}

/** Operators whose names look like those of functions. */
const operators: ReadonlySet<string> = new Set(
  (
    "and or negate between in has has_cs has_any has_all hasprefix hasprefix_cs hassuffix hassuffix_cs " +
    "contains contains_cs startswith startswith_cs endswith endswith_cs"
  ).split(" "),
);

/** Functions that a query calls by name; operators and internal forms are left out. */
export const groups: readonly (readonly [string, readonly Definition[]])[] = [
  ["Scalar functions", allScalarFunctions().filter(({ name }) => /^[a-z_]\w*$/i.test(name) && !operators.has(name))],
  ["Aggregate functions", allAggregates()],
  ["Plugins", allPlugins()],
];

const pages: readonly (readonly [string, readonly Definition[]])[] = [...groups, ["Forms of their own", forms]];

/** docs/functions.md */
export function functionsPage(): string {
  const lines = ["# Functions", "", "Made by `npx vitest run docs -u` out of the declarations in `src/functions`.", ""];
  for (const [title, definitions] of pages) {
    lines.push(`## ${title} (${definitions.length})`, "", "| Signature | | Tests |", "| --- | --- | --- |");
    for (const definition of [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const signatures = signaturesOf(definition).map((signature) => `\`${signature.replaceAll("|", "\\|")}\``);
      const path = testFiles.get(definition.name);
      const shown = path === undefined ? "" : `[${caseCount(definition.name)}](../test/${path})`;
      const also =
        definition.aliases.length > 0 ? ` Also ${definition.aliases.map((name) => `\`${name}\``).join(", ")}.` : "";
      const summary = `${definition.summary.replaceAll("|", "\\|")}${also} [docs](${definition.docs})`;
      lines.push(`| ${signatures.join("<br>")} | ${summary} | ${shown} |`);
    }
    lines.push("");
  }
  lines.push("## Not supported", "", "What Kusto has, and kqlite refuses with an error that says why.", "");
  lines.push("| Function | Why |", "| --- | --- |");
  for (const { name, summary } of pages.flatMap(([, definitions]) => definitions)) {
    const [, why] = summary.split("Not supported: ");
    if (why !== undefined) lines.push(`| \`${name}\` | ${why.replaceAll("|", "\\|")} |`);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
