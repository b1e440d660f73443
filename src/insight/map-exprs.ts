import type { AggregateCallExpr, Expr, Plan } from "../plan/nodes.ts";

/** The node with its own expressions replaced by what `map` makes of them. */
export function mapExprs(plan: Plan, map: (expr: Expr) => Expr): Plan {
  switch (plan.kind) {
    case "Filter":
      return { ...plan, predicate: map(plan.predicate) };
    case "Project":
      return { ...plan, outputs: plan.outputs.map(map) };
    case "Aggregate":
      return { ...plan, keys: plan.keys.map(map), aggregates: plan.aggregates.map((call) => mapCall(call, map)) };
    case "FirstPerKey":
      return { ...plan, keys: plan.keys.map(map) };
    case "Sort":
      return { ...plan, keys: plan.keys.map((key) => ({ ...key, expr: map(key.expr) })) };
    case "Join":
      return { ...plan, on: plan.on.map(({ left, right }) => ({ left: map(left), right: map(right) })) };
    case "Unnest":
      return { ...plan, items: plan.items.map((item) => ({ ...item, expr: map(item.expr) })) };
    case "Apply":
      return { ...plan, items: plan.items.map((item) => ({ ...item, expr: map(item.expr) })) };
    case "Extract":
      return { ...plan, text: map(plan.text) };
    case "Partition":
      return { ...plan, key: map(plan.key) };
    case "TopNested":
      return {
        ...plan,
        levels: plan.levels.map((level) => ({
          ...level,
          key: map(level.key),
          calls: level.calls.map((call) => mapCall(call, map)),
          value: map(level.value),
        })),
      };
    case "Sequences":
      return {
        ...plan,
        partition: plan.partition.map(map),
        steps: plan.steps.map((step) => ({
          ...step,
          condition: map(step.condition),
          assignments: step.assignments.map((expr) => expr && map(expr)),
        })),
      };
    case "Graph": {
      const { result } = plan;
      if (result.kind !== "matches") return { ...plan, result: { ...result, outputs: result.outputs.map(map) } };
      const values = result.values.map((value) => ({ ...value, expr: map(value.expr) }));
      const predicate = result.predicate && map(result.predicate);
      return { ...plan, result: { ...result, values, predicate, outputs: result.outputs.map(map) } };
    }
    default:
      return plan;
  }
}

function mapCall(call: AggregateCallExpr, map: (expr: Expr) => Expr): AggregateCallExpr {
  return { ...call, args: call.args.map(map) };
}

/** The expression with every call, inner ones first, replaced by what `rule` makes of it. */
export function mapCalls(expr: Expr, rule: (call: Extract<Expr, { kind: "Call" }>) => Expr): Expr {
  if (expr.kind !== "Call") return expr;
  const args = expr.args.map((arg) => mapCalls(arg, rule));
  return rule(args.every((arg, i) => arg === expr.args[i]) ? expr : { ...expr, args });
}
