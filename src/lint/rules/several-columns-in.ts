import { severalColumnsIn } from "../../diagnostics/catalogue/lint.ts";
import type * as ast from "../../parser/ast.ts";
import type * as statements from "../../parser/ast-statements.ts";
import type { Rule } from "../rule.ts";
import { findings } from "../walk.ts";

export const severalColumnsInRule: Rule = {
  code: "KQ601",
  name: "several-columns-in",
  severity: "warning",
  summary: "`in` with a subquery of several columns looks at the first alone.",
  why: "Which column comes first is easily changed by accident, and then the condition compares with something else.",
  example: {
    bad: "T | where Ip in ((U | project Country, Ip))",
    good: "T | where Ip in ((U | project Ip))",
  },
  docs: "https://learn.microsoft.com/kusto/query/in-operator",
  check: ({ tree }) => {
    const lets = new Map<string, statements.Let["value"]>();
    for (const statement of tree.statements)
      if (statement.kind === "Let") lets.set(statement.name.name, statement.value);
    return findings(tree, (node) => {
      if (node.kind !== "In" || node.list.length !== 1) return [];
      const count = columnCount(node.list[0], lets);
      return count !== undefined && count > 1 ? [severalColumnsIn(node.operatorSpan, node.operator, count)] : [];
    });
  },
};

/** How many columns a tabular expression has, where its text says so. */
function columnCount(
  expr: ast.Expr | statements.FunctionDeclaration | undefined,
  lets: ReadonlyMap<string, statements.Let["value"]>,
): number | undefined {
  switch (expr?.kind) {
    case "Name": {
      const others = new Map(lets);
      others.delete(expr.name);
      return columnCount(lets.get(expr.name), others);
    }
    case "Datatable":
      return expr.columns.length;
    case "Call":
      return expr.name.name === "materialize" ? columnCount(expr.args[0], lets) : undefined;
    case "Pipeline": {
      const last = expr.operators.findLast(({ kind }) => !sameColumns.has(kind));
      if (!last) return columnCount(expr.source, lets);
      if (last.kind === "Summarize") return listed([...last.aggregates, ...last.by]);
      return last.kind === "Project" || last.kind === "Distinct" ? listed(last.columns) : undefined;
    }
    default:
      return undefined;
  }
}

const sameColumns: ReadonlySet<string> = new Set(["Where", "Take", "Sort", "Top", "Sample", "As"]);

function listed(columns: readonly ast.Expr[]): number | undefined {
  return columns.some(({ kind }) => kind === "Star" || kind === "Wildcard") ? undefined : columns.length;
}
