import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Clock } from "../../plan/evaluate.ts";
import { forward } from "./links.ts";
import { type Reason, reasonsFor } from "./reasons.ts";
import { cellsOf, type NamedCell, originsOf, type Source, type SourceRow } from "./sources.ts";
import type { Step } from "./step.ts";

/** Where a row ends. */
export type Outcome =
  /** It is behind these rows of a result, from 1. */
  | { readonly kind: "result"; readonly result: number; readonly rows: readonly number[] }
  | { readonly kind: "dropped"; readonly at: Span; readonly reasons: readonly Reason[] }
  /** It goes in here, and nobody can say which of the rows that come out it is behind. */
  | { readonly kind: "lost"; readonly at: Span };

/** What happened to a row on the way. */
export type Event =
  /** It became one with other rows. `rows`: how many in all. */
  | { readonly kind: "folded"; readonly at: Span; readonly rows: number; readonly into: readonly NamedCell[] }
  /** The group shows the values of another row. */
  | { readonly kind: "passed over"; readonly at: Span; readonly fn: string; readonly rows: readonly SourceRow[] };

/** One way that a row takes: there are several where the query reads its rows in several places. */
export interface Way {
  /** It is that of the pipeline itself, and does not end before or in the other side of a join or plugin. */
  readonly main: boolean;
  readonly events: readonly Event[];
  readonly outcome: Outcome;
}

export interface Graph {
  readonly roots: readonly Step[];
  readonly sources: readonly Source[];
  /** What the result is made of, but for the other sides of joins and plugins. */
  readonly main: ReadonlySet<Step>;
  readonly consumers: ReadonlyMap<Step, readonly { readonly step: Step; readonly input: number }[]>;
  readonly clock: Clock;
}

export function graphOf(roots: readonly Step[], sources: readonly Source[], clock: Clock): Graph {
  const consumers = new Map<Step, { readonly step: Step; readonly input: number }[]>();
  const seen = new Set<Step>();
  const visit = (step: Step): void => {
    if (seen.has(step)) return;
    seen.add(step);
    for (const [i, input] of step.inputs.entries()) {
      const known = consumers.get(input) ?? [];
      known.push({ step, input: i });
      consumers.set(input, known);
      visit(input);
    }
  };
  for (const root of roots) visit(root);
  return { roots, sources, main: mainSteps(roots), consumers, clock };
}

function mainSteps(roots: readonly Step[]): ReadonlySet<Step> {
  const found = new Set<Step>();
  const visit = (step: Step): void => {
    if (found.has(step)) return;
    found.add(step);
    for (const input of step.plan.kind === "Union" ? step.inputs : step.inputs.slice(0, 1)) visit(input);
  };
  for (const root of roots) visit(root);
  return found;
}

/** Every way that a row of `step` takes to the end. */
export function waysOf(graph: Graph, step: Step, row: number): readonly Way[] {
  const ways = waysFrom(graph, step, new Set([row]), [], true);
  return [...ways.filter(({ main }) => main), ...ways.filter(({ main }) => !main)];
}

function waysFrom(
  graph: Graph,
  step: Step,
  rows: ReadonlySet<number>,
  events: readonly Event[],
  isMain: boolean,
): readonly Way[] {
  const ways: Way[] = [];
  const result = graph.roots.indexOf(step);
  if (result >= 0) {
    ways.push({ main: isMain, events, outcome: { kind: "result", result, rows: [...rows].map((row) => row + 1) } });
  }
  for (const { step: next, input } of graph.consumers.get(step) ?? []) {
    const at = next.plan.origin;
    const main = isMain && graph.main.has(next) && (input === 0 || next.plan.kind === "Union");
    const links = next.links[input];
    if (!links) {
      ways.push({ main, events, outcome: { kind: "lost", at } });
      continue;
    }
    const out = forward(links, rows);
    if (out.size === 0) {
      // Several rows of one origin mostly fail for one reason; the first stands for them.
      const [first = 0] = rows;
      const reasons = insidePart(graph, next, first) ?? reasonsFor(next, input, first, graph.clock, graph.sources);
      ways.push({ main, events, outcome: { kind: "dropped", at, reasons } });
      continue;
    }
    ways.push(...waysFrom(graph, next, out, [...events, ...eventsAt(graph, next, rows, out)], main));
  }
  return ways;
}

/** What becomes of a row of a partition in the body of its part; undefined for other steps. */
function insidePart(graph: Graph, { parts }: Step, row: number): readonly Reason[] | undefined {
  const part = parts?.find(({ members }) => members.includes(row));
  if (!part) return undefined;
  const inner = graphOf([part.root], [], graph.clock);
  const ways = part.given.flatMap((step) => waysOf(inner, step, part.members.indexOf(row)));
  return ways.flatMap(({ outcome }): readonly Reason[] =>
    outcome.kind === "dropped" ? [{ kind: "inside", at: outcome.at, reasons: outcome.reasons }] : [],
  );
}

/** How many columns of a row that stands for several say which these are. */
function groupWidth(plan: Step["plan"]): number | undefined {
  switch (plan.kind) {
    case "Aggregate":
      return plan.keys.length;
    case "MakeSeries":
      return plan.keyCount;
    case "TopNested":
      return plan.schema.length;
    default:
      return undefined;
  }
}

function eventsAt(graph: Graph, step: Step, rows: ReadonlySet<number>, out: ReadonlySet<number>): readonly Event[] {
  const { plan } = step;
  const [input] = step.inputs;
  const [group] = out;
  const [links] = step.links;
  const width = groupWidth(plan);
  if (width === undefined || !input || group === undefined || !links) return [];
  const members = links.to.reduce((sum, to) => sum + (to === group ? 1 : 0), 0);
  const passedOver = (step.winners ?? []).flatMap((winner): readonly Event[] => {
    const chosen = winner.rows[group];
    if (chosen === undefined || chosen < 0 || rows.has(chosen)) return [];
    const behind = originsOf(input, chosen, graph.sources).rows;
    return [{ kind: "passed over", at: plan.origin, fn: winner.fn, rows: behind }];
  });
  if (members <= rows.size) return passedOver;
  const into = cellsOf(step.rows, group, Array(width).keys());
  return [{ kind: "folded", at: plan.origin, rows: members, into }, ...passedOver];
}
