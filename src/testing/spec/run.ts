import type { TableSource } from "../../data/batch.ts";
import * as problem from "../../diagnostics/catalogue/expectations.ts";
import { type Diagnostic, KqlError } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { createDatabase, type Database, type QueryOptions } from "../../engine/database.ts";
import { type ResultTable, resultTable } from "../../engine/results.ts";
import { rowsOf } from "../../engine/rows.ts";
import type { TableOpener } from "../../engine/shelf.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import type { StatedTable } from "../tables.ts";
import { defaultNow } from "../test-file.ts";
import { type Alert, alertsOf } from "./alerts.ts";
import { type CheckedResult, checkResult } from "./check.ts";
import { checkError } from "./check-error.ts";
import type { BoundRun, CaseSettings, OpenCase, RunQuery } from "./open-case.ts";
import { isOrdered, takesAtRandom } from "./order.ts";
import type { Failure, Outcome, TraceStep } from "./outcome.ts";
import { type LoadedQuery, stepsOf, withLets } from "./query.ts";
import { clipped } from "./sources.ts";

/**
 * Runs a query with the data of a case and compares. Nothing is read but what is in the arguments, so a case can be run
 * with any number of queries. Throws `SpecFault` for what the spec cannot mean, and the reason of `signal`.
 */
export async function runSpecCase(
  open: OpenCase,
  query: LoadedQuery,
  settings: CaseSettings,
  ready = readyCase(open, query, settings.signal),
): Promise<Outcome> {
  const { specCase } = open;
  if (specCase.skip !== undefined) return { specCase, status: "skipped", failures: [] };
  const { document, database, options, used } = ready;
  const ran = await attempt(document.text, database, options, query, settings.query ?? runBound);
  const path = [...specCase.path, "expect"];
  const { error } = specCase.expect;
  if ("errors" in ran) {
    const [first] = ran.errors;
    if (error !== undefined) return outcome(open, checkError(error, first, [...path, "error"]), {});
    return { specCase, status: "failed", failures: [], failed: { errors: ran.errors, document } };
  }
  const { checked, plans } = ran;
  const failures: Failure[] = [...(checked ? [] : [{ message: problem.notOneResult(ran.count), details: [], path }])];
  if (!checked) return outcome(open, failures, {});
  if (error !== undefined) {
    failures.push({ message: problem.noError(checked.table.rows.length), details: [], path: [...path, "error"] });
  }
  failures.push(...unreadTables(open, used));
  if (settings.strict && takesAtRandom(plans)) {
    failures.push({ message: problem.unorderedTake(), details: [], path: specCase.path });
  }
  const { found, snapshot } = await checkResult(open, checked, settings, isOrdered(plans));
  failures.push(...found);
  const made = outcome(open, failures, { result: checked.table, alerts: checked.alerts, snapshot });
  return made.status === "passed" || settings.traced === false
    ? made
    : { ...made, trace: await traceOf(document.text, database, options) };
}

/** What a query gives over the data of a case. Throws `KqlError`, and `Error` for what no result of a query is. */
export async function runQuery(
  open: OpenCase,
  query: LoadedQuery,
): Promise<{ readonly table: StatedTable; readonly ordered: boolean }> {
  const { document, database, options, used } = readyCase(open, query, undefined);
  const { results, plans } = await runBound(database, document.text, options);
  const [result] = results;
  if (!result || results.length > 1) throw new Error(problem.notOneResult(results.length));
  const [unread] = unreadTables(open, used);
  if (unread) throw new Error(unread.message);
  const table = { schema: result.schema, rows: rowsOf(result) };
  return { table, ordered: isOrdered(plans) };
}

type CaseOptions = QueryOptions & { readonly now: bigint };

/** The query as a case wants it, and the database that it runs in. */
export interface ReadyCase {
  readonly document: QueryDocument;
  readonly database: Database;
  readonly options: CaseOptions;
  /** The tables that the query has named so far. */
  readonly used: Set<string>;
}

/** With a database of its own. */
export function readyCase(open: OpenCase, query: LoadedQuery, signal: QueryOptions["signal"]): ReadyCase {
  const { specCase } = open;
  const used = new Set<string>();
  const options: CaseOptions = { now: specCase.now ?? defaultNow, parameters: specCase.parameters, seed: 1, signal };
  const database = databaseOf(open, query, options.now, (name) => used.add(name));
  return { document: documentOf(open, query), database, options, used };
}

/** The query with the values that the case gives its lets. */
export function documentOf({ specCase }: OpenCase, query: LoadedQuery): QueryDocument {
  return withLets(query.document, new Map([...specCase.lets].map(([name, { value }]) => [name, value])));
}

function outcome(open: OpenCase, failures: readonly Failure[], more: Partial<Outcome>): Outcome {
  const { specCase } = open;
  const status = failures.length === 0 ? "passed" : "failed";
  return { specCase, status, failures, ...more };
}

function databaseOf(
  { tables, external, stored }: OpenCase,
  { rule }: LoadedQuery,
  now: bigint,
  use: (name: string) => void,
): Database {
  const within = (source: TableSource) =>
    rule?.period === undefined ? source : clipped(source, { from: now - rule.period, to: now });
  const named = [...tables].map(([name, table]): readonly [string, TableSource | TableOpener] => [
    name,
    typeof table === "function"
      ? async () => {
          use(name);
          return within(await table());
        }
      : noticed(within(table), () => use(name)),
  ]);
  return createDatabase({ tables: new Map(named), external, ...stored });
}

/** The same table; who names it in a query looks at its columns, and `notice` hears of it. */
function noticed(source: TableSource, notice: () => void): TableSource {
  return {
    get schema() {
      notice();
      return source.schema;
    },
    scan: (request) => source.scan(request),
  };
}

type Ran =
  | { readonly errors: readonly [Diagnostic, ...Diagnostic[]] }
  | { readonly checked: CheckedResult | undefined; readonly plans: readonly Plan[]; readonly count: number };

/** As `query` of a database does, with the plans. */
export async function runBound(database: Database, text: string, options: QueryOptions): Promise<BoundRun> {
  const { results, diagnostics, run, locate } = await database.prepare(text, options);
  const plans = results.map(({ plan }) => plan);
  const optimized = optimize(plans);
  const tables: ResultTable[] = [];
  for (const [i, bound] of results.entries()) {
    const plan = optimized[i];
    if (plan) tables.push(await resultTable(bound, plan, run, locate));
  }
  return { results: tables, diagnostics, plans };
}

async function attempt(
  text: string,
  database: Database,
  options: CaseOptions,
  query: LoadedQuery,
  run: RunQuery,
): Promise<Ran> {
  try {
    const { results, plans } = await run(database, text, options);
    const [result] = results;
    if (!result || results.length > 1) return { checked: undefined, plans, count: results.length };
    const table = { schema: result.schema, rows: rowsOf(result) };
    const { rule, document } = query;
    const alerts: readonly Alert[] | undefined = rule && alertsOf(rule, table, document.file.name);
    return { checked: { result, table, alerts, rule }, plans, count: 1 };
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    const [first, ...others] = thrown.diagnostics;
    return { errors: [withSpecHelp(first), ...others.map(withSpecHelp)] };
  }
}

/** In a spec the data of an address is given in the spec. */
function withSpecHelp(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== "KQ354") return diagnostic;
  const url = /`([^`]+)`/.exec(diagnostic.message)?.[1] ?? "";
  return { ...diagnostic, help: problem.specLine(url) };
}

/** A table that nobody reads is most likely misspelt, and the case would pass without its rows. */
function unreadTables({ specCase, tables }: OpenCase, used: ReadonlySet<string>): readonly Failure[] {
  if (specCase.lets.size > 0) return [];
  return [...specCase.tables].flatMap(([name, { path }]) => {
    if (used.has(name)) return [];
    const candidate = closest(
      name,
      [...used].filter((other) => tables.has(other)),
    );
    return [{ message: problem.tableNotRead(name, candidate), details: [], path }];
  });
}

async function traceOf(text: string, database: Database, options: QueryOptions): Promise<readonly TraceStep[]> {
  const steps: TraceStep[] = [];
  for (const step of stepsOf(text)) {
    try {
      const { results } = await database.query(step.text, options);
      const [result] = results;
      if (!result || results.length > 1) break;
      steps.push({ name: step.name, rows: result.rows.length });
    } catch (thrown) {
      // A part of a query need not stand by itself; what was seen up to here is of use.
      if (thrown instanceof KqlError) break;
      throw thrown;
    }
  }
  return steps;
}
