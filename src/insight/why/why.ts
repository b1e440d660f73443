import { noSuchTable, noTraceableRows } from "../../diagnostics/catalogue/why.ts";
import { KqlError, type Span } from "../../diagnostics/diagnostic.ts";
import type { Database, QueryOptions } from "../../engine/database.ts";
import { located } from "../../engine/results.ts";
import { type Graph, graphOf, type Way, waysOf } from "./follow.ts";
import {
  cellsOf,
  isUnknownName,
  type NamedCell,
  type Origins,
  originsOf,
  rowsWhere,
  type SourceRow,
  sourcesOf,
} from "./sources.ts";
import { tracer } from "./trace.ts";

export interface WhyOptions extends QueryOptions {
  readonly now: bigint;
  /** KQL over the columns of the table: which rows to follow; absent for all. */
  readonly row?: string | undefined;
  /** Where to look for them; absent for every table that has the columns. */
  readonly table?: string | undefined;
}

/** A row, and what becomes of it. */
export interface Followed {
  readonly row: SourceRow;
  readonly cells: readonly NamedCell[];
  /** One per place where the query reads the row, that of the main pipeline first. */
  readonly reads: readonly { readonly span: Span; readonly ways: readonly Way[] }[];
}

/** Follows rows of tables through the query, each to the end. Throws `KqlError`. */
export async function why(
  database: Pick<Database, "prepare">,
  text: string,
  options: WhyOptions,
): Promise<readonly Followed[]> {
  const graph = await graphFor(database, text, options);
  const named = graph.sources.filter(({ table }) => options.table === undefined || table === options.table);
  if (named.length === 0) throw new KqlError(noSuchTable(options.table ?? "", tablesIn(graph)));
  const followed = new Map<string, Followed>();
  let unknown: unknown;
  let searched = 0;
  for (const source of named) {
    let rows: readonly number[];
    try {
      rows = await rowsWhere(source, options.row, options);
      searched++;
    } catch (thrown) {
      if (!isUnknownName(thrown)) throw thrown;
      // Another table may have the column.
      unknown = thrown;
      continue;
    }
    for (const row of rows) {
      const one = { table: source.table, number: row + 1 };
      const key = `${one.table}\n${one.number}`;
      const read = { span: source.span, ways: waysOf(graph, source.step, row) };
      const before = followed.get(key);
      followed.set(
        key,
        before
          ? { ...before, reads: [...before.reads, read] }
          : { row: one, cells: cellsOf(source.step.rows, row), reads: [read] },
      );
    }
  }
  if (searched === 0) throw unknown;
  return [...followed.values()];
}

/** A row of the result, and the rows of tables behind it. */
export interface Because extends Origins {
  /** From 0. */
  readonly result: number;
  /** From 1. */
  readonly number: number;
  readonly cells: readonly NamedCell[];
}

/** Every row of the results, with the rows of tables behind it. Throws `KqlError`. */
export async function because(
  database: Pick<Database, "prepare">,
  text: string,
  options: Omit<WhyOptions, "row" | "table">,
): Promise<readonly Because[]> {
  const { roots, sources } = await graphFor(database, text, options);
  return roots.flatMap((root, result) =>
    Array.from({ length: root.rows.length }, (_, row): Because => {
      return { result, number: row + 1, cells: cellsOf(root.rows, row), ...originsOf(root, row, sources) };
    }),
  );
}

async function graphFor(
  database: Pick<Database, "prepare">,
  text: string,
  options: QueryOptions & { readonly now: bigint },
): Promise<Graph> {
  const { results, run, locate } = await database.prepare(text, options);
  const trace = tracer(run);
  const roots = await located(locate, async () => {
    const found = [];
    for (const { plan } of results) found.push(await trace(plan));
    return found;
  });
  const sources = sourcesOf(roots);
  if (sources.length === 0) throw new KqlError(noTraceableRows());
  return graphOf(roots, sources, run);
}

function tablesIn({ sources }: Graph): readonly string[] {
  return [...new Set(sources.map(({ table }) => table))];
}
