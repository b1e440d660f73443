import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { wireValue } from "../data/text.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import { badNow } from "../diagnostics/catalogue/testing.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Spec, SpecInputs } from "../testing/spec/model.ts";
import type { OpenCase } from "../testing/spec/open-case.ts";
import type { StatedTable } from "../testing/tables.ts";
import { specFilesIn } from "./spec-files.ts";

/** What a query runs over, in the words of a `*.test.yaml`. Paths are relative to the working directory. */
export interface KqlInputs extends Omit<SpecInputs, "now" | "tags"> {
  readonly schema?: Spec["schema"];
  /** 2024-01-01 when absent. */
  readonly now?: string | Date;
}

export interface KqlResult {
  readonly columns: Schema;
  /** Plain values: text for datetime, timespan, guid and decimal; bigint for a long that a number cannot hold. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** The rows as the engine has them. */
  readonly table: StatedTable;
  /** Whether the query puts its rows in order. */
  readonly ordered: boolean;
}

/**
 * Runs a query over rows, for tests in vitest, jest or node:test. `query` is KQL, or a file: `rule.kql`, `page.md#1`,
 * `rule.yaml`. Throws `KqlError` for what is wrong with the query or its data.
 */
export async function kql(query: string, inputs: KqlInputs = {}): Promise<KqlResult> {
  // Specs bring the reader of YAML along, which the other helpers of this entry do without.
  const [{ openSpec }, { runQuery }] = await Promise.all([
    import("../testing/spec/load.ts"),
    import("../testing/spec/run.ts"),
  ]);
  const files = await specFilesIn(".");
  const inline = !namesFile(query);
  const spec: Spec = {
    ...inputs,
    query: inline ? inlineName : query,
    now: timeOf(inputs.now),
    tests: [{ name: inlineName, expect: {} }],
  };
  const nowhere = () => ({ start: 0, end: 0 });
  const loaded = await openSpec(
    { name: inlineName, text: "", spec, valueAt: nowhere, keyAt: nowhere },
    inline ? { ...files, text: async (path) => (path === inlineName ? query : files.text(path)) } : files,
    { strict: false },
  );
  if (!("cases" in loaded)) throw new KqlError(...loaded.diagnostics);
  // One test without a matrix is one case.
  const { table, ordered } = await runQuery(loaded.cases[0] as OpenCase, loaded.query);
  const rows = table.rows.map((row) =>
    Object.fromEntries(table.schema.map(({ name, type }, i) => [name, plainValue(type, row[i] ?? null)])),
  );
  return { columns: table.schema, rows, table, ordered };
}

const inlineName = "query";

/** One line without a pipe that ends as files of queries do. */
function namesFile(query: string): boolean {
  return /^[^\n|]*\.(?:kql|csl|kusto|ya?ml|md|markdown)(?:#[^\n|]*)?$/i.test(query);
}

function timeOf(now: string | Date | undefined): string | undefined {
  const text = now instanceof Date ? now.toISOString() : now;
  if (text !== undefined && parseDatetime(text) === null) throw new RangeError(badNow(text));
  return text;
}

function plainValue(type: ScalarType, cell: Cell): unknown {
  if (typeof cell === "bigint" && type === "long" && !Number.isSafeInteger(Number(cell))) return cell;
  return JSON.parse(wireValue(type, cell));
}
