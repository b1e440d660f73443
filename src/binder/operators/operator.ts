import * as problem from "../../diagnostics/catalogue/binding.ts";
import { library, NeedsLibrary } from "../../functions/library.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Filter } from "../../plan/nodes.ts";
import { filterBeforeFirst } from "../../plan/rules/sink-filters.ts";
import { seldom } from "../lazily.ts";
import { knownOptions } from "../options.ts";
import { bindPredicate, named, type Place, shared } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { bindAssertSchema } from "./assert-schema.ts";
import { bindConsume } from "./consume.ts";
import { bindGetschema } from "./getschema.ts";
import { bindInvoke } from "./invoke.ts";
import { bindJoin, bindLookup } from "./join.ts";
import { bindMakeSeries } from "./make-series.ts";
import { bindMvApply } from "./mv-apply.ts";
import { bindMvExpand } from "./mv-expand.ts";
import { bindParse } from "./parse.ts";
import { bindParseKv } from "./parse-kv.ts";
import { bindPartition } from "./partition.ts";
import { bindExtend, bindProject, bindProjectAway, bindProjectRename, bindProjectReorder } from "./project.ts";
import { bindProjectByNames } from "./project-by-names.ts";
import { bindReduce } from "./reduce.ts";
import { checkRender } from "./render.ts";
import { bindSample, bindSampleDistinct, bindTopHitters } from "./sample.ts";
import { bindScan } from "./scan.ts";
import { bindSearch } from "./search.ts";
import { bindSort, bindTake, bindTop } from "./sort.ts";
import { bindCount, bindDistinct, bindSummarize } from "./summarize.ts";
import { bindTopNested } from "./top-nested.ts";
import { bindUnion } from "./union.ts";

const graphs = library(() => import("../graphs/operators.ts"));

/** One step of a pipeline: the table it gets, and the table it gives; undefined after a report that ends the pipeline. */
export function bindOperator(operator: op.Operator, input: Table, place: Place): Table | undefined {
  const { context } = place;
  if (input.graph && !operator.kind.startsWith("Graph")) {
    if (operator.kind !== "Missing") context.report(problem.graphNotTable(operator.span));
    return undefined;
  }
  switch (operator.kind) {
    case "Where": {
      knownOptions("where", operator.options, [], place);
      const predicate = bindPredicate(operator.predicate, { ...place, row: rowOf(input) });
      const { schema } = input.plan;
      const filter: Filter = { kind: "Filter", input: input.plan, predicate, schema, origin: operator.span };
      return { plan: filterBeforeFirst(filter), serialized: input.serialized };
    }
    case "Project":
      return bindProject(operator, input, place);
    case "Extend":
      return bindExtend(operator.columns, operator.span, input, place);
    case "ProjectAway":
    case "ProjectKeep":
      return bindProjectAway(operator, input, place);
    case "ProjectRename":
      return bindProjectRename(operator, input, place);
    case "ProjectReorder":
      return bindProjectReorder(operator, input, place);
    case "Distinct":
      return bindDistinct(operator, input, place);
    case "Take":
      return bindTake(operator, input, place);
    case "Sort":
      return bindSort(operator, input, place);
    case "Top":
      return bindTop(operator, input, place);
    case "Count":
      return bindCount(operator, input);
    case "Summarize":
      return bindSummarize(operator, input, place);
    case "Join":
      return bindJoin(operator, input, place);
    case "Lookup":
      return bindLookup(operator, input, place);
    case "Union":
      return bindUnion(operator, input, place);
    case "MvExpand":
      return bindMvExpand(operator, input, place);
    case "MvApply":
      return bindMvApply(operator, input, place);
    case "Parse":
      return bindParse(operator, input, place);
    case "ParseKv":
      return bindParseKv(operator, input, place);
    case "Sample":
      return bindSample(operator, input, place);
    case "SampleDistinct":
      return bindSampleDistinct(operator, input, place);
    case "TopHitters":
      return bindTopHitters(operator, input, place);
    case "Consume":
      return bindConsume(operator, input, place);
    case "Invoke":
      return bindInvoke(operator, input, place);
    case "ProjectByNames":
      return bindProjectByNames(operator, input, place);
    case "AssertSchema":
      return bindAssertSchema(operator, input, place);
    case "MakeSeries":
      return bindMakeSeries(operator, input, place);
    case "Evaluate":
      return seldom().bindPlugin(operator, input, place);
    case "As": {
      const { value: kept } =
        knownOptions("as", operator.options, ["hint.materialized"], place).get("hint.materialized") ?? {};
      const table: Table = {
        plan: (kept === true ? shared : named)(input.plan, operator.name.name, place),
        serialized: input.serialized,
        name: operator.name.name,
      };
      place.scope.set(operator.name.name, { kind: "table", table });
      return table;
    }
    case "Serialize": {
      const table = { ...input, serialized: true };
      return operator.columns.length === 0 ? table : bindExtend(operator.columns, operator.span, table, place);
    }
    case "Getschema":
      return bindGetschema(operator, input, place);
    case "Render":
      checkRender(operator, place);
      return input;
    case "Search":
      return bindSearch(operator, input, place);
    case "Find":
      context.report(problem.mustBeFirst(operator.span, "find"));
      return undefined;
    case "TopNested":
      return bindTopNested(operator, input, place);
    case "Partition":
      return bindPartition(operator, input, place);
    case "Scan":
      return bindScan(operator, input, place);
    case "Fork":
    case "Facet":
      // Where they may stand, `bind.ts` takes care of them.
      context.report(problem.severalTables(operator.span, operator.kind === "Fork" ? "fork" : "facet"));
      return undefined;
    case "Reduce":
      return bindReduce(operator, input, place);
    case "MakeGraph":
    case "GraphMatch":
    case "GraphToTable":
    case "GraphMarkComponents":
    case "GraphWhere":
      if (!graphs.isLoaded()) throw new NeedsLibrary(graphs);
      return graphs.get().bindGraphOperator(operator, input, place);
    case "ExecuteAndCache":
      return input; // keeping rows for later changes none of them
    case "Missing":
      return undefined;
  }
}
