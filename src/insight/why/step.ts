import type { Batch } from "../../data/batch.ts";
import type { Plan } from "../../plan/nodes.ts";
import type { Links } from "./links.ts";

/** A node of the plan that has run: its rows, and the rows of its inputs behind each. */
export interface Step {
  readonly plan: Plan;
  readonly inputs: readonly Step[];
  readonly rows: Batch;
  /** One per input; undefined where nobody can say. */
  readonly links: readonly (Links | undefined)[];
  /** Of an aggregate, for each arg_max and arg_min: the input row that each group's values are taken from. */
  readonly winners?: readonly Winner[] | undefined;
  /** Of a partition: what ran over each part. */
  readonly parts?: readonly Part[] | undefined;
}

/** The body of a partition over the rows of one part. */
export interface Part {
  /** The input rows that it was given, in order. */
  readonly members: Int32Array;
  readonly root: Step;
  /** Where the body reads them. */
  readonly given: readonly Step[];
}
export interface Winner {
  readonly fn: string;
  /** By output row. */
  readonly rows: Int32Array;
}

/** What a node makes of its inputs: a step but for the inputs themselves. */
export type Traced = Pick<Step, "rows" | "links" | "winners" | "parts">;
