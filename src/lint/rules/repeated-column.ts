import { repeatedColumn } from "../../diagnostics/catalogue/lint.ts";
import type { Rule } from "../rule.ts";
import { findings } from "../walk.ts";

export const repeatedColumnRule: Rule = {
  code: "KQ611",
  name: "repeated-column",
  severity: "warning",
  summary: "`project` names a column twice.",
  why: "The second gets a name with a number behind it, which whoever reads the result does not expect.",
  example: { bad: "T | project Name, Time, Name", good: "T | project Name, Time" },
  docs: "https://learn.microsoft.com/kusto/query/project-operator",
  check: ({ tree }) =>
    findings(tree, (node) => {
      if (node.kind !== "Project") return [];
      const seen = new Set<string>();
      return node.columns.flatMap((column, i) => {
        if (column.kind !== "Name") return [];
        const before = node.columns[i - 1];
        const again = seen.has(column.name);
        seen.add(column.name);
        if (!again || !before) return [];
        const edit = { start: before.span.end, end: column.span.end };
        return [repeatedColumn(column.span, column.name, `${column.name}1`, edit)];
      });
    }),
};
