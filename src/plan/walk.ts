import type { Call, Expr, Plan } from "./nodes.ts";

/** True when some call in `expr`, itself included, satisfies `test`. */
export function someCall(expr: Expr, test: (call: Call) => boolean): boolean {
  return expr.kind === "Call" && (test(expr) || expr.args.some((arg) => someCall(arg, test)));
}

/** The inputs of a node, left to right. */
export function inputsOf(plan: Plan): readonly Plan[] {
  switch (plan.kind) {
    case "Scan":
    case "Values":
    case "Range":
      return [];
    case "Join":
      return [plan.left, plan.right];
    case "Union":
      return plan.inputs;
    case "Evaluate":
      return [plan.input, ...plan.tables];
    default:
      return [plan.input];
  }
}

/** `plan` with each input replaced by what `map` makes of it; the same object when nothing changed. */
export function mapInputs(plan: Plan, map: (input: Plan) => Plan): Plan {
  switch (plan.kind) {
    case "Scan":
    case "Values":
    case "Range":
      return plan;
    case "Join": {
      const left = map(plan.left);
      const right = map(plan.right);
      return left === plan.left && right === plan.right ? plan : { ...plan, left, right };
    }
    case "Union": {
      const inputs = plan.inputs.map(map);
      return inputs.every((input, i) => input === plan.inputs[i]) ? plan : { ...plan, inputs };
    }
    case "Evaluate": {
      const input = map(plan.input);
      const tables = plan.tables.map(map);
      const same = input === plan.input && tables.every((table, i) => table === plan.tables[i]);
      return same ? plan : { ...plan, input, tables };
    }
    default: {
      const input = map(plan.input);
      return input === plan.input ? plan : { ...plan, input };
    }
  }
}
