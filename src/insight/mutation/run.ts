import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Mutant } from "./edit.ts";

export interface JudgedMutant {
  readonly mutant: Mutant;
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
 * `unnoticed` runs the tests over the text of a mutant: true when all of them still pass.
 */
export async function* runMutants(
  mutants: Iterable<Mutant> | AsyncIterable<Mutant>,
  unnoticed: (text: string) => Promise<boolean>,
): AsyncGenerator<JudgedMutant, void, undefined> {
  for await (const mutant of mutants)
    yield { mutant, verdict: (await survives(mutant, unnoticed)) ? "survived" : "killed" };
}

async function survives({ text }: Mutant, unnoticed: (text: string) => Promise<boolean>): Promise<boolean> {
  try {
    return await unnoticed(text);
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
