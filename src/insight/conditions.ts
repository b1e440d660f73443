import type { Span } from "../diagnostics/diagnostic.ts";
import { scalarFunction } from "../functions/registry.ts";
import type { Call, Expr } from "../plan/nodes.ts";

/** A predicate as it is put together: and, or and not over atomic conditions. */
export type Condition =
  | { readonly kind: "atom"; readonly expr: Expr }
  | { readonly kind: "not"; readonly call: Call; readonly operands: readonly [Condition] }
  | { readonly kind: "and" | "or"; readonly call: Call; readonly operands: readonly [Condition, Condition] };

export function conditionOf(expr: Expr): Condition {
  if (expr.kind !== "Call") return { kind: "atom", expr };
  const [left, right] = expr.args;
  // `search "x"` asks every column: one condition for the reader, who wrote one.
  if (expr.args.some((arg) => sameSpan(arg.span, expr.span))) return { kind: "atom", expr };
  if (left && expr.fn === scalarFunction("not")) return { kind: "not", call: expr, operands: [conditionOf(left)] };
  const kind = expr.fn === scalarFunction("and") ? "and" : expr.fn === scalarFunction("or") ? "or" : undefined;
  if (!kind || !left || !right) return { kind: "atom", expr };
  return { kind, call: expr, operands: [conditionOf(left), conditionOf(right)] };
}

/** The atomic conditions, left to right. */
export function atomsOf(condition: Condition): readonly Expr[] {
  return condition.kind === "atom" ? [condition.expr] : condition.operands.flatMap(atomsOf);
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
