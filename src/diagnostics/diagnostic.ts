/** UTF-16 offsets into the query text, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Label {
  readonly span: Span;
  /** Short phrase under the caret; empty for the caret alone. */
  readonly text: string;
}

/** Plain data: crosses workers, HTTP and JSON unchanged. Every sentence in one is made in `diagnostics/catalogue/`. */
export interface Diagnostic {
  /** Kusto's own code where the meaning is the same (`KS142`), ours otherwise (`KQ…`). */
  readonly code: `KS${number}` | `KQ${number}`;
  readonly severity: "error" | "warning" | "hint";
  /** One sentence, names in backticks, no full stop. */
  readonly message: string;
  /** The first is the culprit, the others say why it is one. */
  readonly labels: readonly [Label, ...Label[]];
  readonly help?: string | undefined;
  /** Which exit code it leads to. */
  readonly stage: "query" | "data" | "run";
}

/** The one exception that leaves the engine on purpose. Anything else that escapes is a defect of kqlite. */
export class KqlError extends Error {
  readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]];

  constructor(first: Diagnostic, ...others: readonly Diagnostic[]) {
    super(`${first.code}: ${first.message}`);
    this.name = "KqlError";
    this.diagnostics = [first, ...others];
  }
}
