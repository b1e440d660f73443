import type { Batches } from "../../data/batch.ts";
import { library } from "../../functions/library.ts";
import type { Graph } from "../../plan/nodes.ts";
import type { Run } from "../run.ts";

const graphs = library(() => import("../graphs/rows.ts"));

/** Few queries look at graphs: what does so is loaded with the first of them. */
export async function* graph(plan: Graph, input: Batches, tables: readonly Batches[], run: Run): Batches {
  await graphs.load();
  yield* graphs.get().graphRows(plan, input, tables, run);
}
