import { constantColumn } from "../../data/cells.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { AggregateCallExpr, Expr, Filter, Plan } from "../../plan/nodes.ts";
import { inputsOf, mapInputs } from "../../plan/walk.ts";
import { mapCalls, mapExprs } from "../map-exprs.ts";
import { observedCondition } from "./observed-condition.ts";
import { observedJoin } from "./observed-join.ts";
import { observer } from "./observer.ts";
import type { Book } from "./tally.ts";

export interface PipeTally {
  readonly span: Span;
  /** Its filters are what leaves rows out; else rows are counted where they come and go. */
  readonly filters: boolean;
  rowsIn: number;
  rowsOut: number;
}

/** Where conditions and pipes of a run are counted. */
export interface Books extends Book {
  /** The operator that leaves rows out, if the one at this place does. */
  pipe(origin: Span): PipeTally | undefined;
}

/** The same plans, which count as they run. What is one object before is one object after. */
export function instrumented(plans: readonly Plan[], books: Books): readonly Plan[] {
  const known = new Map<Plan, Plan>();
  const visit = (plan: Plan): Plan => {
    const before = known.get(plan);
    if (before) return before;
    const [main] = inputsOf(plan);
    const next = watched(
      mapInputs(plan, (input) => between(plan, input, input === main, visit(input), books)),
      books,
    );
    known.set(plan, next);
    return next;
  };
  return plans.map((plan) => (plan.kind === "Shared" ? visit(plan) : counted(visit(plan), rowsOut(plan, books))));
}

/** Rows on their way from one operator to the next are counted for both. */
function between(above: Plan, below: Plan, isMain: boolean, input: Plan, books: Books): Plan {
  // What several consumers read is counted once, below the place where they part.
  const out = below.kind === "Shared" ? input : counted(input, rowsOut(below, books));
  if (above.kind === "Shared") return out;
  // An operator of several nodes: nothing is between.
  if (above.origin.start === below.origin.start && above.origin.end === below.origin.end) return input;
  const tally = isMain ? books.pipe(above.origin) : undefined;
  if (!tally || tally.filters) return out;
  return counted(out, (rows) => {
    tally.rowsIn += rows;
  });
}

function rowsOut(plan: Plan, books: Books): ((rows: number) => void) | undefined {
  const tally = books.pipe(plan.origin);
  if (!tally || tally.filters) return undefined;
  return (rows) => {
    tally.rowsOut += rows;
  };
}

/** A filter that lets everything pass, and counts it. */
function counted(plan: Plan, count: ((rows: number) => void) | undefined): Plan {
  if (!count) return plan;
  // As many rows come out of a sort: below it, `sort | take` stays one step.
  if (plan.kind === "Sort" && plan.limit === undefined) return { ...plan, input: counted(plan.input, count) };
  const { schema, origin } = plan;
  const yes: Expr = { kind: "Literal", type: "bool", value: true, span: origin };
  const predicate = observer([], yes, (_, { rows }) => {
    count(rows);
    return constantColumn("bool", true);
  });
  return { kind: "Filter", input: plan, predicate, schema, origin };
}

function watched(plan: Plan, books: Books): Plan {
  const inner = withWatchedBranches(plan, books);
  switch (inner.kind) {
    case "Filter":
      return watchedFilter(inner, books);
    case "Join":
      return observedJoin(inner, books);
    case "Aggregate":
      return { ...inner, aggregates: inner.aggregates.map((call) => watchedAggregate(call, books)) };
    default:
      return inner;
  }
}

function watchedFilter(filter: Filter, books: Books): Filter {
  const pipe = books.pipe(filter.origin);
  const predicate = observedCondition(filter.predicate, "condition", books, (rows, kept) => {
    if (!pipe?.filters) return;
    pipe.rowsIn += rows;
    pipe.rowsOut += kept;
  });
  return { ...filter, predicate };
}

/** The last argument of countif and its kin is a condition. */
function watchedAggregate(call: AggregateCallExpr, books: Books): AggregateCallExpr {
  const place = call.args.findLastIndex((arg) => arg.type === "bool");
  if (!/if$/.test(call.fn.name) || place < 0) return call;
  const args = call.args.map((arg, i) => (i === place ? observedCondition(arg, "branch", books) : arg));
  return { ...call, args };
}

const branching: ReadonlySet<string> = new Set(["iff", "case"]);

function withWatchedBranches(plan: Plan, books: Books): Plan {
  return mapExprs(plan, (expr) =>
    mapCalls(expr, (call) => {
      if (!branching.has(call.fn.name)) return call;
      const args = call.args.map((arg, i) =>
        i % 2 === 0 && i < call.args.length - 1 && arg.kind !== "Literal"
          ? observedCondition(arg, "branch", books)
          : arg,
      );
      return { ...call, args };
    }),
  );
}
