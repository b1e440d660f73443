import type { Expr, Filter, Join, JoinType, Plan, Project } from "../nodes.ts";
import { columnsIn, isRowLocal, movedColumns } from "../walk.ts";
import { conjuncts } from "./split-filters.ts";

/** A filter goes as far towards the rows' source as its columns come from, so that less is computed and read. */
export function sinkFilters(plan: Plan): Plan {
  if (plan.kind !== "Filter" || !isRowLocal(plan.predicate)) return plan;
  return sunk(plan, plan.predicate, plan.input, "deep") ?? plan;
}

/**
 * A filter as Kusto runs it behind an innerunique join: what it asks of the left side alone is asked before one row of
 * each key is chosen. The filter itself where it stands behind no such join.
 * https://learn.microsoft.com/kusto/query/join-innerunique
 */
export function filterBeforeFirst(filter: Filter): Plan {
  const staying: Expr[] = [];
  let plan = filter.input;
  for (const predicate of conjuncts(filter.predicate)) {
    const moved = isRowLocal(predicate) ? sunk(filter, predicate, plan, "first") : undefined;
    if (moved) plan = moved;
    else staying.push(predicate);
  }
  if (plan === filter.input) return filter;
  return staying.reduce((input, predicate): Plan => ({ ...filter, predicate, input }), plan);
}

/** How far a filter goes: as deep as it can, or only to where rows are chosen by their key, and then before that. */
type Reach = "deep" | "first";

/** `input` with the filter somewhere inside; undefined when it does not reach what it is to reach. */
function placed(filter: Filter, predicate: Expr, input: Plan, reach: Reach): Plan | undefined {
  const inside = sunk(filter, predicate, input, reach);
  return inside ?? (reach === "deep" ? onTop(filter, predicate, input) : undefined);
}

function onTop(filter: Filter, predicate: Expr, input: Plan): Plan {
  return { ...filter, predicate, input, schema: input.schema };
}

/** `below` with the filter somewhere inside; undefined when it has to stay on top. */
function sunk(filter: Filter, predicate: Expr, below: Plan, reach: Reach): Plan | undefined {
  switch (below.kind) {
    case "Filter": {
      // Filters that cannot go deeper stay in the order in which the query has them.
      const input = isRowLocal(below.predicate) ? sunk(filter, predicate, below.input, reach) : undefined;
      return input && { ...below, input };
    }
    case "Project": {
      const moved = throughProject(predicate, below);
      const input = moved && placed(filter, moved, below.input, reach);
      return input && { ...below, input };
    }
    case "Sort": {
      if (below.limit !== undefined || !below.keys.every(({ expr }) => isRowLocal(expr))) return undefined;
      const input = placed(filter, predicate, below.input, reach);
      return input && { ...below, input };
    }
    case "Union": {
      const inputs = below.inputs.map((input) => placed(filter, predicate, input, reach));
      if (inputs.every((input) => input === undefined)) return undefined;
      return { ...below, inputs: below.inputs.map((input, i) => inputs[i] ?? onTop(filter, predicate, input)) };
    }
    case "Extract": {
      const { outputs } = below;
      const passes = (index: number) => index < below.input.schema.length && !outputs.includes(index);
      if (!isRowLocal(below.text) || ![...columnsIn(predicate)].every(passes)) return undefined;
      const input = placed(filter, predicate, below.input, reach);
      return input && { ...below, input };
    }
    case "Join":
      return throughJoin(filter, predicate, below, reach);
    case "FirstPerKey":
      return reach === "first" ? { ...below, input: onTop(filter, predicate, below.input) } : undefined;
    case "Shared":
      return reach === "first" && below.inlined && !below.drawn
        ? sunk(filter, predicate, below.input, reach)
        : undefined;
    default:
      return undefined;
  }
}

/** The predicate over the input of the projection, when it reads only columns that pass unchanged. */
function throughProject(predicate: Expr, { outputs }: Project): Expr | undefined {
  if (!outputs.every(isRowLocal)) return undefined;
  const source = new Map<number, number>();
  for (const index of columnsIn(predicate)) {
    const output = outputs[index];
    if (output?.kind !== "Column") return undefined;
    source.set(index, output.index);
  }
  return movedColumns(predicate, (index) => source.get(index) ?? index);
}

/** Joins in which a row of that side never stands in the output as a row of nulls. */
const leftSide: ReadonlySet<JoinType> = new Set(["inner", "leftouter", "leftsemi", "leftanti"]);
const rightSide: ReadonlySet<JoinType> = new Set(["inner", "rightouter", "rightsemi", "rightanti"]);

function throughJoin(filter: Filter, predicate: Expr, join: Join, reach: Reach): Plan | undefined {
  const { left, right, type } = join;
  const columns = [...columnsIn(predicate)];
  if (leftSide.has(type) && columns.every((index) => index < left.schema.length)) {
    const input = placed(filter, predicate, left, reach);
    return input && { ...join, left: input };
  }
  const first = type === "rightsemi" || type === "rightanti" ? 0 : left.schema.length;
  if (!rightSide.has(type) || columns.some((index) => index < first)) return undefined;
  const moved = movedColumns(predicate, (index) => index - first);
  const input = placed(filter, moved, right, reach);
  return input && { ...join, right: input };
}
