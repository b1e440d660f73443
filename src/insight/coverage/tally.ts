import type { Span } from "../../diagnostics/diagnostic.ts";
import type { ConditionCoverage } from "./coverage.ts";

export interface Tally {
  readonly kind: ConditionCoverage["kind"];
  readonly span: Span;
  /** Absent where the text at `span` says it. */
  readonly text?: string | undefined;
  true: number;
  false: number;
  null: number;
  deciding: number;
}

/** Where the tallies of a run are kept. */
export interface Book {
  open(kind: Tally["kind"], span: Span, text?: string): Tally;
  /** The list at this place is one that the query spells out, there or in a `let`. */
  spelledOut(span: Span): boolean;
}
