import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Database, Prepared, QueryOptions } from "../../engine/database.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import { sameForm } from "../same-plan.ts";
import type { Mutant } from "./edit.ts";
import { treesOfMutants } from "./trees.ts";

/** Why a mutant says nothing about a test: it does not parse or bind, or makes other columns; it does what the query does. */
export type LeftOut = "broken" | "equivalent";

/** A query that is bound, and its plans as the optimizer leaves them. */
export interface Bound {
  readonly prepared: Prepared;
  readonly plans: readonly Plan[];
}

/** A mutant as it is bound in the database that it was checked in. */
export interface BoundMutant extends Mutant, Bound {}

/**
 * The mutants that a test can notice, as far as it shows without running them, each as it is asked for. `leave` hears of
 * the others. Throws `KqlError` when the query itself does not bind.
 */
export async function* noticeable(
  database: Pick<Database, "prepare">,
  text: string,
  mutants: Iterable<Mutant>,
  options: QueryOptions = {},
  leave: (why: LeftOut) => void = () => {},
): AsyncGenerator<BoundMutant, void, undefined> {
  const original = optimized(await database.prepare(text, options));
  const columns = schemasOf(original.plans);
  const treeOf = treesOfMutants(text);
  for (const mutant of mutants) {
    const bound = await boundUnlessBroken(database, mutant, { ...options, parsed: treeOf(mutant) });
    if (!bound || (mutant.operator === "drop operator" && schemasOf(bound.plans) !== columns)) leave("broken");
    else if (sameForm(bound.plans, original.plans)) leave("equivalent");
    else yield { ...mutant, ...bound };
  }
}

export function optimized(prepared: Prepared): Bound {
  return { prepared, plans: optimize(prepared.results.map(({ plan }) => plan)) };
}

async function boundUnlessBroken(
  database: Pick<Database, "prepare">,
  { text }: Mutant,
  options: Parameters<Database["prepare"]>[1],
): Promise<Bound | undefined> {
  try {
    return optimized(await database.prepare(text, options));
  } catch (thrown) {
    if (thrown instanceof KqlError) return undefined;
    throw thrown;
  }
}

function schemasOf(plans: readonly Plan[]): string {
  return JSON.stringify(plans.map(({ schema }) => schema.map(({ name, type }) => [name, type])));
}
