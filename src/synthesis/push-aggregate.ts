import type { Cell } from "../data/column.ts";
import { type Dynamic, isArray } from "../data/dynamic.ts";
import { fromDynamic } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import type { Aggregate, AggregateCallExpr, Expr, Plan } from "../plan/nodes.ts";
import { columnsIn, someCall } from "../plan/walk.ts";
import { type Condition, callOf, type Group, holds, literal, substituted, type Want } from "./condition.ts";
import { attempt, Contradiction, type Demands, giveUp } from "./demand.ts";
import { numberOf } from "./invert.ts";
import { solveRow } from "./solve-row.ts";

type Push = (plan: Plan, wants: readonly Want[], demands: Demands) => void;

/** Rows that make up a group, for each of the wants. */
export function pushAggregate(plan: Aggregate, wants: readonly Want[], demands: Demands, push: Push): void {
  const groups = wants.map((want) => groupFor(plan, want, demands));
  const tries: ((group: GroupWant) => readonly Want[])[] = demands.strategy.apart
    ? [(group) => rowsOf(group, true), (group) => rowsOf(group, false)]
    : [(group) => rowsOf(group, false), (group) => rowsOf(group, true)];
  for (const rows of tries) if (attempt(demands, () => push(plan.input, groups.flatMap(rows), demands))) return;
  throw new Contradiction();
}

interface GroupWant {
  /** What holds for each row. */
  readonly shared: Want;
  readonly targets: readonly Target[];
}

/** The value that an aggregate is to have. */
interface Target {
  readonly call: AggregateCallExpr;
  readonly value: Cell;
}

/** Aggregates whose result says as much of each row: that of a group of like rows is the value of any of them. */
const alike: ReadonlySet<string> = new Set([
  ...[
    "take_any",
    "any",
    "arg_max",
    "arg_min",
    "max",
    "min",
    "avg",
    "percentile",
    "take_anyif",
    "anyif",
    "maxif",
    "minif",
  ],
  ...["argmax", "argmin", "avgif"],
]);
const collecting: ReadonlySet<string> = new Set(["make_set", "make_list", "makeset", "makelist"]);
const collectingIf: ReadonlySet<string> = new Set(["make_set_if", "make_list_if"]);

function groupFor(plan: Aggregate, want: Want, demands: Demands): GroupWant {
  const { keys, aggregates, schema } = plan;
  const outputs = outputsOf(aggregates);
  const through = (index: number): Expr | undefined => keys[index] ?? throughCall(outputs[index - keys.length]);
  const counted = (condition: Condition): boolean =>
    [...columnsIn(condition.expr)].some((index) => through(index) === undefined) ||
    measuresArray(condition.expr, keys.length) ||
    spans(condition);
  /** From the smallest to the greatest value: not a matter of one row. */
  const spans = ({ expr }: Condition): boolean => {
    const names = [...columnsIn(expr)].map((index) => outputs[index - keys.length]?.call.fn.name);
    return names.includes("max") && names.includes("min");
  };
  const shared: Condition[] = [];
  const counting: Condition[] = [];
  for (const condition of want) {
    if (counted(condition)) counting.push(condition);
    else shared.push(substituted(condition, (index) => through(index) as Expr)); // all of them have one
  }
  for (const key of keys) shared.push({ kind: "same", expr: key, group: { type: key.type }, present: false });
  // Conditions of the calls hold for the rows that are looked at.
  for (const column of columnsIn(...want.filter((condition) => !counted(condition)).map(({ expr }) => expr))) {
    const condition = conditionOf(outputs[column - keys.length]?.call);
    if (condition) shared.push(holds(condition));
  }
  if (counting.length === 0) return { shared, targets: [] };
  const row = solveRow(counting, { schema, groups: demands.groups, clock: demands.clock, hints: demands.hints });
  if (!row) {
    for (const condition of counting) giveUp(demands, condition.expr.span, "noValue");
    return { shared, targets: [] };
  }
  const targets: Target[] = [];
  for (const [index, value] of row) {
    const output = outputs[index - keys.length];
    const expr = through(index);
    const direct = expr !== undefined && !collecting.has(output?.call.fn.name ?? "") && !counting.some(spans);
    if (output && !direct) targets.push({ call: output.call, value });
    else if (expr) shared.push(holds(callOf("==", [expr, literal(expr.type, value, expr.span)], "bool", expr.span)));
  }
  return { shared, targets };
}

interface Output {
  readonly call: AggregateCallExpr;
  readonly argument: number;
}

function outputsOf(aggregates: readonly AggregateCallExpr[]): readonly Output[] {
  return aggregates.flatMap((call) => call.outputs.map((_, argument) => ({ call, argument })));
}

/** The value of any row of the group, where that is the result. */
function throughCall(output: Output | undefined): Expr | undefined {
  if (!output) return undefined;
  const { call, argument } = output;
  const arg = call.args[argument];
  if (!arg) return undefined;
  if (alike.has(call.fn.name)) return arg;
  if (!collecting.has(call.fn.name) && !collectingIf.has(call.fn.name)) return undefined;
  return { ...callOf("pack_array", [{ ...arg, type: "dynamic" }], "dynamic", arg.span), args: [arg] };
}

/** `array_length(Set) > 3` is a matter of how many rows there are. */
function measuresArray(expr: Expr, keys: number): boolean {
  return someCall(
    expr,
    ({ fn, args: [arg] }) => fn.name === "array_length" && arg?.kind === "Column" && arg.index >= keys,
  );
}

function conditionOf(call: AggregateCallExpr | undefined): Expr | undefined {
  return call && /if$/.test(call.fn.name) ? call.args.find((arg, i) => i > 0 && arg.type === "bool") : undefined;
}

/** With `apart`, rows that different conditions count are different rows, and fulfil no other of them. */
function rowsOf({ shared, targets }: GroupWant, apart: boolean): readonly Want[] {
  const conditional = targets.filter(({ call }) => /^(countif|dcountif|count_distinctif|sumif)$/.test(call.fn.name));
  const wanted = conditional.map((target) => ({
    ...target,
    condition: conditionOf(target.call) ?? target.call.args[0],
    count: countOf(target),
  }));
  const total = wanted.reduce((sum, { count }) => (apart ? sum + count : Math.max(sum, count)), 0);
  // From the smallest to the greatest value takes two rows.
  const extremes = ["max", "min"].every((name) => targets.some(({ call }) => call.fn.name === name));
  const size = Math.max(
    extremes ? 2 : 1,
    total,
    ...targets.map((target) => (conditional.includes(target) ? 0 : countOf(target))),
  );
  if (size > mostRows) throw new Contradiction();
  const rows = Array.from({ length: size }, (): Condition[] => [...shared]);
  let start = 0;
  for (const { condition, count, call, value } of wanted) {
    const first = apart ? start : 0;
    start += count;
    const group: Group = { type: call.args[0]?.type ?? "string" };
    for (const [i, row] of rows.entries()) {
      if (!condition) continue;
      const counted = i >= first && i < first + count;
      row.push({ kind: "holds", expr: condition, holds: counted });
      const [arg] = call.args;
      if (!counted || !arg) continue;
      if (/^(dcountif|count_distinctif)$/.test(call.fn.name)) row.push({ kind: "distinct", expr: arg, group });
      if (call.fn.name === "sumif") row.push(equals(arg, i === first ? value : zero(arg.type)));
    }
  }
  for (const target of targets) if (!conditional.includes(target)) spread(target, rows, extremes);
  return rows;
}

/** More rows than anybody wants to read. */
const mostRows = 2000;

/** How many rows the target takes at least. */
function countOf({ call, value }: Target): number {
  const { name } = call.fn;
  if (collecting.has(name)) return isArray(value as Dynamic) ? Math.max(1, (value as readonly Dynamic[]).length) : 1;
  if (/^sum/.test(name)) return 1;
  return /count|^cnt$/.test(name) ? Math.max(0, Number(value ?? 0)) : 1;
}

/** Conditions on the rows, so that the aggregate of them is the value. */
function spread({ call, value }: Target, rows: readonly Condition[][], extremes: boolean): void {
  const [arg] = call.args;
  if (!arg) return;
  const group: Group = { type: arg.type };
  // Rows beyond the distinct ones are like the first.
  const first: Condition = { kind: "same", expr: arg, group: { type: arg.type }, present: true };
  const { name } = call.fn;
  for (const [i, row] of rows.entries()) {
    if (collecting.has(name)) {
      const items = isArray(value as Dynamic) ? (value as readonly Dynamic[]) : [];
      const item = items[i];
      if (typeof item === "string" && /^item-\d+$/.test(item)) row.push({ kind: "distinct", expr: arg, group });
      else if (item !== undefined) row.push(equals(arg, fromDynamic(item, arg.type)));
      if (i === 0 || i >= items.length) row.push(first);
    } else if (name === "dcount" || name === "count_distinct") {
      const count = Number(value ?? 0);
      if (count === 0) row.push({ kind: "holds", expr: callOf("isempty", [arg], "bool", arg.span), holds: true });
      else if (i < count) row.push({ kind: "distinct", expr: arg, group }, ...(i === 0 ? [first] : []));
      else row.push(first);
    } else if (name === "sum") {
      row.push(equals(arg, i === 0 ? value : zero(arg.type)));
    } else if (extremes && (name === "max" || name === "min")) {
      // The last row has the smallest value, all others the greatest.
      if ((name === "min") === (i === rows.length - 1)) row.push(equals(arg, value));
    } else if (/^(avg|percentile|max|min)/.test(name)) {
      row.push(equals(arg, value));
    }
  }
}

function zero(type: ScalarType): Cell {
  return numberOf(0, type);
}

function equals(expr: Expr, value: Cell): Condition {
  const exact = typeof value === "bigint" && (expr.type === "int" || expr.type === "real") ? Number(value) : value;
  return holds(callOf("==", [expr, literal(expr.type, exact, expr.span)], "bool", expr.span));
}
