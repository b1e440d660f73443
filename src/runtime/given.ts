import type { Batch } from "../data/batch.ts";
import type { Given, Plan } from "../plan/nodes.ts";
import { hasGiven, inputsOf } from "../plan/walk.ts";
import type { Run, SharedRows } from "./run.ts";

/** The shared subplans inside a subquery that depend on what it is given: they run anew each time. */
export function sharedWith(body: Plan, given: number): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<Plan>();
  const visit = (plan: Plan): void => {
    if (seen.has(plan)) return;
    seen.add(plan);
    if (plan.kind === "Shared" && hasGiven(plan, given)) found.add(plan.id);
    for (const input of inputsOf(plan)) visit(input);
  };
  visit(body);
  return found;
}

/** A run of a subquery over `rows`. `own`: the shared subplans that are its own. */
export function givenRun(run: Run, given: number, rows: Batch, own: ReadonlySet<number>): Run {
  return {
    ...run,
    given: new Map([...(run.given ?? []), [given, rows]]),
    shared: own.size === 0 ? run.shared : partlyOwn(run.shared, own),
    drawn: own.size === 0 ? run.drawn : partlyOwn(run.drawn, own),
  };
}

function partlyOwn(outer: SharedRows, own: ReadonlySet<number>): SharedRows {
  const inner = new Map<number, Promise<Batch>>();
  const placeOf = (id: number) => (own.has(id) ? inner : outer);
  const rows: SharedRows = {
    get: (id) => placeOf(id).get(id),
    set: (id, batch) => {
      placeOf(id).set(id, batch);
      return inner;
    },
  };
  return rows;
}

/** The rows that the subquery at hand is given. */
export async function* given(plan: Given, run: Run): AsyncGenerator<Batch, void, undefined> {
  const rows = run.given?.get(plan.id);
  if (!rows) throw new Error("a subquery runs without the rows that it is given");
  if (rows.length > 0) yield rows;
}
