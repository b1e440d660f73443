import type { Batches } from "../../data/batch.ts";

/** One input after the other. */
export async function* union(inputs: readonly Batches[]): Batches {
  for (const input of inputs) yield* input;
}
