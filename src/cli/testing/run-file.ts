import { tooSlow } from "../../diagnostics/catalogue/expectations.ts";
import { timeoutText } from "../../diagnostics/catalogue/usage.ts";
import type { QueryOptions } from "../../engine/database.ts";
import type { Selection } from "./select.ts";
import type { CaseReport } from "./suite.ts";

/** The run of one file of tests. */
export interface FileRun {
  /** The whole path. */
  readonly file: string;
  /** As it is shown. */
  readonly path: string;
  /** No further case is to be run. */
  readonly stop: () => boolean;
  readonly done: (report: CaseReport) => void;
}

export interface RunOptions {
  readonly selection: Selection;
  readonly update: boolean;
  readonly strict: boolean;
  /** A snapshot that is missing fails its case. */
  readonly ci: boolean;
  /** The least percentage that tests must reach; 0 to be told; undefined: nobody asks. */
  readonly coverage: number | undefined;
  readonly mutation: number | undefined;
  /** Milliseconds that a case may take. */
  readonly timeout: number | undefined;
}

class Overdue extends Error {}

/** A watch for one case, and the signal that stops it: kernels do not yield, so the signal looks at the time itself. */
export function timed(timeout: number | undefined) {
  const start = performance.now();
  const reason = new Overdue();
  const signal: NonNullable<QueryOptions["signal"]> = {
    get aborted() {
      return timeout !== undefined && performance.now() - start > timeout;
    },
    reason,
  };
  return {
    signal,
    elapsed: () => performance.now() - start,
    isOverdue: (thrown: unknown) => thrown === reason,
    message: () => tooSlow(timeoutText(timeout ?? 0)),
  };
}
