import * as problem from "../../diagnostics/catalogue/binding.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { ColumnRef, Expr, Join, JoinType, Plan } from "../../plan/nodes.ts";
import { joinedSchema } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindTable, type Place } from "../place.ts";
import type { Table } from "../scope.ts";
import { columnRef, projection } from "./project.ts";

const kinds = {
  innerunique: "inner",
  inner: "inner",
  leftouter: "leftouter",
  rightouter: "rightouter",
  fullouter: "fullouter",
  leftsemi: "leftsemi",
  leftanti: "leftanti",
  leftantisemi: "leftanti",
  anti: "leftanti",
  rightsemi: "rightsemi",
  rightanti: "rightanti",
  rightantisemi: "rightanti",
} as const satisfies Record<string, JoinType>;
export const kindNames = Object.keys(kinds) as (keyof typeof kinds)[]; // the keys are these literals

interface KeyPair {
  readonly left: Expr;
  readonly right: Expr;
}

export function bindJoin(operator: op.Join, input: Table, place: Place): Table | undefined {
  const options = knownOptions("join", operator.options, ["kind"], place);
  // Kusto keeps one row per left key here: the default kind is innerunique, not inner.
  const kind = wordOption(options, "kind", kindNames, "innerunique", place);
  const right = bindTable(operator.right, place);
  if (!right) return undefined;
  if (operator.where) {
    const help = "it joins `on` a condition; filter behind it";
    place.context.report(problem.notSupported(operator.where.span, "`join` with `where`", help));
    return undefined;
  }
  const on = bindConditions("join", operator.on, operator.span, input, right, place);
  if (!on) return undefined;
  const left: Plan =
    kind === "innerunique"
      ? {
          kind: "FirstPerKey",
          input: input.plan,
          keys: on.map((pair) => pair.left),
          schema: input.plan.schema,
          origin: operator.span,
        }
      : input.plan;
  return { plan: joinPlan(left, right.plan, kinds[kind], on, operator.span), serialized: false };
}

function joinPlan(left: Plan, right: Plan, type: JoinType, on: readonly KeyPair[], origin: op.Join["span"]): Join {
  const schema =
    type === "leftsemi" || type === "leftanti"
      ? left.schema
      : type === "rightsemi" || type === "rightanti"
        ? right.schema
        : joinedSchema(left.schema, right.schema);
  return { kind: "Join", left, right, type, on, schema, origin };
}

/** lookup: an outer (or inner) join whose right keys are not repeated in the output. */
export function bindLookup(operator: op.Lookup, input: Table, place: Place): Table | undefined {
  const shuffled = operator.options.find((option) => option.name.name === "hint.shufflekey");
  if (shuffled) {
    place.context.report(problem.unknownOption(shuffled.name.span, "lookup", shuffled.name.name, ["kind"]));
    return undefined;
  }
  const options = knownOptions("lookup", operator.options, ["kind"], place);
  const kind = wordOption(options, "kind", ["leftouter", "inner"] as const, "leftouter", place);
  const right = bindTable(operator.right, place);
  if (!right) return undefined;
  const on = bindConditions("lookup", operator.on, operator.span, input, right, place);
  if (!on) return undefined;
  const keyed = new Set(on.flatMap((pair) => columnsOf(pair.right)));
  const kept = right.plan.schema.map((_, index) => index).filter((index) => !keyed.has(index));
  const plan = joinPlan(input.plan, right.plan, kind, on, operator.span);
  const width = input.plan.schema.length;
  const positions = [...input.plan.schema.keys(), ...kept.map((index) => width + index)];
  // Names are made anew without the keys: a column is renamed only if it meets one that is still there.
  const schema = joinedSchema(
    input.plan.schema,
    kept.flatMap((index) => right.plan.schema[index] ?? []),
  );
  const outputs = positions.map((index) => columnRef(plan.schema, index, operator.span));
  return projection({ plan, serialized: false }, outputs, schema, operator.span);
}

function columnsOf(expr: Expr): readonly number[] {
  if (expr.kind === "Column") return [expr.index];
  return expr.kind === "Call" ? expr.args.flatMap(columnsOf) : [];
}

function bindConditions(
  name: string,
  conditions: readonly ast.Expr[],
  span: op.Join["span"],
  left: Table,
  right: Table,
  place: Place,
): readonly KeyPair[] | undefined {
  const { context } = place;
  if (conditions.length === 0) {
    context.report(problem.missingJoinCondition(span, name));
    return undefined;
  }
  const pairs = conditions.flatMap(conjuncts).map((condition) => bindCondition(condition, left, right, place));
  const known = pairs.filter((pair) => pair !== undefined);
  return known.length === pairs.length ? known : undefined;
}

function conjuncts(expr: ast.Expr): readonly ast.Expr[] {
  if (expr.kind === "Pipeline" && expr.operators.length === 0) return conjuncts(expr.source);
  return expr.kind === "Binary" && expr.operator === "and"
    ? [...conjuncts(expr.left), ...conjuncts(expr.right)]
    : [expr];
}

function bindCondition(condition: ast.Expr, left: Table, right: Table, place: Place): KeyPair | undefined {
  if (condition.kind === "Name") {
    if (isOneSided(condition, left, right, place)) return undefined;
    const a = sideColumn(condition, left, place);
    const b = a && sideColumn(condition, right, place);
    return a && b && agreed(a, b, condition, place);
  }
  if (condition.kind === "Binary" && condition.operator === "==") {
    const [first, second] = [sideOf(condition.left), sideOf(condition.right)];
    if (first && second && first.side !== second.side) {
      const [l, r] = first.side === "$left" ? [first, second] : [second, first];
      const a = sideColumn(l.name, left, place);
      const b = sideColumn(r.name, right, place);
      return a && b && agreed(a, b, condition, place);
    }
  }
  if (condition.kind !== "Missing") place.context.report(problem.joinCondition(condition.span));
  return undefined;
}

/** Reports a column that the other side lacks. */
function isOneSided({ name, span }: ast.Name, left: Table, right: Table, { context }: Place): boolean {
  const [here, there] = [left, right].map(({ plan }) => plan.schema.map((field) => field.name));
  if (!here || !there || here.includes(name) === there.includes(name)) return false;
  context.report(problem.notOnBothSides(span, name, closest(name, here.includes(name) ? there : here)));
  return true;
}

function sideOf(expr: ast.Expr): { readonly side: string; readonly name: ast.Name } | undefined {
  if (expr.kind !== "Path" || expr.object.kind !== "Name" || expr.name.kind !== "Name") return undefined;
  const side = expr.object.name;
  return side === "$left" || side === "$right" ? { side, name: expr.name } : undefined;
}

function sideColumn(name: ast.Name, { plan: { schema } }: Table, { context }: Place): ColumnRef | undefined {
  const index = schema.findIndex((field) => field.name === name.name);
  if (index >= 0) return columnRef(schema, index, name.span);
  context.report(
    problem.unknownName(
      name.span,
      name.name,
      closest(
        name.name,
        schema.map((field) => field.name),
      ),
    ),
  );
  return undefined;
}

/** Keys have one type, which is not dynamic: Kusto converts neither side. */
function agreed(left: ColumnRef, right: ColumnRef, condition: ast.Expr, { context }: Place): KeyPair | undefined {
  if (left.type !== right.type) {
    context.report(problem.joinTypes(condition.span, left.type, right.type, condition.kind === "Name"));
    return undefined;
  }
  if (left.type === "dynamic") {
    context.report(problem.dynamicNotAllowed(condition.span, "as a join key"));
    return undefined;
  }
  return { left, right };
}
