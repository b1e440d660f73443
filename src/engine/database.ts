import { type BoundResult, bind, type Locate, standardBinders } from "../binder/bind.ts";
import type { Catalog, ExternalRequest } from "../binder/catalog.ts";
import type { Binders } from "../binder/place.ts";
import type { Batch, TableSource } from "../data/batch.ts";
import { collect } from "../data/concat.ts";
import { noClock, noExternalData, tooManySubqueries } from "../diagnostics/catalogue/engine.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import { NeedsLibrary } from "../functions/library.ts";
import type { Query } from "../parser/ast-statements.ts";
import { type Parsed, parse } from "../parser/parse.ts";
import { optimize } from "../plan/optimize.ts";
import { execute } from "../runtime/execute.ts";
import { newProfile } from "../runtime/profile.ts";
import { type Cancellation, newRun, type Run } from "../runtime/run.ts";
import { randomFrom } from "./random.ts";
import { located, type ResultTable, resultTable } from "./results.ts";
import { NeedsTable, type Tables, tableShelf } from "./shelf.ts";
import { type FunctionText, storedFunctions } from "./stored-functions.ts";
import { type SurroundingsOptions, surroundingsOf, withTimeGenerated } from "./surroundings.ts";

/*
 * The engine room: everything below it is a function of text, plans and rows; here they meet tables, a clock and a
 * source of randomness.
 *
 *   text → parse → bind → (open a table or run a subquery, bind again)* → optimize → execute → results
 */

export interface DatabaseOptions extends SurroundingsOptions {
  /** By name, case-sensitive. One given as a function is opened when a query first names it. */
  readonly tables?: Tables | undefined;
  /**
   * Other databases, by the name that `database("name")`, `workspace("name")` and their like have. One of another cluster
   * goes by `cluster/name`, as in `cluster("cluster").database("name")`.
   */
  readonly databases?: ReadonlyMap<string, Tables> | undefined;
  /** Functions that queries may call by name: texts of `.kql` files. */
  readonly functions?: readonly FunctionText[] | undefined;
  /** Tables without a column `TimeGenerated` get one: the datetime column of this name, where they have it. */
  readonly timeGenerated?: string | undefined;
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

export interface QueryResult {
  /** One per tabular statement, in order. */
  readonly results: readonly ResultTable[];
  /** Warnings and hints; errors are thrown. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Prepared {
  readonly tree: Query;
  /** Plans as they were bound: the optimizer has not seen them. */
  readonly results: readonly BoundResult[];
  readonly diagnostics: readonly Diagnostic[];
  /** In which the plans may be executed: it keeps the rows that were drawn by lot while the query was bound. */
  readonly run: Run;
  /** For what is thrown then. */
  readonly locate: Locate;
  /** How many subqueries were run for their rows while the query was bound: with none, the plans are the same for any rows. */
  readonly asked: number;
}

export interface PrepareOptions extends QueryOptions {
  /** The text as it is parsed, for whoever has it. */
  readonly parsed?: Parsed | undefined;
  /** Whoever wants to know how the query is bound listens here: anew for each attempt. */
  readonly binders?: (() => Binders) | undefined;
}

export interface Database {
  /** Runs a query. Throws `KqlError` with everything that is wrong with it. */
  query(text: string, options?: QueryOptions): Promise<QueryResult>;
  /** Reads and checks a query without running it, subqueries aside whose rows shape the plan. Throws `KqlError`. */
  prepare(text: string, options?: PrepareOptions): Promise<Prepared>;
}

/** Each is an attempt to bind the query. */
const maxSubqueries = 1000;

export function createDatabase(options: DatabaseOptions = {}): Database {
  const shelf = (tables: Tables) => tableShelf(withTimeGenerated(tables, options.timeGenerated));
  const databases = new Map([...(options.databases ?? [])].map(([name, tables]) => [name, shelf(tables)]));
  const catalog: Catalog = {
    ...shelf(options.tables ?? new Map()),
    ...storedFunctions(options.functions ?? []),
    database: (name) => databases.get(name),
    databaseNames: [...databases.keys()],
    surroundings: surroundingsOf(options),
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

  async function prepare(
    parsed: Parsed,
    settings: Settings,
    run: Run,
    binders: () => Binders = () => standardBinders,
  ): Promise<Prepared> {
    throwErrors(parsed.diagnostics);
    const answers: Batch[] = [];
    while (answers.length <= maxSubqueries) {
      try {
        const options = { clock: settings, parameters: settings.parameters, answers };
        const bound = bind(parsed.tree, catalog, options, binders());
        if (bound.kind === "bound") {
          throwErrors(bound.diagnostics);
          const diagnostics = [...parsed.diagnostics, ...bound.diagnostics];
          return {
            tree: parsed.tree,
            results: bound.results,
            diagnostics,
            run,
            locate: bound.locate,
            asked: answers.length,
          };
        }
        // A run of its own: the optimizer may narrow a shared subplan to what this question needs of it.
        const [plan = bound.plan] = optimize([bound.plan]);
        answers.push(await located(bound.locate, () => collect(execute(plan, newRun(settings, run)), plan.schema)));
      } catch (thrown) {
        if (thrown instanceof NeedsTable) await thrown.open();
        else if (thrown instanceof NeedsLibrary) await thrown.load();
        else throw thrown;
      }
    }
    throw new KqlError(tooManySubqueries(maxSubqueries));
  }

  return {
    prepare: async (text, given: PrepareOptions = {}) => {
      const settings = settingsOf(given);
      return prepare(given.parsed ?? parse(text), settings, newRun(settings), given.binders);
    },
    query: async (text, given = {}) => {
      const settings = settingsOf(given);
      // One run for all: a subplan that several results share runs once.
      const profile = given.timer && newProfile(given.timer);
      const run = newRun({ ...settings, profile });
      const { results, diagnostics, locate } = await prepare(parse(text), settings, run);
      const plans = optimize(results.map((result) => result.plan));
      const tables: ResultTable[] = [];
      for (const [i, plan] of plans.entries()) {
        const bound = results[i];
        if (bound) tables.push({ ...(await resultTable(bound, plan, run, locate)), costs: profile?.costs(plan) });
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
