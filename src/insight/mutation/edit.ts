import type { Span } from "../../diagnostics/diagnostic.ts";

/** What a mutant changes; the names are those of reports. */
export type MutationOperator =
  | "drop condition"
  | "negate condition"
  | "and/or"
  | "comparison"
  | "string operator"
  | "letter case"
  | "number"
  | "timespan"
  | "drop list item"
  | "join kind"
  | "aggregate"
  | "truth value"
  | "sort direction"
  | "swap arms"
  | "drop operator";

/** A small change of a query's text. */
export interface Edit {
  readonly span: Span;
  readonly replacement: string;
  readonly operator: MutationOperator;
}

export interface Mutant extends Edit {
  /** The whole query, changed. */
  readonly text: string;
}

export function applied(text: string, edit: Edit): Mutant {
  const { span, replacement } = edit;
  return { ...edit, text: text.slice(0, span.start) + replacement + text.slice(span.end) };
}

export function textAt(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
