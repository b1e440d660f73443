import type { Expr, Plan, Shared } from "../nodes.ts";
import { inputsOf, isRowLocal, mapInputs } from "../walk.ts";

/**
 * Equal filters over one table, in several places of a query, run once. A bare table is left as it is: its rows are
 * read faster than they are kept.
 */
export function shareScans(plans: readonly Plan[]): readonly Plan[] {
  const keyOf = chainKeys();
  const uses = new Map<string, number>();
  const seen = new Set<Plan>();
  const count = (plan: Plan): void => {
    const key = keyOf(plan);
    if (key !== undefined) uses.set(key, (uses.get(key) ?? 0) + 1);
    if (key !== undefined || seen.has(plan)) return;
    seen.add(plan);
    for (const input of inputsOf(plan)) count(input);
  };
  for (const plan of plans) count(plan);
  const made = new Map<string, Shared>();
  const known = new Map<Plan, Plan>();
  const rewrite = (plan: Plan): Plan => {
    const key = keyOf(plan);
    if (key !== undefined) return (uses.get(key) ?? 0) > 1 ? sharedFor(key, plan) : plan;
    let next = known.get(plan);
    if (!next) {
      next = mapInputs(plan, rewrite);
      known.set(plan, next);
    }
    return next;
  };
  const sharedFor = (key: string, input: Plan): Shared => {
    let shared = made.get(key);
    if (!shared) {
      const { schema, origin } = input;
      // The binder counts up from 0.
      shared = {
        kind: "Shared",
        id: -1 - made.size,
        drawn: false,
        inlined: false,
        name: "scan",
        input,
        schema,
        origin,
      };
      made.set(key, shared);
    }
    return shared;
  };
  return plans.map(rewrite);
}

/** Equal keys for equal chains of filters over the same table; undefined for every other plan. */
function chainKeys(): (plan: Plan) => string | undefined {
  const numbers = new Map<unknown, number>();
  const numberOf = (thing: unknown): number => {
    const known = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, known);
    return known;
  };
  const exprKey = (expr: Expr): string => {
    switch (expr.kind) {
      case "Column":
        return `c${expr.index}`;
      case "Literal":
        // Objects are equal when they are one: a longer look would cost more than it finds.
        return `l${expr.type}:${typeof expr.value === "object" && expr.value !== null ? numberOf(expr.value) : `${typeof expr.value}${expr.value}`}`;
      case "Call":
        return `f${numberOf(expr.overload)}(${expr.args.map(exprKey).join(",")})`;
    }
  };
  const below = (plan: Plan): string | undefined => {
    if (plan.kind === "Scan") return `t${numberOf(plan.source)}`;
    if (plan.kind !== "Filter" || !isRowLocal(plan.predicate)) return undefined;
    const input = below(plan.input);
    return input && `${input}|${exprKey(plan.predicate)}`;
  };
  return (plan) => (plan.kind === "Filter" ? below(plan) : undefined);
}
