import type { Apply, Join, Plan, Scan, Unnest } from "../nodes.ts";
import { columnsIn, inputsOf, rewriter } from "../walk.ts";

/** Tells every scan which columns are looked at, by whatever plan. Batches are lazy, so nothing else has to change. */
export function pruneColumns(plans: readonly Plan[]): readonly Plan[] {
  const needs = new Map<Scan, Set<number>>();
  const sharedNeeds = new Map<number, Set<number>>();
  const givenNeeds = new Map<number, Set<number>>();

  function visit(plan: Plan, wanted: ReadonlySet<number>): void {
    switch (plan.kind) {
      case "Scan":
        merge(needs, plan, wanted);
        return;
      case "Values":
      case "Range":
        return;
      case "Filter":
        visit(plan.input, union(wanted, columnsIn(plan.predicate)));
        return;
      case "Project":
        visit(plan.input, columnsIn(...plan.outputs.filter((_, index) => wanted.has(index))));
        return;
      case "Aggregate":
        visit(plan.input, columnsIn(...plan.keys, ...plan.aggregates.flatMap((call) => call.args)));
        return;
      case "FirstPerKey":
        visit(plan.input, union(wanted, columnsIn(...plan.keys)));
        return;
      case "Sort":
        visit(plan.input, union(wanted, columnsIn(...plan.keys.map((key) => key.expr))));
        return;
      case "Limit":
        visit(plan.input, wanted);
        return;
      case "Join":
        visitJoin(plan, wanted);
        return;
      case "Union":
        for (const input of plan.inputs) visit(input, wanted);
        return;
      case "Unnest":
        visit(plan.input, union(passing(plan, wanted), columnsIn(...plan.items.map((item) => item.expr))));
        return;
      case "MakeSeries":
        visit(plan.input, allOf(plan.input));
        return;
      case "Evaluate":
        // A plugin may look at anything.
        for (const input of [plan.input, ...plan.tables]) visit(input, allOf(input));
        return;
      case "Graph":
        for (const [i, input] of inputsOf(plan).entries()) visit(input, plan.reads[i] ?? allOf(input));
        return;
      case "Given":
        merge(givenNeeds, plan.id, wanted);
        return;
      case "Apply":
        visit(plan.body, outputsFrom(plan, "body", wanted));
        visit(plan.input, appliedTo(plan, givenNeeds.get(plan.given) ?? new Set(), wanted));
        return;
      case "Extract":
        visit(plan.input, union(withoutMade(plan.input, plan.outputs, wanted), columnsIn(plan.text)));
        return;
      case "Consume":
        visit(plan.input, plan.decode ? allOf(plan.input) : new Set());
        return;
      case "Partition":
        visit(plan.body, wanted);
        visit(plan.input, union(givenNeeds.get(plan.given) ?? new Set(), columnsIn(plan.key)));
        return;
      case "TopNested":
        visit(
          plan.input,
          columnsIn(...plan.levels.flatMap(({ key, calls }) => [key, ...calls.flatMap(({ args }) => args)])),
        );
        return;
      case "Sequences":
        visit(plan.input, allOf(plan.input));
        return;
      case "Shared":
        // What is drawn by lot may serve other plans, which want other columns.
        if (merge(sharedNeeds, plan.id, plan.drawn ? allOf(plan) : wanted))
          visit(plan.input, sharedNeeds.get(plan.id) ?? wanted);
        return;
    }
  }

  function visitJoin({ left, right, type, on }: Join, wanted: ReadonlySet<number>): void {
    const width = type === "rightsemi" || type === "rightanti" ? 0 : left.schema.length;
    const ofLeft = [...wanted].filter((index) => index < width);
    const ofRight = [...wanted].filter((index) => index >= width).map((index) => index - width);
    visit(left, union(new Set(ofLeft), columnsIn(...on.map((pair) => pair.left))));
    visit(right, union(new Set(ofRight), columnsIn(...on.map((pair) => pair.right))));
  }

  for (const plan of plans) visit(plan, allOf(plan));
  const prune = rewriter((plan) => {
    const columns = plan.kind === "Scan" ? needs.get(plan) : undefined;
    return plan.kind === "Scan" && columns ? { ...plan, columns } : plan;
  });
  return plans.map(prune);
}

function allOf(plan: Plan): ReadonlySet<number> {
  return new Set(plan.schema.keys());
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a, ...b]);
}

/** Adds `wanted` to what is known of `key`; true when that was news. */
function merge<K>(known: Map<K, Set<number>>, key: K, wanted: ReadonlySet<number>): boolean {
  const before = known.get(key);
  const after = new Set([...(before ?? []), ...wanted]);
  known.set(key, after);
  return before === undefined || after.size > before.size;
}

/** The wanted columns that come from the input as they are. */
function passing({ input, items, itemIndex }: Unnest, wanted: ReadonlySet<number>): ReadonlySet<number> {
  const made = items.map((item) => item.output);
  return withoutMade(input, itemIndex === undefined ? made : [...made, itemIndex], wanted);
}

function withoutMade(input: Plan, made: readonly number[], wanted: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...wanted].filter((index) => index < input.schema.length && !made.includes(index)));
}

function outputsFrom({ outputs }: Apply, from: "input" | "body", wanted: ReadonlySet<number>): ReadonlySet<number> {
  return new Set(outputs.flatMap((output, index) => (output.from === from && wanted.has(index) ? [output.index] : [])));
}

/** The columns of the input that an mv-apply looks at, given those that its body does. */
function appliedTo(plan: Apply, ofTable: ReadonlySet<number>, wanted: ReadonlySet<number>): ReadonlySet<number> {
  const repeated = plan.kept.filter((_, index) => ofTable.has(index));
  const arrays = columnsIn(...plan.items.map((item) => item.expr));
  return new Set([...repeated, ...outputsFrom(plan, "input", wanted), ...arrays]);
}
