import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Database, Prepared, QueryOptions } from "../../engine/database.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import { planKeys } from "../plan-key.ts";
import type { Mutant } from "./edit.ts";

/** Why a mutant says nothing about a test: it does not parse or bind, or makes other columns; it does what the query does. */
export type LeftOut = "broken" | "equivalent";

/**
 * The mutants that a test can notice, as far as it shows without running them, each as it is asked for: who runs it next
 * finds it parsed. `leave` hears of the others. Throws `KqlError` when the query itself does not bind.
 */
export async function* noticeable(
  database: Pick<Database, "prepare">,
  text: string,
  mutants: Iterable<Mutant>,
  options: QueryOptions = {},
  leave: (why: LeftOut) => void = () => {},
): AsyncGenerator<Mutant, void, undefined> {
  const keyOf = planKeys();
  const original = plansOf(await database.prepare(text, options));
  const key = original.map(keyOf).join("\n");
  const columns = schemasOf(original);
  for (const mutant of mutants) {
    const plans = await plansUnlessBroken(database, mutant.text, options);
    if (!plans || (mutant.operator === "drop operator" && schemasOf(plans) !== columns)) leave("broken");
    else if (plans.map(keyOf).join("\n") === key) leave("equivalent");
    else yield mutant;
  }
}

async function plansUnlessBroken(
  database: Pick<Database, "prepare">,
  text: string,
  options: QueryOptions,
): Promise<readonly Plan[] | undefined> {
  try {
    return plansOf(await database.prepare(text, options));
  } catch (thrown) {
    if (thrown instanceof KqlError) return undefined;
    throw thrown;
  }
}

function plansOf({ results }: Prepared): readonly Plan[] {
  return optimize(results.map((result) => result.plan));
}

function schemasOf(plans: readonly Plan[]): string {
  return JSON.stringify(plans.map(({ schema }) => schema.map(({ name, type }) => [name, type])));
}
