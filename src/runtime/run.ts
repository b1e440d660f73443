import type { Batch } from "../data/batch.ts";
import type { Clock } from "../plan/evaluate.ts";
import type { Profile } from "./profile.ts";

/** What a run looks at to learn that nobody wants its rows any more: an `AbortSignal` fits. */
export interface Cancellation {
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** One execution of a query: its frozen time, its randomness, and what its parts share. */
export interface Run extends Clock {
  readonly signal?: Cancellation | undefined;
  /** Who wants to know what each operator costs. */
  readonly profile?: Profile | undefined;
  /** The rows of shared subplans by their id: each runs once, whoever asks first. */
  readonly shared: SharedRows;
  /** Those of subplans that are drawn by lot: the same in all runs of one query. */
  readonly drawn: SharedRows;
  /** Inside a subquery, the rows that it is given, by the id of the placeholder. */
  readonly given?: ReadonlyMap<number, Batch> | undefined;
}

export type SharedRows = Pick<Map<number, Promise<Batch>>, "get" | "set">;

/** A run of its own; with `before`, another one for the same query. */
export function newRun(
  { now, random, signal, profile }: Omit<Run, "shared" | "drawn">,
  before?: Pick<Run, "drawn"> | undefined,
): Run {
  return { now, random, signal, profile, shared: new Map(), drawn: before?.drawn ?? new Map() };
}

/** Throws the reason of a run that was cancelled. */
export function checkCancelled({ signal }: Run): void {
  if (signal?.aborted) throw signal.reason;
}
