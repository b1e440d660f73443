import type { Expr, Filter, Join, JoinType, Plan, Project } from "../nodes.ts";
import { columnsIn, isRowLocal, movedColumns } from "../walk.ts";

/** A filter goes as far towards the rows' source as its columns come from, so that less is computed and read. */
export function sinkFilters(plan: Plan): Plan {
  if (plan.kind !== "Filter" || !isRowLocal(plan.predicate)) return plan;
  return sunk(plan, plan.predicate, plan.input) ?? plan;
}

function placed(filter: Filter, predicate: Expr, input: Plan): Plan {
  return sunk(filter, predicate, input) ?? { ...filter, predicate, input, schema: input.schema };
}

/** `below` with the filter somewhere inside; undefined when it has to stay on top. */
function sunk(filter: Filter, predicate: Expr, below: Plan): Plan | undefined {
  switch (below.kind) {
    case "Filter": {
      // Filters that cannot go deeper stay in the order in which the query has them.
      const input = isRowLocal(below.predicate) ? sunk(filter, predicate, below.input) : undefined;
      return input && { ...below, input };
    }
    case "Project": {
      const moved = throughProject(predicate, below);
      return moved && { ...below, input: placed(filter, moved, below.input) };
    }
    case "Sort":
      if (below.limit !== undefined || !below.keys.every(({ expr }) => isRowLocal(expr))) return undefined;
      return { ...below, input: placed(filter, predicate, below.input) };
    case "Union":
      return { ...below, inputs: below.inputs.map((input) => placed(filter, predicate, input)) };
    case "Extract": {
      const { input, outputs } = below;
      const passes = (index: number) => index < input.schema.length && !outputs.includes(index);
      const whole = !isRowLocal(below.text) || ![...columnsIn(predicate)].every(passes);
      return whole ? undefined : { ...below, input: placed(filter, predicate, input) };
    }
    case "Join":
      return throughJoin(filter, predicate, below);
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

function throughJoin(filter: Filter, predicate: Expr, join: Join): Plan | undefined {
  const { left, right, type } = join;
  const columns = [...columnsIn(predicate)];
  if (leftSide.has(type) && columns.every((index) => index < left.schema.length))
    return { ...join, left: placed(filter, predicate, left) };
  const first = type === "rightsemi" || type === "rightanti" ? 0 : left.schema.length;
  if (!rightSide.has(type) || columns.some((index) => index < first)) return undefined;
  const moved = movedColumns(predicate, (index) => index - first);
  return { ...join, right: placed(filter, moved, right) };
}
