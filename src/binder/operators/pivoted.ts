import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { bindSummarize } from "./summarize.ts";

/** What a plugin with an aggregate argument (pivot) gets instead of its input and its call. */
export interface AggregatedInput {
  readonly input: Table;
  readonly call: ast.Call;
}

/**
 * Aggregates the input by the grouping columns and the first argument, in that order: one row per combination. Without
 * grouping columns, all columns group that neither argument names; without an aggregate, rows are counted.
 */
export function aggregatedInput(operator: op.Evaluate, input: Table, place: Place): AggregatedInput | undefined {
  const { call } = operator;
  const [first, second, ...others] = call.args;
  if (first?.kind !== "Name") {
    place.context.report(problem.columnExpected(first?.span ?? call.span));
    return undefined;
  }
  const counted: ast.Call = {
    kind: "Call",
    name: { kind: "Name", name: "count", span: call.span },
    args: [],
    span: call.span,
  };
  const aggregate = second?.kind === "Call" ? second : counted;
  const groups = second && second !== aggregate ? [second, ...others] : others;
  for (const group of groups) {
    if (group.kind === "Name") continue;
    place.context.report(problem.columnExpected(group.span));
    return undefined;
  }
  const used = new Set([first.name, ...namesIn(aggregate)]);
  const rest = input.plan.schema.filter((field) => !used.has(field.name));
  const by: readonly ast.Expr[] =
    groups.length > 0 ? groups : rest.map(({ name }) => ({ kind: "Name", name, span: call.span }));
  const table = bindSummarize(
    { kind: "Summarize", aggregates: [aggregate], by: [...by, first], options: [], span: operator.span },
    input,
    place,
  );
  return table && { input: table, call: { ...call, args: [first, aggregate, ...by] } };
}

/** The names that an expression reads. */
function namesIn(expr: ast.Expr): readonly string[] {
  switch (expr.kind) {
    case "Name":
      return [expr.name];
    case "Call":
      return expr.args.flatMap(namesIn);
    case "Path":
      return namesIn(expr.object);
    case "Element":
      return [...namesIn(expr.object), ...namesIn(expr.index)];
    case "Unary":
      return namesIn(expr.operand);
    case "Binary":
      return [...namesIn(expr.left), ...namesIn(expr.right)];
    case "Between":
      return [expr.operand, expr.low, expr.high].flatMap(namesIn);
    case "In":
      return [expr.operand, ...expr.list].flatMap(namesIn);
    default:
      return [];
  }
}
