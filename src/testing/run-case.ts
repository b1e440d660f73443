import * as problem from "../diagnostics/catalogue/testing.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../diagnostics/render.ts";
import type { Database } from "../engine/database.ts";
import { rowsOf } from "../engine/rows.ts";
import { differenceBetween } from "./compare.ts";
import { parseTable, printTable, type StatedTable } from "./tables.ts";
import type { ErrorExpectation, TableExpectation, TestCase } from "./test-file.ts";

export type Verdict = { readonly passed: true } | Failure;

export interface Failure {
  readonly passed: false;
  /** Why, and both sides. */
  readonly message: string;
  /** The line of the test file that shows it; 1-based. */
  readonly line: number;
  /** What would have to stand there for the case to pass; absent when no text would. */
  readonly rewrite?: Rewrite | undefined;
}

/** New text for a run of lines. */
export interface Rewrite {
  /** 1-based. */
  readonly line: number;
  readonly count: number;
  readonly lines: readonly string[];
}

/**
 * Runs the query of a case and compares; who calls has put in a query that stands in another file. Throws only what is a
 * defect of the engine.
 */
export async function runCase(testCase: TestCase, database: Pick<Database, "query">): Promise<Verdict> {
  const { expectations, problem: found } = testCase;
  const [first] = expectations;
  // A case without expectation is run, so that there is something to write.
  if (found && first) return { passed: false, ...found };
  const outcome = await outcomeOf(testCase, database);
  if (outcome.kind === "errors") {
    const { errors } = outcome;
    if (first?.kind === "error") return compareError(testCase, first, errors);
    const message = first ? problem.unexpectedError() : problem.noExpectation();
    return failure(testCase, `${message}\n\n${rendered(testCase.query, errors)}`, testCase.line, errorLines(errors));
  }
  const { tables } = outcome;
  if (first?.kind === "error") {
    return failure(testCase, `${problem.expectedError()}\n\n${shown(tables)}`, first.line, tableLines([], tables));
  }
  const wanted = expectations.filter((each) => each.kind === "table");
  if (wanted.length !== tables.length) {
    const message = first ? problem.wrongResultCount(wanted.length, tables.length) : problem.noExpectation();
    return failure(testCase, `${message}\n\n${shown(tables)}`, testCase.line, tableLines(wanted, tables));
  }
  for (const [i, expectation] of wanted.entries()) {
    const table = tables[i];
    const wrong = table && compareTable(expectation, table);
    if (wrong) return failure(testCase, wrong.message, wrong.line, tableLines(wanted, tables));
  }
  return { passed: true };
}

type Outcome =
  | { readonly kind: "tables"; readonly tables: readonly StatedTable[] }
  | { readonly kind: "errors"; readonly errors: readonly Diagnostic[] };

async function outcomeOf({ query, settings }: TestCase, database: Pick<Database, "query">): Promise<Outcome> {
  try {
    const { results } = await database.query(query, { now: settings.now, seed: 1 });
    return { kind: "tables", tables: results.map((result) => ({ schema: result.schema, rows: rowsOf(result) })) };
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return { kind: "errors", errors: thrown.diagnostics };
  }
}

function compareTable(expectation: TableExpectation, found: StatedTable) {
  const expected = parseTable(expectation.lines);
  if ("wrong" in expected) {
    return {
      message: `${expected.wrong}\n\nfound\n${marked(found, new Set())}`,
      line: expectation.line + 1 + expected.index,
    };
  }
  const difference = differenceBetween(expected, found, expectation);
  if (!difference) return undefined;
  const message = `${difference.message}\n\nexpected\n${marked(expected, difference.expected)}\n\nfound\n${marked(found, difference.found)}`;
  const [row = -1] = difference.expected;
  const line = expectation.line + 2 + Math.min(row, expected.rows.length - 1);
  return { message, line };
}

const maxLines = 60;

/** The table with its rows at fault pointed at. */
function marked(table: StatedTable, rows: ReadonlySet<number>): string {
  const lines = printTable(table).map((line, i) => `${rows.has(i - 1) ? "> " : "  "}${line}`);
  return lines.length <= maxLines ? lines.join("\n") : [...lines.slice(0, maxLines), "  …"].join("\n");
}

function shown(tables: readonly StatedTable[]): string {
  return tables.map((table) => marked(table, new Set())).join("\n\n");
}

function compareError(testCase: TestCase, expectation: ErrorExpectation, errors: readonly Diagnostic[]): Verdict {
  const [error] = errors;
  const [line = "", ...more] = expectation.lines;
  const text = rendered(testCase.query, errors);
  const fail = (message: string, lines = errorLines(errors)): Failure =>
    failure(testCase, `${message}\n\n${text}`, expectation.line + 1, lines);
  if (/^error\[/.test(line)) {
    const same = expectation.lines.map((each) => each.trimEnd()).join("\n") === text;
    return same ? { passed: true } : fail(problem.wrongRendering(), ["--- error", ...text.split("\n")]);
  }
  const [, code, rest = ""] = /^(K[SQ]\d+)(?:\s+(.*))?$/.exec(line.trim()) ?? [];
  if (code === undefined || !error) return fail(problem.noErrorCode());
  if (error.code !== code) return fail(problem.wrongCode(code, error.code));
  const said = [error.message, ...error.labels.map((label) => label.text), error.help ?? ""].join(" ");
  for (const part of [rest, ...more].map((each) => each.trim())) {
    if (!said.includes(part)) return fail(problem.wrongMessage(part));
  }
  return { passed: true };
}

function rendered(query: string, errors: readonly Diagnostic[]): string {
  return errors.map((error) => renderDiagnostic(error, { text: query, name: "query" })).join("\n");
}

function errorLines([error]: readonly Diagnostic[]): readonly string[] {
  return error ? ["--- error", `${error.code} ${error.message}`] : [];
}

/** Expectations that the tables meet, under the directives that stand there already. */
function tableLines(wanted: readonly TableExpectation[], tables: readonly StatedTable[]): readonly string[] {
  return tables.flatMap((table, i) => [directive(wanted[i]), ...printTable(table)]);
}

function directive(expectation: TableExpectation | undefined): string {
  const words = [
    ...(expectation?.anyOrder ? ["any order"] : []),
    ...(expectation && expectation.within > 0 ? [`within ${expectation.within}`] : []),
  ];
  return ["---", words.join(", ")].join(" ").trim();
}

function failure(testCase: TestCase, message: string, line: number, lines: readonly string[]): Failure {
  const [first] = testCase.expectations;
  // Without a directive the query ends its block.
  const start = first?.line ?? testCase.line + (testCase.file === undefined ? testCase.query.split("\n").length : 0);
  const count = testCase.expectations.reduce((sum, each) => sum + 1 + each.lines.length, 0);
  return { passed: false, message, line, rewrite: { line: start, count, lines } };
}

/** The text of a test file with expectations replaced. */
export function rewriteFile(text: string, rewrites: readonly Rewrite[]): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text.split(/\r?\n/);
  for (const { line, count, lines: next } of [...rewrites].sort((a, b) => b.line - a.line)) {
    lines.splice(line - 1, count, ...next);
  }
  return lines.join(end);
}
