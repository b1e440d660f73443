import { type Batch, lazyBatch } from "../../data/batch.ts";
import { cellAt } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { type Diagnostic, KqlError, type Span } from "../../diagnostics/diagnostic.ts";
import { createDatabase, type QueryOptions } from "../../engine/database.ts";
import { backward } from "./links.ts";
import { numbered, rowNumbers } from "./numbered.ts";
import type { Step } from "./step.ts";

/** A cell and its column. */
export interface NamedCell {
  readonly name: string;
  readonly type: Batch["schema"][number]["type"];
  readonly value: Cell;
}

/** A row of a table that the query reads. */
export interface SourceRow {
  readonly table: string;
  /** From 1, in the order in which the table gives its rows. */
  readonly number: number;
}

/** A place where the query reads a table. */
export interface Source {
  readonly step: Step;
  readonly table: string;
  readonly span: Span;
}

/** Every place where rows come from, those of the main pipeline first, then in the order of the text. */
export function sourcesOf(roots: readonly Step[]): readonly Source[] {
  const found = new Map<Step, Source & { readonly main: boolean }>();
  const seen = new Set<Step>();
  const visit = (step: Step, main: boolean): void => {
    if (seen.has(step)) return;
    seen.add(step);
    const { plan } = step;
    if (plan.kind === "Scan") found.set(step, { step, table: plan.name, span: plan.origin, main });
    // `print` has one row without columns: nothing to follow.
    if ((plan.kind === "Values" && plan.schema.length > 0) || plan.kind === "Range") {
      found.set(step, { step, table: plan.kind === "Range" ? "range" : "datatable", span: plan.origin, main });
    }
    for (const [i, input] of step.inputs.entries()) visit(input, main && (i === 0 || plan.kind === "Union"));
  };
  for (const root of roots) visit(root, true);
  return [...found.values()].sort((a, b) => Number(b.main) - Number(a.main) || a.span.start - b.span.start);
}

/** The rows of a source for which `predicate`, KQL, is true; every row without one. Throws `KqlError`. */
export async function rowsWhere(
  { step, table }: Source,
  predicate: string | undefined,
  options: QueryOptions,
): Promise<readonly number[]> {
  const { rows } = step;
  if (predicate === undefined) return [...rowNumbers(numbered(rows), rows.schema.length)];
  const given = numbered(rows);
  const name = "row number";
  const schema = given.schema.map((field, index) => (index < rows.schema.length ? field : { ...field, name }));
  const source = {
    schema,
    scan: async function* () {
      yield lazyBatch(schema, given.length, (index) => given.column(index));
    },
  };
  const database = createDatabase({ tables: new Map([[table, source]]) });
  const before = `['${table}'] | where (`;
  const text = `${before}${predicate}\n) | project ['${name}']`;
  try {
    const { results } = await database.query(text, { now: options.now, seed: options.seed });
    const [found] = results;
    return found ? [...rowNumbers(found.rows, 0)] : [];
  } catch (thrown) {
    throw thrown instanceof KqlError ? new WrongPredicate(thrown, before.length, predicate.length) : thrown;
  }
}

/** What is wrong with the predicate that chooses rows. The places are those in its own text. */
export class WrongPredicate extends KqlError {
  constructor({ diagnostics: [first, ...others] }: KqlError, before: number, length: number) {
    const within = (offset: number) => Math.min(Math.max(offset - before, 0), length);
    const moved = (diagnostic: Diagnostic): Diagnostic => {
      const [culprit, ...more] = diagnostic.labels.map(({ span, text }) => {
        return { span: { start: within(span.start), end: within(span.end) }, text };
      });
      return culprit ? { ...diagnostic, labels: [culprit, ...more] } : diagnostic;
    };
    super(moved(first), ...others.map(moved));
  }
}

/** The rows of tables behind a row, in the order of `sources`. */
export interface Origins {
  readonly rows: readonly SourceRow[];
  /** Those of the pipeline itself: without what the other sides of joins and plugins add. */
  readonly main: readonly SourceRow[];
  /** Operators through which rows cannot be followed back. */
  readonly lostAt: readonly Span[];
}

export function originsOf(step: Step, row: number, sources: readonly Source[]): Origins {
  const [all, main] = [new Map<Step, Set<number>>(), new Map<Step, Set<number>>()];
  const lost: Span[] = [];
  const visit = (at: Step, rows: ReadonlySet<number>, isMain: boolean): void => {
    if (rows.size === 0) return;
    if (at.inputs.length === 0) {
      for (const found of isMain ? [all, main] : [all]) {
        const known = found.get(at) ?? new Set();
        for (const one of rows) known.add(one);
        found.set(at, known);
      }
    }
    for (const [i, input] of at.inputs.entries()) {
      const links = at.links[i];
      if (links) visit(input, backward(links, rows), isMain && (i === 0 || at.plan.kind === "Union"));
      else if (!lost.includes(at.plan.origin)) lost.push(at.plan.origin);
    }
  };
  visit(step, new Set([row]), true);
  return { rows: sourceRows(all, sources), main: sourceRows(main, sources), lostAt: lost };
}

/** Each once, be the table read in several places. */
function sourceRows(found: ReadonlyMap<Step, ReadonlySet<number>>, sources: readonly Source[]): readonly SourceRow[] {
  const rows = new Map<string, SourceRow>();
  for (const { step, table } of sources) {
    for (const one of found.get(step) ?? []) rows.set(`${one} ${table}`, { table, number: one + 1 });
  }
  return [...rows.values()];
}

export function cellsOf(
  rows: Batch,
  row: number,
  columns: Iterable<number> = rows.schema.keys(),
): readonly NamedCell[] {
  return [...columns].flatMap((index) => {
    const field = rows.schema[index];
    return field ? [{ name: field.name, type: field.type, value: cellAt(rows.column(index), row) }] : [];
  });
}

/** True when the error says no more than that a name is not known here. */
export function isUnknownName(thrown: unknown): boolean {
  return thrown instanceof KqlError && thrown.diagnostics.every(({ code }) => code === "KS142");
}
