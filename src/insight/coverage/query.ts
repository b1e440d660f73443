import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Database, QueryOptions, QueryResult } from "../../engine/database.ts";
import { type ResultTable, resultTable } from "../../engine/results.ts";
import type * as op from "../../parser/ast-operators.ts";
import { parse } from "../../parser/parse.ts";
import { nodesWithin } from "../../parser/walk.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import { inputsOf } from "../../plan/walk.ts";
import { oneLine } from "../lines.ts";
import { type Coverage, mergeCoverage } from "./coverage.ts";
import { type Books, instrumented, type PipeTally } from "./instrument.ts";
import type { Tally } from "./tally.ts";

export interface MeasuredResult extends QueryResult {
  /** As they were bound. */
  readonly plans: readonly Plan[];
  readonly coverage: Coverage;
}

/** Runs a query as `query` does, and says which of its conditions the rows have met. Throws `KqlError`. */
export async function queryWithCoverage(
  database: Pick<Database, "prepare">,
  text: string,
  options: QueryOptions & { readonly now: bigint },
): Promise<MeasuredResult> {
  const { results, diagnostics, run, locate } = await database.prepare(text, options);
  const bound = results.map((result) => result.plan);
  const { books, coverage } = newBooks(text, bound);
  const plans = optimize(instrumented(bound, books));
  const tables: ResultTable[] = [];
  for (const [i, plan] of plans.entries()) {
    const result = results[i];
    if (result) tables.push(await resultTable(result, plan, run, locate));
  }
  return { results: tables, diagnostics, plans: bound, coverage: coverage() };
}

/** Operators that leave rows out. Which rows a join leaves out is a matter of its keys. */
const filtering: ReadonlySet<string> = new Set([
  "Where",
  "Distinct",
  "Take",
  "Top",
  "Sample",
  "Search",
  "Parse",
] satisfies readonly op.Operator["kind"][]);

function newBooks(text: string, plans: readonly Plan[]): { readonly books: Books; readonly coverage: () => Coverage } {
  const nodes = nodesWithin(parse(text).tree);
  const lists = new Set(
    nodes.flatMap((node) =>
      node.kind === "Let" && node.value.kind === "Literal" && node.value.type === "dynamic" ? [node.name.name] : [],
    ),
  );
  const operators = nodes.filter((node) => filtering.has(node.kind) && (node.kind !== "Parse" || node.where));
  const found = originsIn(plans);
  const pipes = new Map<string, PipeTally>();
  const unmeasured: Span[] = [];
  for (const { kind, span } of operators) {
    const filters = kind === "Where" || kind === "Search";
    if (found.has(keyOf(span))) pipes.set(keyOf(span), { span, filters, rowsIn: 0, rowsOut: 0 });
    else unmeasured.push(span);
  }
  const tallies: Tally[] = [];
  return {
    books: {
      open: (kind, span, item) => {
        const tally: Tally = { kind, span, text: item, true: 0, false: 0, null: 0, deciding: 0 };
        tallies.push(tally);
        return tally;
      },
      spelledOut: ({ start, end }) => {
        const written = text.slice(start, end);
        return /^dynamic\b/.test(written) || lists.has(written.replace(/^\(\s*|\s*\)$/g, ""));
      },
      pipe: (origin) => pipes.get(keyOf(origin)),
    },
    coverage: () => {
      // A function that is called twice is one text: what both calls see counts together.
      const conditions = tallies.map(({ text: item, span, ...tally }) => {
        return { ...tally, span, text: item ?? oneLine(text.slice(span.start, span.end)) };
      });
      const each = conditions.map((condition): Coverage => ({ conditions: [condition], pipes: [], unmeasured: [] }));
      return mergeCoverage([...each, { conditions: [], pipes: [...pipes.values()], unmeasured }]);
    },
  };
}

function originsIn(plans: readonly Plan[]): ReadonlySet<string> {
  const origins = new Set<string>();
  const seen = new Set<Plan>();
  const visit = (plan: Plan): void => {
    if (seen.has(plan)) return;
    seen.add(plan);
    origins.add(keyOf(plan.origin));
    for (const input of inputsOf(plan)) visit(input);
  };
  for (const plan of plans) visit(plan);
  return origins;
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`;
}
