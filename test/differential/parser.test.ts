import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { parseTestFile, type TestCase } from "../../src/testing/test-file.ts";
import { officialVerdict } from "./official.ts";

const root = resolve(fileURLToPath(import.meta.url), "../..");

interface Known {
  readonly query: string;
  readonly file: string;
  readonly testCase: TestCase;
}

/** Every query of the suite that needs no table of its own. */
const cases: readonly Known[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.kql"))
  .sort()
  .flatMap((path) =>
    parseTestFile(readFileSync(join(root, path), "utf8")).map((testCase) => ({
      query: testCase.query,
      file: `${relative(root, join(root, path))}:${testCase.line}`,
      testCase,
    })),
  )
  .filter(({ testCase }) => testCase.settings.data === undefined && testCase.settings.external.size === 0);

/** By the query, its lines joined: why we differ on purpose. */
const differences: ReadonlyMap<string, string> = new Map(
  [...readFileSync(new URL("./differences.md", import.meta.url), "utf8").matchAll(/^- `` (.+?) ``: (.+)$/gm)].map(
    ([, query = "", reason = ""]) => [query, reason],
  ),
);
const used = new Set<string>();
const oneLine = (query: string) => query.replace(/\s*\n\s*/g, " ");
const isKnown = ({ query }: Known) => {
  const line = oneLine(query);
  if (differences.has(line)) used.add(line);
  return differences.has(line);
};

const database = createDatabase({ clock: () => 638_396_640_000_000_000n });

async function ours(
  query: string,
): Promise<{ readonly errors: readonly string[]; readonly columns: readonly string[] }> {
  try {
    const { results } = await database.prepare(query);
    // Of `fork` and `facet` it reports no columns.
    if (results.length > 1 && !query.includes(";")) return { errors: [], columns: [] };
    // The official service reports the columns of the last statement.
    const schema = results.at(-1)?.plan.schema ?? [];
    return { errors: [], columns: schema.map(({ name, type }) => `${name}:${type}`) };
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return { errors: thrown.diagnostics.map(({ code, message }) => `${code} ${message}`), columns: [] };
  }
}

describe("beside the official language service", () => {
  test("there are queries to compare", () => {
    expect(cases.length).toBeGreaterThan(300);
  });

  test("what it refuses, we refuse; result columns have the same names and types", { timeout: 300_000 }, async () => {
    const disagreements: string[] = [];
    let compared = 0;
    for (const known of cases) {
      const theirs = officialVerdict(known.query);
      const found = await ours(known.query);
      const accepted = found.errors.length === 0;
      // Refusing more is allowed: what we cannot run, and what the engine, but not its checker, would refuse.
      if (!accepted || !theirs) continue;
      compared++;
      const complaint =
        theirs.errors.length > 0
          ? `it says ${theirs.errors[0]}`
          : theirs.columns.join(", ") === found.columns.join(", ")
            ? undefined
            : `it has ${theirs.columns.join(", ")}; we ${found.columns.join(", ")}`;
      if (complaint && !isKnown(known)) disagreements.push(`${known.file}: ${oneLine(known.query)}: ${complaint}`);
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBeGreaterThan(cases.length / 2);
    expect([...differences.keys()].filter((query) => !used.has(query))).toEqual([]);
  });
});
