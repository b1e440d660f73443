import { cellAt } from "../../data/cells.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { type Clock, evaluate } from "../../plan/evaluate.ts";
import type { Expr, Join } from "../../plan/nodes.ts";
import { columnsIn } from "../../plan/walk.ts";
import { keyIndex } from "../../runtime/keys.ts";
import { type Condition, conditionOf } from "../conditions.ts";
import { cellsOf, type NamedCell, originsOf, type Source, type SourceRow } from "./sources.ts";
import type { Step } from "./step.ts";

/** Why a row does not come out of an operator. */
export type Reason =
  /** An atomic condition had this value, which the predicate could not do with; the cells are those that it reads. */
  | {
      readonly kind: "condition";
      readonly span: Span;
      readonly value: boolean | null;
      readonly cells: readonly NamedCell[];
    }
  /** No row of the other side has these keys. */
  | { readonly kind: "no partner"; readonly side: "left" | "right"; readonly keys: readonly NamedCell[] }
  /** leftanti and rightanti keep rows without a partner; this one has some. */
  | { readonly kind: "partner"; readonly keys: readonly NamedCell[]; readonly rows: readonly SourceRow[] }
  /** The side only decides which rows of the other one stay. */
  | { readonly kind: "other side" }
  /** innerunique keeps the first row of each key. */
  | { readonly kind: "not first"; readonly keys: readonly NamedCell[]; readonly rows: readonly SourceRow[] }
  | { readonly kind: "take"; readonly kept: number; readonly of: number; readonly place: number }
  | { readonly kind: "top"; readonly kept: number; readonly of: number; readonly cells: readonly NamedCell[] }
  | { readonly kind: "no items" }
  | { readonly kind: "text form"; readonly cells: readonly NamedCell[] }
  | { readonly kind: "no answer" }
  /** Of top-nested: on some level the group of these keys is not among those that stay. */
  | { readonly kind: "not nested"; readonly cells: readonly NamedCell[] }
  /** Of scan: it takes no step whose rows come out. */
  | { readonly kind: "no step" }
  /** Of a partition: what happens to it in its part. */
  | { readonly kind: "inside"; readonly at: Span; readonly reasons: readonly Reason[] }
  | { readonly kind: "consumed" };

/** Why `row` of input number `input` is behind no output row of `step`. */
export function reasonsFor(
  step: Step,
  input: number,
  row: number,
  clock: Clock,
  sources: readonly Source[],
): readonly Reason[] {
  const { plan } = step;
  const from = step.inputs[input];
  if (!from) throw new Error("a step has the inputs of its node");
  switch (plan.kind) {
    case "Filter":
      return conditionReasons(conditionOf(plan.predicate), true, from, row, clock);
    case "Limit":
      return [{ kind: "take", kept: plan.count, of: from.rows.length, place: row + 1 }];
    case "Sort": {
      const columns = columnsIn(...plan.keys.map(({ expr }) => expr));
      const cells = cellsOf(from.rows, row, columns);
      return [{ kind: "top", kept: step.rows.length, of: from.rows.length, cells }];
    }
    case "FirstPerKey":
      return [notFirst(plan.keys, from, row, clock, sources)];
    case "Join":
      return [joinReason(step, plan, input, row, clock, sources)];
    case "Unnest":
    case "Apply":
      return [{ kind: "no items" }];
    case "Extract":
      return [{ kind: "text form", cells: cellsOf(from.rows, row, columnsIn(plan.text)) }];
    case "Evaluate":
      return [{ kind: "no answer" }];
    case "TopNested": {
      const columns = columnsIn(...plan.levels.map(({ key }) => key));
      return [{ kind: "not nested", cells: cellsOf(from.rows, row, columns) }];
    }
    case "Sequences":
      return [{ kind: "no step" }];
    default:
      return [{ kind: "consumed" }];
  }
}

/** The atoms to blame for a condition that is not `wanted`. */
function conditionReasons(
  condition: Condition,
  wanted: boolean,
  from: Step,
  row: number,
  clock: Clock,
): readonly Reason[] {
  if (condition.kind === "atom") return [atomReason(condition.expr, from, row, clock)];
  if (condition.kind === "not") return conditionReasons(condition.operands[0], !wanted, from, row, clock);
  // Of `and` the operands that are not true are to blame, of `or` all; the other way round for a false one.
  return condition.operands.flatMap((operand) =>
    conditionAt(operand, from, row, clock) === wanted ? [] : conditionReasons(operand, wanted, from, row, clock),
  );
}

function conditionAt(condition: Condition, from: Step, row: number, clock: Clock): boolean | null {
  return truthAt(condition.kind === "atom" ? condition.expr : condition.call, from, row, clock);
}

function truthAt(expr: Expr, from: Step, row: number, clock: Clock): boolean | null {
  const cell = cellAt(evaluate(expr, from.rows, clock), row);
  return typeof cell === "boolean" ? cell : null;
}

function atomReason(expr: Expr, from: Step, row: number, clock: Clock): Reason {
  const value = truthAt(expr, from, row, clock);
  return { kind: "condition", span: expr.span, value, cells: cellsOf(from.rows, row, columnsIn(expr)) };
}

function keyCells(keys: readonly Expr[], from: Step, row: number): readonly NamedCell[] {
  return cellsOf(from.rows, row, columnsIn(...keys));
}

function notFirst(keys: readonly Expr[], from: Step, row: number, clock: Clock, sources: readonly Source[]): Reason {
  const index = keyIndex(keys.map((key) => key.type));
  const columns = keys.map((key) => evaluate(key, from.rows, clock));
  const ids = index.add(columns, from.rows.length);
  const first = ids.indexOf(ids[row] ?? -1);
  return { kind: "not first", keys: keyCells(keys, from, row), rows: originsOf(from, first, sources).rows };
}

function joinReason(
  step: Step,
  plan: Join,
  input: number,
  row: number,
  clock: Clock,
  sources: readonly Source[],
): Reason {
  const side = input === 0 ? "left" : "right";
  const other = input === 0 ? "right" : "left";
  const from = step.inputs[input];
  const beside = step.inputs[1 - input];
  if (!from || !beside) throw new Error("a join has two sides");
  if (plan.type === `${other}semi` || plan.type === `${other}anti`) return { kind: "other side" };
  const keys = keyCells(
    plan.on.map((pair) => pair[side]),
    from,
    row,
  );
  if (plan.type !== `${side}anti`) return { kind: "no partner", side: other, keys };
  const types = plan.on.map((pair) => pair[side].type);
  const index = keyIndex(types);
  const partners = index.add(
    plan.on.map((pair) => evaluate(pair[other], beside.rows, clock)),
    beside.rows.length,
  );
  const [id] = index
    .find(
      plan.on.map((pair) => evaluate(pair[side], from.rows, clock)),
      from.rows.length,
    )
    .subarray(row);
  const partner = partners.indexOf(id ?? -1);
  return { kind: "partner", keys, rows: partner < 0 ? [] : originsOf(beside, partner, sources).rows };
}
