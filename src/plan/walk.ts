import type { Call, Expr, Plan } from "./nodes.ts";

/** True when some call in `expr`, itself included, satisfies `test`. */
export function someCall(expr: Expr, test: (call: Call) => boolean): boolean {
  return expr.kind === "Call" && (test(expr) || expr.args.some((arg) => someCall(arg, test)));
}

/** True when both are written alike, over the same columns. */
export function sameExpr(one: Expr, other: Expr): boolean {
  if (one.kind === "Column") return other.kind === "Column" && one.index === other.index;
  if (one.kind === "Literal")
    return other.kind === "Literal" && one.type === other.type && Object.is(one.value, other.value);
  if (other.kind !== "Call" || one.overload !== other.overload || one.args.length !== other.args.length) return false;
  return one.args.every((arg, i) => sameExpr(arg, other.args[i] ?? arg));
}

/** The columns of the input that `expr` reads, by position. */
export function columnsIn(...exprs: readonly Expr[]): ReadonlySet<number> {
  const columns = new Set<number>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "Column") columns.add(expr.index);
    else if (expr.kind === "Call") for (const arg of expr.args) visit(arg);
  };
  for (const expr of exprs) visit(expr);
  return columns;
}

/** True when the value depends on nothing but the row itself: no neighbours, no dice. */
export function isRowLocal(expr: Expr): boolean {
  return !someCall(expr, ({ fn }) => fn.volatility === "row" || fn.volatility === "window");
}

/** `expr` over an input whose column `index` stands where `place(index)` says. */
export function movedColumns(expr: Expr, place: (index: number) => number): Expr {
  if (expr.kind === "Column") return { ...expr, index: place(expr.index) };
  return expr.kind === "Call" ? { ...expr, args: expr.args.map((arg) => movedColumns(arg, place)) } : expr;
}

/** The inputs of a node, left to right. */
export function inputsOf(plan: Plan): readonly Plan[] {
  switch (plan.kind) {
    case "Scan":
    case "Values":
    case "Range":
    case "Given":
    case "Refused":
      return [];
    case "Join":
      return [plan.left, plan.right];
    case "Union":
      return plan.inputs;
    case "Evaluate":
      return [plan.input, ...plan.tables];
    case "Graph":
      return [plan.input, ...plan.tables.map((table) => table.plan)];
    case "Apply":
    case "Partition":
      return [plan.input, plan.body];
    default:
      return [plan.input];
  }
}

/** The expressions of a node itself. */
export function exprsOf(plan: Plan): readonly Expr[] {
  switch (plan.kind) {
    case "Filter":
      return [plan.predicate];
    case "Project":
      return plan.outputs;
    case "Aggregate":
      return [...plan.keys, ...plan.aggregates.flatMap((call) => call.args)];
    case "FirstPerKey":
      return plan.keys;
    case "Sort":
      return plan.keys.map((key) => key.expr);
    case "Join":
      return plan.on.flatMap(({ left, right }) => [left, right]);
    case "Unnest":
    case "Apply":
      return plan.items.map((item) => item.expr);
    case "Extract":
      return [plan.text];
    case "Partition":
      return [plan.key];
    case "TopNested":
      return plan.levels.flatMap(({ key, calls, value }) => [key, ...calls.flatMap((call) => call.args), value]);
    case "Sequences": {
      const { partition, steps } = plan;
      return [
        ...partition,
        ...steps.flatMap((step) => [step.condition, ...step.assignments.filter((one) => one !== undefined)]),
      ];
    }
    case "Graph": {
      const { result } = plan;
      if (result.kind !== "matches") return result.outputs;
      const { values, predicate, outputs } = result;
      return [...values.map((value) => value.expr), ...(predicate ? [predicate] : []), ...outputs];
    }
    default:
      return [];
  }
}

/**
 * True when `plan` depends on what a subquery around it is given: on the placeholder `given`, or on any when it is not said
 * which. Those of subqueries that are part of the plan are filled by the plan itself.
 */
export function hasGiven(plan: Plan, given?: number): boolean {
  const known = new Map<Plan, ReadonlySet<number>>();
  const free = (node: Plan): ReadonlySet<number> => {
    const before = known.get(node);
    if (before) return before;
    const found = new Set(inputsOf(node).flatMap((input) => [...free(input)]));
    if (node.kind === "Given") found.add(node.id);
    if (node.kind === "Apply" || node.kind === "Partition") found.delete(node.given);
    known.set(node, found);
    return found;
  };
  const found = free(plan);
  return given === undefined ? found.size > 0 : found.has(given);
}

/** True when the rows of `plan` are drawn by lot, here or in a subplan that is shared. */
export function isDrawn(plan: Plan): boolean {
  return plan.kind === "Shared" ? plan.drawn : draws(plan) || inputsOf(plan).some(isDrawn);
}

/** True when running `plan` twice may give different rows: what is shared inside keeps those that it has. */
export function drawsAnew(plan: Plan): boolean {
  return plan.kind !== "Shared" && (draws(plan) || inputsOf(plan).some(drawsAnew));
}

function draws(plan: Plan): boolean {
  return exprsOf(plan).some((expr) => someCall(expr, ({ fn }) => fn.volatility === "row"));
}

/** `plan` with each input replaced by what `map` makes of it; the same object when nothing changed. */
export function mapInputs(plan: Plan, map: (input: Plan) => Plan): Plan {
  switch (plan.kind) {
    case "Scan":
    case "Values":
    case "Range":
    case "Given":
    case "Refused":
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
    case "Graph": {
      const input = map(plan.input);
      const tables = plan.tables.map((table) => ({ ...table, plan: map(table.plan) }));
      const same = input === plan.input && tables.every((table, i) => table.plan === plan.tables[i]?.plan);
      return same ? plan : { ...plan, input, tables };
    }
    case "Apply":
    case "Partition": {
      const input = map(plan.input);
      const body = map(plan.body);
      return input === plan.input && body === plan.body ? plan : { ...plan, input, body };
    }
    default: {
      const input = map(plan.input);
      return input === plan.input ? plan : { ...plan, input };
    }
  }
}

/** Applies `rule` to every node, inputs first. What is one object before is one object after. */
export function rewriter(rule: (plan: Plan) => Plan): (plan: Plan) => Plan {
  const known = new Map<Plan, Plan>();
  const visit = (plan: Plan): Plan => {
    let next = known.get(plan);
    if (!next) {
      next = rule(mapInputs(plan, visit));
      known.set(plan, next);
    }
    return next;
  };
  return visit;
}
