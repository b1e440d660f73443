import { bind } from "../binder/bind.ts";
import type { Catalog, ExternalRequest } from "../binder/catalog.ts";
import { type Batch, batchOf, type TableSource } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import { concat } from "../data/concat.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { isArray } from "../data/dynamic.ts";
import { KqlError, type Span } from "../diagnostics/diagnostic.ts";
import { createDatabase } from "../engine/database.ts";
import { nothingAround, surroundingsOf } from "../engine/surroundings.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { parse } from "../parser/parse.ts";
import type { Clock } from "../plan/evaluate.ts";
import type { Expr, Plan } from "../plan/nodes.ts";
import { exprsOf, inputsOf } from "../plan/walk.ts";
import type { Hints } from "./candidates.ts";
import { cellKey, type Want } from "./condition.ts";
import { type Atom, attempt, type Demands, type Strategy, type Unsolved } from "./demand.ts";
import { patternsIn } from "./extraction.ts";
import { push } from "./push.ts";
import { searched } from "./search.ts";
import type { Row } from "./solve-row.ts";
import { atomKey } from "./spans.ts";
import { type MadeRows, type Schemas, type SynthesizedTable, sourcesOf, tablesOf, withTimes } from "./tables.ts";

/*
 * Rows for the tables of a query, so that it gives a result: what a first test of a detection needs.
 *
 *   text → bind → push what is wanted of the result down to the tables → solve each row → run the query on the rows
 *
 * Whatever is found is tried on the query itself: a guess that does not work is no result.
 */

export interface SynthesisOptions {
  /** What `now()` says: ticks of 100 ns since year 1. */
  readonly now: bigint;
  readonly parameters?: ReadonlyMap<string, string> | undefined;
  /** Answers `externaldata`. */
  readonly external?: ((request: ExternalRequest) => TableSource) | undefined;
  /** The column that `ingestion_time()` stands for. */
  readonly ingestionTime?: string | undefined;
}

export interface Synthesis {
  /** Whether the query gives rows over `tables`; else they are as near as it got. */
  readonly fires: boolean;
  readonly tables: ReadonlyMap<string, SynthesizedTable>;
  /** Rows over which the query gives nothing, each for one reason. */
  readonly nearMisses: readonly NearMiss[];
  /** Parts of the query for which no values were found, or that could not be followed. */
  readonly unsolved: readonly { readonly span: Span; readonly why: Unsolved }[];
}

export interface NearMiss extends Atom {
  readonly tables: ReadonlyMap<string, SynthesizedTable>;
}

/** Throws `KqlError` for a query that does not bind. */
export async function synthesize(text: string, schemas: Schemas, options: SynthesisOptions): Promise<Synthesis> {
  const engine = engineFor(text, schemas, options);
  const base = await engine.subqueryRows();
  const subqueries = base.size > 0 ? [new Map<string, readonly Row[]>(), base] : [base];
  let best: Made | undefined;
  for (const rows of subqueries) {
    for (const strategy of await engine.strategies(rows)) {
      const made = await engine.make(rows, strategy);
      if (!made) continue;
      if (await engine.fires(made.rows)) {
        const nearMisses = await nearMissesOf(made, rows, strategy);
        return { fires: true, tables: tablesOf(made.rows, schemas), nearMisses, unsolved: made.unsolved };
      }
      if (!best || made.unsolved.length < best.unsolved.length) best = made;
    }
  }
  const rows = best?.rows ?? new Map<string, readonly Row[]>();
  const found = best && (await searched(best.rows, schemas, best.hints, engine.fires));
  return {
    fires: found !== undefined,
    tables: tablesOf(found ?? rows, schemas),
    nearMisses: [],
    unsolved: best?.unsolved ?? [],
  };

  async function nearMissesOf(made: Made, rows: MadeRows, strategy: Strategy): Promise<readonly NearMiss[]> {
    const misses: NearMiss[] = [];
    const seen = new Set([textOf(made.rows)]);
    for (const atom of made.atoms) {
      const turned = await engine.make(rows, strategy, atomKey(atom.span));
      const key = turned && textOf(turned.rows);
      if (!turned || key === undefined || seen.has(key) || (await engine.fires(turned.rows))) continue;
      seen.add(key);
      misses.push({ ...atom, tables: tablesOf(turned.rows, schemas) });
    }
    return misses;
  }

  function textOf(rows: MadeRows): string {
    return JSON.stringify(
      [...rows].map(([table, list]) => [
        table,
        list.map((row) =>
          [...row].map(([index, cell]) => [index, cellKey(schemas.get(table)?.[index]?.type ?? "string", cell)]),
        ),
      ]),
    );
  }
}

interface Made {
  readonly rows: MadeRows;
  readonly hints: Hints;
  readonly atoms: readonly Atom[];
  readonly unsolved: Synthesis["unsolved"];
}

/** Binding, making and running over rows. */
function engineFor(text: string, schemas: Schemas, options: SynthesisOptions) {
  const { now, parameters, external, ingestionTime } = options;
  const clock: Clock = { now, random: () => 0.5 };
  const given = new Map<TableSource, Batch>();
  const patterns = patternsIn(parse(text).tree);
  const request = { now, parameters, seed: 1 };
  const database = (rows: MadeRows) => {
    const sources = sourcesOf(rows, schemas);
    return { sources, database: createDatabase({ tables: sources, external, ingestionTime, clock: () => now }) };
  };

  /** Rows so that the subqueries whose rows decide how the query is bound give some. */
  async function subqueryRows(): Promise<MadeRows> {
    const { sources } = database(new Map());
    const plans = await subqueriesOf(text, sources, options, clock);
    const rows = new Map<string, readonly Row[]>();
    for (const plan of plans) {
      const demands = await demandsFor([plan], sources, plainStrategy, undefined);
      demands.rows = rows.size > 0 ? new Map(rows) : demands.rows;
      if (attempt(demands, () => push(plan, [presentIn(plan)], demands)))
        for (const [table, list] of demands.rows) rows.set(table, list);
    }
    return withTimes(rows, schemas, now);
  }

  async function strategies(rows: MadeRows): Promise<readonly Strategy[]> {
    const { results } = await database(rows).database.prepare(text, request);
    const kinds = new Set(results.flatMap(({ plan }) => nodesOf(plan).map(({ kind }) => kind)));
    const found: Strategy[] = [];
    for (const branch of kinds.has("Union") ? [0, 1, 2, 3] : [0]) {
      for (const apart of kinds.has("Aggregate") ? [false, true] : [false]) {
        for (const firstSide of kinds.has("Join") ? (["left", "right"] as const) : (["left"] as const))
          found.push({ firstSide, branch, apart });
      }
    }
    return found;
  }

  async function make(base: MadeRows, strategy: Strategy, turned?: string): Promise<Made | undefined> {
    const { sources, database: engine } = database(base);
    const { results } = await engine.prepare(text, request);
    const [result] = results;
    if (!result) return undefined;
    const demands = await demandsFor([result.plan], sources, strategy, turned);
    demands.rows = new Map(base);
    if (!attempt(demands, () => push(result.plan, [[]], demands))) return undefined;
    return {
      rows: withTimes(demands.rows, schemas, now),
      hints: demands.hints,
      atoms: [...demands.atoms.values()],
      unsolved: [...demands.unsolved.values()],
    };
  }

  async function demandsFor(
    plans: readonly Plan[],
    sources: ReadonlyMap<string, TableSource>,
    strategy: Strategy,
    turned: string | undefined,
  ): Promise<Demands> {
    const tables = new Map([...sources].map(([name, source]) => [source, name] as const));
    for (const node of plans.flatMap(nodesOf)) {
      if (node.kind === "Scan" && !tables.has(node.source) && !given.has(node.source))
        given.set(node.source, await firstRows(node.source));
    }
    return {
      clock,
      strategy,
      turned,
      tables,
      given,
      hints: { now, literals: literalsIn(plans) },
      patterns,
      atoms: new Map(),
      unsolved: new Map(),
      pending: new Map(),
      inputs: new Map(),
      rows: new Map(),
      groups: new Map(),
    };
  }

  async function fires(rows: MadeRows): Promise<boolean> {
    try {
      const { results } = await database(rows).database.query(text, request);
      return (results[0]?.rows.length ?? 0) > 0;
    } catch (thrown) {
      // Rows on which the query fails do not make it fire.
      if (thrown instanceof KqlError) return false;
      throw thrown;
    }
  }

  return { subqueryRows, strategies, make, fires };
}

const plainStrategy: Strategy = { firstSide: "left", branch: 0, apart: false };

/** As many rows of data that is not ours as are looked at. */
const mostGiven = 5000;

async function firstRows(source: TableSource): Promise<Batch> {
  const batches: Batch[] = [];
  let length = 0;
  for await (const batch of source.scan({ columns: new Set(source.schema.keys()) })) {
    batches.push(batch);
    length += batch.length;
    if (length >= mostGiven) break;
  }
  return concat(batches, source.schema);
}

/** The subplans that the binder asks the rows of, when each has none. */
async function subqueriesOf(
  text: string,
  sources: ReadonlyMap<string, TableSource>,
  { parameters = new Map(), external, ingestionTime }: SynthesisOptions,
  clock: Clock,
): Promise<readonly Plan[]> {
  const { tree, diagnostics } = parse(text);
  const catalog: Catalog = {
    ...nothingAround,
    surroundings: surroundingsOf({ ingestionTime }),
    tableNames: [...sources.keys()],
    table: (name) => sources.get(name),
    database: () => undefined,
    databaseNames: [],
    // Who has none is told when the query is prepared.
    external: (request) => external?.(request) ?? { schema: request.columns, scan: async function* () {} },
  };
  const plans: Plan[] = [];
  const answers: Batch[] = [];
  while (answers.length < mostSubqueries && diagnostics.every(({ severity }) => severity !== "error")) {
    try {
      const bound = bind(tree, catalog, { clock, parameters, answers });
      if (bound.kind === "bound") break;
      plans.push(bound.plan);
      const { schema } = bound.plan;
      answers.push(
        batchOf(
          schema,
          schema.map(({ type }) => columnFromCells(type, [])),
          0,
        ),
      );
    } catch (thrown) {
      if (!(thrown instanceof NeedsLibrary)) throw thrown;
      await thrown.load();
    }
  }
  return plans;
}

const mostSubqueries = 50;

/** A list wants values, not nulls. */
function presentIn({ schema, origin }: Plan): Want {
  const [field, ...more] = schema;
  if (!field || more.length > 0) return [];
  const expr: Expr = { kind: "Column", index: 0, ...field, span: origin };
  return [{ kind: "same", expr, group: { type: field.type }, present: true }];
}

function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...inputsOf(plan).flatMap(nodesOf)];
}

/** The literals of the query, each once; those of lists one by one. */
function literalsIn(plans: readonly Plan[]): Hints["literals"] {
  const found = new Map<string, Hints["literals"][number]>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "Call") for (const arg of expr.args) visit(arg);
    if (expr.kind !== "Literal" || expr.value === null) return;
    const items =
      expr.type === "dynamic" && isArray(expr.value as Dynamic) ? (expr.value as readonly Dynamic[]) : undefined;
    for (const value of items ?? [expr.value]) {
      const type = items ? (typeof value === "string" ? "string" : "dynamic") : expr.type;
      found.set(`${type} ${cellKey(type, value)}`, { type, value });
    }
  };
  for (const node of plans.flatMap(nodesOf)) for (const expr of exprsOf(node)) visit(expr);
  return [...found.values()];
}
