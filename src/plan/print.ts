import { kqlLiteral } from "../data/text.ts";
import type { AggregateCallExpr, Expr, Plan, SortKey } from "./nodes.ts";
import { exprsOf, inputsOf } from "./walk.ts";

/** The plan as a tree, a line per node, its inputs below it. What several consumers share is shown once. */
export function planTree(plan: Plan): string {
  const lines: string[] = [];
  const seen = new Set<number>();
  const draw = (node: Plan, lead: string, indent: string): void => {
    const again = node.kind === "Shared" && seen.has(node.id);
    if (node.kind === "Shared") seen.add(node.id);
    const detail = again ? `${node.name}, as above` : detailOf(node);
    lines.push(`${lead}${node.kind}${detail === "" ? "" : `  ${detail}`}`);
    const inputs = again ? [] : inputsOf(node);
    for (const [i, input] of inputs.entries()) {
      const last = i === inputs.length - 1;
      draw(input, `${indent}${last ? "└─ " : "├─ "}`, `${indent}${last ? "   " : "│  "}`);
    }
  };
  draw(plan, "", "");
  return `${lines.join("\n")}\n`;
}

function detailOf(plan: Plan): string {
  const names = plan.schema.map(({ name }) => name);
  switch (plan.kind) {
    case "Scan": {
      const { columns, wishes } = plan;
      const read = columns ? ` (${names.filter((_, index) => columns.has(index)).join(", ")})` : "";
      return `${plan.name}${read}${wishes ? `, wishes ${list(wishes)}` : ""}`;
    }
    case "Values":
      return `${plan.rows.length} × ${plan.schema.length}`;
    case "Range":
      return `${names.join()} from ${exprText(plan.from)} to ${exprText(plan.to)} step ${exprText(plan.step)}`;
    case "Project":
      return plan.outputs.map((output, i) => named(names[i] ?? "", output)).join(", ");
    case "Aggregate": {
      const calls = plan.aggregates.map(aggregateText).join(", ");
      return plan.keys.length === 0 ? calls : `${calls}${calls === "" ? "" : " "}by ${list(plan.keys)}`;
    }
    case "Sort":
      return `${plan.keys.map(keyText).join(", ")}${plan.limit === undefined ? "" : `, limit ${plan.limit}`}`;
    case "Limit":
      return String(plan.count);
    case "Join":
      return `${plan.type} on ${plan.on.map(({ left, right }) => `${exprText(left)} == ${exprText(right)}`).join(", ")}`;
    case "Evaluate":
      return plan.plugin.name;
    case "Graph":
      return plan.result.kind;
    case "Shared":
      return plan.name;
    case "Given":
      return `#${plan.id}`;
    case "Partition":
      return `by ${exprText(plan.key)}, body over #${plan.given}`;
    case "Apply":
      return `${list(exprsOf(plan))}, body over #${plan.given}`;
    case "MakeSeries":
      return `step ${exprText(plan.step)}`;
    case "TopNested":
      return plan.levels.map(({ limit, key }) => `${limit ?? "all"} of ${exprText(key)}`).join(", ");
    default:
      return list(exprsOf(plan));
  }
}

function named(name: string, expr: Expr): string {
  return expr.kind === "Column" && expr.name === name ? name : `${name} = ${exprText(expr)}`;
}

function list(exprs: readonly Expr[]): string {
  return exprs.map((expr) => exprText(expr)).join(", ");
}

function aggregateText({ fn, args }: AggregateCallExpr): string {
  return `${fn.name}(${list(args)})`;
}

function keyText({ expr, descending, nullsFirst }: SortKey): string {
  return `${exprText(expr)} ${descending ? "desc" : "asc"} nulls ${nullsFirst ? "first" : "last"}`;
}

/** Longer literals are cut: a list of thousands of values is no reading. */
const longest = 60;

/** The expression as a query could say it, but for parts that the binder has put in. */
function exprText(expr: Expr, inside = false): string {
  switch (expr.kind) {
    case "Column":
      return expr.name;
    case "Literal": {
      const text = kqlLiteral(expr.type, expr.value);
      return text.length > longest ? `${text.slice(0, longest)}…` : text;
    }
    case "Call": {
      const { fn, args } = expr;
      const [first, second] = args;
      if (args.length !== 2 || !first || !second || !isInfix(fn.name)) return `${fn.name}(${list(args)})`;
      const text = `${exprText(first, true)} ${fn.name} ${exprText(second, true)}`;
      return inside ? `(${text})` : text;
    }
  }
}

/** Functions whose names are those of operators with two sides. */
function isInfix(name: string): boolean {
  return (
    /^[-+*/%=<>!~]+$/.test(name) || /^(and|or|!?(has|contains|startswith|endswith|in)\w*~?|matches regex)$/.test(name)
  );
}
