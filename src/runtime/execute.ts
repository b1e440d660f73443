import type { Batches } from "../data/batch.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Plan } from "../plan/nodes.ts";
import { given } from "./given.ts";
import { aggregate } from "./operators/aggregate.ts";
import { apply } from "./operators/apply.ts";
import { consume } from "./operators/consume.ts";
import { evaluatePlugin } from "./operators/evaluate-plugin.ts";
import { extract } from "./operators/extract.ts";
import { filter } from "./operators/filter.ts";
import { firstPerKey } from "./operators/first-per-key.ts";
import { graph } from "./operators/graph.ts";
import { join } from "./operators/join.ts";
import { limit } from "./operators/limit.ts";
import { makeSeries } from "./operators/make-series.ts";
import { partition } from "./operators/partition.ts";
import { project } from "./operators/project.ts";
import { range } from "./operators/range.ts";
import { scan } from "./operators/scan.ts";
import { sequences } from "./operators/sequences.ts";
import { shared } from "./operators/shared.ts";
import { sort } from "./operators/sort.ts";
import { topNested } from "./operators/top-nested.ts";
import { union } from "./operators/union.ts";
import { unnest } from "./operators/unnest.ts";
import { values } from "./operators/values.ts";
import type { Run } from "./run.ts";

/** The rows of a plan; nothing runs before they are pulled. Throws `KqlError`, and the reason of a cancelled run. */
export function execute(plan: Plan, run: Run): Batches {
  const rows = rowsOf(plan, run);
  return run.profile ? run.profile.watch(plan, rows) : rows;
}

function rowsOf(plan: Plan, run: Run): Batches {
  switch (plan.kind) {
    case "Scan":
      return scan(plan, run);
    case "Values":
      return values(plan, run);
    case "Range":
      return range(plan, run);
    case "Filter":
      return filter(plan, execute(plan.input, run), run);
    case "Project":
      return project(plan, execute(plan.input, run), run);
    case "Aggregate":
      return aggregate(plan, execute(plan.input, run), run);
    case "FirstPerKey":
      return firstPerKey(plan, execute(plan.input, run), run);
    case "Sort":
      return sort(plan, execute(plan.input, run), run);
    case "Limit":
      return limit(plan, execute(plan.input, run));
    case "Join":
      return join(plan, execute(plan.left, run), execute(plan.right, run), run);
    case "Union":
      return union(plan.inputs.map((input) => execute(input, run)));
    case "Unnest":
      return unnest(plan, execute(plan.input, run), run);
    case "Apply":
      return apply(plan, execute(plan.input, run), (inner) => execute(plan.body, inner), run);
    case "Extract":
      return extract(plan, execute(plan.input, run), run);
    case "Consume":
      return consume(plan, execute(plan.input, run));
    case "MakeSeries":
      return makeSeries(plan, execute(plan.input, run), run);
    case "Evaluate": {
      const tables = plan.tables.map((table) => execute(table, run));
      return evaluatePlugin(plan, execute(plan.input, run), tables);
    }
    case "Given":
      return given(plan, run);
    case "Partition":
      return partition(plan, execute(plan.input, run), (inner) => execute(plan.body, inner), run);
    case "TopNested":
      return topNested(plan, execute(plan.input, run), run);
    case "Sequences":
      return sequences(plan, execute(plan.input, run), run);
    case "Graph": {
      const tables = plan.tables.map((table) => execute(table.plan, run));
      return graph(plan, execute(plan.input, run), tables, run);
    }
    case "Shared":
      return shared(plan, execute(plan.input, run), run);
    case "Refused":
      throw new KqlError(plan.problem);
  }
}
