import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import type { StatedTable } from "../tables.ts";
import type { Alert } from "./alerts.ts";
import type { SpecCase } from "./cases.ts";
import type { Path } from "./yaml.ts";

/** Why a case fails: a sentence, what shows it, and the place of the expectation. */
export interface Failure {
  readonly message: string;
  /** Lines below it: differing cells, a rendered error. */
  readonly details: readonly string[];
  readonly path: Path;
}

/** What came of a case. */
export interface Outcome {
  readonly specCase: SpecCase;
  readonly status: "passed" | "failed" | "skipped";
  readonly failures: readonly Failure[];
  /** What is wrong with the query, where nobody expected it; the places are in `document`. */
  readonly failed?: { readonly errors: readonly [Diagnostic, ...Diagnostic[]]; readonly document: QueryDocument };
  /** Undefined when the query failed or was not run. */
  readonly result?: StatedTable | undefined;
  /** In `mode: rule`. */
  readonly alerts?: readonly Alert[] | undefined;
  /** The rows after each step of the query, of a case that fails. */
  readonly trace?: readonly TraceStep[] | undefined;
  /** What a snapshot of this case holds, where one is asked for and does not hold it yet. */
  readonly snapshot?: readonly string[] | undefined;
}

export interface TraceStep {
  readonly name: string;
  readonly rows: number;
}
