import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { Database, Prepared, QueryOptions } from "../../engine/database.ts";
import type { Plan } from "../../plan/nodes.ts";
import { optimize } from "../../plan/optimize.ts";
import { planKeys } from "../plan-key.ts";
import type { Mutant } from "./edit.ts";

export interface CheckedMutants {
  /** Those that a test can notice, as far as it shows without running them. */
  readonly mutants: readonly Mutant[];
  /** How many do not parse or bind, or dropped an operator that made other columns. */
  readonly broken: number;
  /** How many do what the query does. */
  readonly equivalent: number;
}

/** Leaves out the mutants that say nothing about a test. Throws `KqlError` when the query itself does not bind. */
export async function checkMutants(
  database: Pick<Database, "prepare">,
  text: string,
  mutants: readonly Mutant[],
  options: QueryOptions = {},
): Promise<CheckedMutants> {
  const keyOf = planKeys();
  const original = plansOf(await database.prepare(text, options));
  const key = original.map(keyOf).join("\n");
  const columns = schemasOf(original);
  const kept: Mutant[] = [];
  let [broken, equivalent] = [0, 0];
  for (const mutant of mutants) {
    const plans = await plansUnlessBroken(database, mutant.text, options);
    if (!plans || (mutant.operator === "drop operator" && schemasOf(plans) !== columns)) broken++;
    else if (plans.map(keyOf).join("\n") === key) equivalent++;
    else kept.push(mutant);
  }
  return { mutants: kept, broken, equivalent };
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
