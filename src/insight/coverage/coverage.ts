import type { Span } from "../../diagnostics/diagnostic.ts";

/** An atomic condition of the query, and how often rows have met it. */
export interface ConditionCoverage {
  /** condition: of a `where`. key: true where a join finds a partner. branch: of iff, case and the like. item: of a list. */
  readonly kind: "condition" | "key" | "branch" | "item";
  readonly span: Span;
  /** As the query has it; of an item of a list that stands elsewhere, the item. */
  readonly text: string;
  readonly true: number;
  readonly false: number;
  readonly null: number;
  /** Rows for which the whole predicate would turn if this condition did. */
  readonly deciding: number;
}

/** An operator that leaves rows out. */
export interface PipeCoverage {
  readonly span: Span;
  readonly rowsIn: number;
  readonly rowsOut: number;
}

export interface Coverage {
  readonly conditions: readonly ConditionCoverage[];
  readonly pipes: readonly PipeCoverage[];
  /** Operators that ran while the query was bound, as part of `toscalar(…)` or `in (…)`: nothing is known of them. */
  readonly unmeasured: readonly Span[];
}

/** Seen true, false and deciding; of an item it is enough that it was found. */
export function isCovered(condition: ConditionCoverage): boolean {
  if (condition.kind === "item") return condition.true > 0;
  return condition.true > 0 && condition.false > 0 && condition.deciding > 0;
}

/** Seen to keep a row and to drop one. */
export function isPipeCovered({ rowsIn, rowsOut }: PipeCoverage): boolean {
  return rowsOut > 0 && rowsOut < rowsIn;
}

export interface CoverageScore {
  readonly covered: number;
  readonly total: number;
  /** Of 100; 100 where there is nothing to cover. */
  readonly percent: number;
}

export function coverageScore({ conditions, pipes }: Coverage): CoverageScore {
  const covered = conditions.filter(isCovered).length + pipes.filter(isPipeCovered).length;
  const total = conditions.length + pipes.length;
  return { covered, total, percent: total === 0 ? 100 : (100 * covered) / total };
}

/** What several runs of one query have seen together. */
export function mergeCoverage(runs: readonly Coverage[]): Coverage {
  const conditions = new Map<string, ConditionCoverage>();
  const pipes = new Map<string, PipeCoverage>();
  const unmeasured = new Map<string, Span>();
  for (const run of runs) {
    for (const one of run.conditions) {
      const key = `${place(one.span)} ${one.kind} ${one.text}`;
      const before = conditions.get(key);
      conditions.set(key, before ? sum(before, one) : one);
    }
    for (const one of run.pipes) {
      const before = pipes.get(place(one.span));
      const rowsIn = (before?.rowsIn ?? 0) + one.rowsIn;
      pipes.set(place(one.span), { span: one.span, rowsIn, rowsOut: (before?.rowsOut ?? 0) + one.rowsOut });
    }
    for (const span of run.unmeasured) unmeasured.set(place(span), span);
  }
  const inOrder = <T extends { readonly span: Span }>(parts: Map<string, T>): readonly T[] =>
    [...parts.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { conditions: inOrder(conditions), pipes: inOrder(pipes), unmeasured: [...unmeasured.values()] };
}

function place({ start, end }: Span): string {
  return `${start}-${end}`;
}

function sum(a: ConditionCoverage, b: ConditionCoverage): ConditionCoverage {
  return {
    ...a,
    true: a.true + b.true,
    false: a.false + b.false,
    null: a.null + b.null,
    deciding: a.deciding + b.deciding,
  };
}
