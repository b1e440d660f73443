import { unorderedTake } from "../../diagnostics/catalogue/lint.ts";
import type * as op from "../../parser/ast-operators.ts";
import { keywordOf, type Rule } from "../rule.ts";
import { findings } from "../walk.ts";

/** What they give depends on which rows come in. */
const dependent: ReadonlySet<string> = new Set([
  "Where",
  "Summarize",
  "Join",
  "Lookup",
  "Distinct",
  "Sort",
  "Top",
  "MakeSeries",
  "TopNested",
]);
const rowwise: ReadonlySet<string> = new Set([
  "Extend",
  "Project",
  "ProjectAway",
  "ProjectKeep",
  "ProjectRename",
  "ProjectReorder",
  "Serialize",
]);
/** These have few rows, or an order. */
const orderedSources: ReadonlySet<string> = new Set(["Print", "Range", "Datatable"]);

export const unorderedTakeRule: Rule = {
  code: "KQ605",
  name: "unordered-take",
  severity: "warning",
  summary: "`take` picks any rows, and the query goes on with them.",
  why:
    "Without `sort` before it nobody says which rows `take` keeps: what is counted, joined or filtered after it is " +
    "something else each time, and rows that matter may not be among them.",
  example: {
    bad: "T | take 1000 | summarize count() by Name",
    good: "T | summarize count() by Name | take 1000",
  },
  docs: "https://learn.microsoft.com/kusto/query/take-operator",
  check: (query) =>
    findings(query.tree, (node) => {
      if (node.kind !== "Pipeline" || orderedSources.has(node.source.kind)) return [];
      return node.operators.flatMap((operator, i) => {
        if (operator.kind !== "Take" || isOrdered(node.operators.slice(0, i))) return [];
        const next = node.operators.slice(i + 1).find(({ kind }) => !rowwise.has(kind));
        if (!next || !dependent.has(next.kind)) return [];
        const keyword = keywordOf(query, operator);
        const start = query.text.indexOf(keyword, operator.span.start);
        return [unorderedTake({ start, end: operator.span.end }, keyword, keywordOf(query, next))];
      });
    }),
};

function isOrdered(before: readonly op.Operator[]): boolean {
  const last = before.findLast(({ kind }) => !rowwise.has(kind) && kind !== "Where");
  return last?.kind === "Sort" || last?.kind === "Top";
}
