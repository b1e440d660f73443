import type { QueryDocument } from "../../documents/document.ts";
import type { Coverage, CoverageScore } from "../../insight/coverage/coverage.ts";
import type { MutationScore } from "../../insight/mutation/run.ts";
import type { TraceStep } from "../../testing/spec/outcome.ts";

/** How a case came to fail, which is also how the process ends. https://tldp.org/LDP/abs/html/exitcodes.html */
export type Cause = "expectation" | "spec" | "query" | "data" | "run";

export interface CaseReport {
  readonly name: string;
  /** 1-based, in the file of the test. */
  readonly line: number;
  readonly status: "passed" | "failed" | "skipped";
  readonly failures: readonly FailureReport[];
  readonly cause?: Cause | undefined;
  /** Why it is skipped. */
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly knownGap?: string | undefined;
  readonly tags: readonly string[];
  readonly trace: readonly TraceStep[];
  readonly milliseconds: number;
}

export interface FailureReport {
  readonly message: string;
  readonly details: readonly string[];
  /** 1-based, in the file of the test. */
  readonly line: number;
}

export interface FileReport {
  /** As it is shown: relative to the working directory. */
  readonly path: string;
  /** What the tests are of, as the file names it. */
  readonly query?: string | undefined;
  readonly cases: readonly CaseReport[];
  /** What they reach of the query, where that was asked for. */
  readonly coverage?: MeasuredCoverage | undefined;
  readonly mutation?: MeasuredMutation | undefined;
  /** What the tests reach less of than is asked for. */
  readonly shortfalls?: readonly FailureReport[] | undefined;
}

export interface MeasuredCoverage extends CoverageScore {
  /** Undefined where nothing was measured, which counts as nothing reached. */
  readonly coverage: Coverage | undefined;
  readonly document: QueryDocument;
}

export interface MeasuredMutation extends MutationScore {
  /** The changes that no test notices, drawn. */
  readonly survivors: readonly string[];
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function totalsOf(files: readonly FileReport[]): Totals {
  const count = (status: CaseReport["status"]) =>
    files.reduce((sum, { cases }) => sum + cases.filter((each) => each.status === status).length, 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** Which case is meant: tests of one name stand in several files. */
export function caseId(path: string, name: string): string {
  return `${path} > ${name}`;
}
