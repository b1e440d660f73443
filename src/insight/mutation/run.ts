import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Mutant } from "./edit.ts";

export interface JudgedMutant<M extends Mutant = Mutant> {
  readonly mutant: M;
  /** killed: some test notices it, be it by an error of the query. survived: none does. */
  readonly verdict: "killed" | "survived";
}

export interface MutationScore {
  readonly killed: number;
  readonly survived: number;
  /** Of 100; 100 for no mutants. */
  readonly score: number;
}

/**
 * Runs the mutants one after the other, each verdict as it is found: who has seen enough stops asking.
 * `unnoticed` runs the tests over a mutant: true when all of them still pass.
 */
export async function* runMutants<M extends Mutant>(
  mutants: Iterable<M> | AsyncIterable<M>,
  unnoticed: (mutant: M) => Promise<boolean>,
): AsyncGenerator<JudgedMutant<M>, void, undefined> {
  for await (const mutant of mutants)
    yield { mutant, verdict: (await survives(mutant, unnoticed)) ? "survived" : "killed" };
}

async function survives<M extends Mutant>(mutant: M, unnoticed: (mutant: M) => Promise<boolean>): Promise<boolean> {
  try {
    return await unnoticed(mutant);
  } catch (thrown) {
    if (thrown instanceof KqlError) return false;
    throw thrown;
  }
}

export function scoreOf(judged: readonly JudgedMutant[]): MutationScore {
  const survived = judged.filter(({ verdict }) => verdict === "survived").length;
  const killed = judged.length - survived;
  return { killed, survived, score: judged.length === 0 ? 100 : (100 * killed) / judged.length };
}
