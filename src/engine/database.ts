import { type BoundResult, bind, type Rendering } from "../binder/bind.ts";
import type { Catalog, ExternalRequest } from "../binder/catalog.ts";
import { type Batch, batchOf, type TableSource } from "../data/batch.ts";
import { collect } from "../data/concat.ts";
import type { Schema } from "../data/types.ts";
import { noClock, noExternalData, tooManySubqueries } from "../diagnostics/catalogue/engine.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { parse } from "../parser/parse.ts";
import { optimize } from "../plan/optimize.ts";
import { execute } from "../runtime/execute.ts";
import { newProfile, type OperatorCost } from "../runtime/profile.ts";
import { type Cancellation, newRun, type Run } from "../runtime/run.ts";
import { randomFrom } from "./random.ts";
import { NeedsTable, type Tables, tableShelf } from "./shelf.ts";

/*
 * The engine room: everything below it is a function of text, plans and rows; here they meet tables, a clock and a
 * source of randomness.
 *
 *   text → parse → bind → (open a table or run a subquery, bind again)* → optimize → execute → results
 */

export interface DatabaseOptions {
  /** By name, case-sensitive. One given as a function is opened when a query first names it. */
  readonly tables?: Tables | undefined;
  /**
   * Other databases, by the name that `database("name")`, `workspace("name")` and their like have. One of another cluster
   * goes by `cluster/name`, as in `cluster("cluster").database("name")`.
   */
  readonly databases?: ReadonlyMap<string, Tables> | undefined;
  /** Answers `externaldata`; without it such queries are refused. */
  readonly external?: ((request: ExternalRequest) => TableSource) | undefined;
  /** The time of a query that is given none: ticks of 100 ns since year 1. */
  readonly clock?: (() => bigint) | undefined;
}

export interface QueryOptions {
  /** What `now()` says: ticks of 100 ns since year 1. */
  readonly now?: bigint | undefined;
  /** Values for `declare query_parameters`, as KQL literals or plain text. */
  readonly parameters?: ReadonlyMap<string, string> | undefined;
  /** Makes `rand()` and its kin repeat themselves. */
  readonly seed?: number | undefined;
  /** An `AbortSignal`: once it is aborted the query stops with its reason. */
  readonly signal?: Cancellation | undefined;
  /** A clock, in milliseconds: with one, each result says what its operators cost. */
  readonly timer?: (() => number) | undefined;
}

/** The rows of one tabular statement. */
export interface ResultTable {
  readonly schema: Schema;
  readonly rows: Batch;
  /** What `render` asked for. */
  readonly rendering?: Rendering | undefined;
  /** By operator, top down, where the query was given a timer. */
  readonly costs?: readonly OperatorCost[] | undefined;
}

export interface QueryResult {
  /** One per tabular statement, in order. */
  readonly results: readonly ResultTable[];
  /** Warnings and hints; errors are thrown. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Prepared {
  /** Plans as they were bound: the optimizer has not seen them. */
  readonly results: readonly BoundResult[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface Database {
  /** Runs a query. Throws `KqlError` with everything that is wrong with it. */
  query(text: string, options?: QueryOptions): Promise<QueryResult>;
  /** Reads and checks a query without running it, subqueries aside whose rows shape the plan. Throws `KqlError`. */
  prepare(text: string, options?: QueryOptions): Promise<Prepared>;
}

/** Each is an attempt to bind the query. */
const maxSubqueries = 1000;

export function createDatabase(options: DatabaseOptions = {}): Database {
  const databases = new Map([...(options.databases ?? [])].map(([name, tables]) => [name, tableShelf(tables)]));
  const catalog: Catalog = {
    ...tableShelf(options.tables ?? new Map()),
    database: (name) => databases.get(name),
    databaseNames: [...databases.keys()],
    external: (request) => {
      if (!options.external) throw new KqlError(noExternalData(request.uris[0] ?? ""));
      return options.external(request);
    },
  };

  function settingsOf(given: QueryOptions): Settings {
    const now = given.now ?? options.clock?.();
    if (now === undefined) throw new KqlError(noClock());
    const random = given.seed === undefined ? Math.random : randomFrom(given.seed);
    return { now, random, parameters: given.parameters ?? new Map(), signal: given.signal };
  }

  async function prepare(text: string, settings: Settings, whole: Run): Promise<Prepared> {
    const parsed = parse(text);
    throwErrors(parsed.diagnostics);
    const answers: Batch[] = [];
    while (answers.length <= maxSubqueries) {
      try {
        const bound = bind(parsed.tree, catalog, { clock: settings, parameters: settings.parameters, answers });
        if (bound.kind === "bound") {
          throwErrors(bound.diagnostics);
          return { results: bound.results, diagnostics: [...parsed.diagnostics, ...bound.diagnostics] };
        }
        // A run of its own: the optimizer may narrow a shared subplan to what this question needs of it.
        const [plan = bound.plan] = optimize([bound.plan]);
        answers.push(await collect(execute(plan, newRun(settings, whole)), plan.schema));
      } catch (thrown) {
        if (thrown instanceof NeedsTable) await thrown.open();
        else if (thrown instanceof NeedsLibrary) await thrown.load();
        else throw thrown;
      }
    }
    throw new KqlError(tooManySubqueries(maxSubqueries));
  }

  return {
    prepare: async (text, given = {}) => {
      const settings = settingsOf(given);
      return prepare(text, settings, newRun(settings));
    },
    query: async (text, given = {}) => {
      const settings = settingsOf(given);
      // One run for all: a subplan that several results share runs once.
      const profile = given.timer && newProfile(given.timer);
      const run = newRun({ ...settings, profile });
      const { results, diagnostics } = await prepare(text, settings, run);
      const plans = optimize(results.map((result) => result.plan));
      const tables: ResultTable[] = [];
      for (const [i, plan] of plans.entries()) {
        const rows = await collect(execute(plan, run), plan.schema);
        // Columns are made at the first look, and data that does not fit is an error then: look now, while it is ours.
        const columns = plan.schema.map((_, index) => rows.column(index));
        tables.push({
          schema: plan.schema,
          rows: batchOf(plan.schema, columns, rows.length),
          rendering: results[i]?.rendering,
          costs: profile?.costs(plan),
        });
      }
      return { results: tables, diagnostics };
    },
  };
}

interface Settings {
  readonly now: bigint;
  readonly random: () => number;
  readonly parameters: ReadonlyMap<string, string>;
  readonly signal: Cancellation | undefined;
}

function throwErrors(diagnostics: readonly Diagnostic[]): void {
  const [first, ...others] = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (first) throw new KqlError(first, ...others);
}
