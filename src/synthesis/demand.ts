import type { Batch, TableSource } from "../data/batch.ts";
import { cellAt } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import type { Schema } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Clock } from "../plan/evaluate.ts";
import type { Expr, Literal, Plan } from "../plan/nodes.ts";
import { columnsIn, isRowLocal } from "../plan/walk.ts";
import type { Hints } from "./candidates.ts";
import {
  type Condition,
  cellKey,
  fulfilled,
  type Group,
  type Groups,
  holds,
  literal,
  operands,
  substituted,
  valuesOf,
  type Want,
} from "./condition.ts";
import type { Pattern } from "./goal.ts";
import { type Row, type Setting, solveRow, valueOn } from "./solve-row.ts";
import { atomKey } from "./spans.ts";

/*
 * What is wanted of the result, pushed down to the tables: each node turns conditions over its columns into conditions
 * over those of its input, and the rows of the tables are made at the scans.
 */

/** Choices that a query leaves open. */
export interface Strategy {
  readonly firstSide: "left" | "right";
  /** Which input of a union gives the rows, where several can. */
  readonly branch: number;
  /** Rows that different `countif` count are different rows. */
  readonly apart: boolean;
}

export type Unsolved = "noValue" | "window" | "operator";

/** A condition that something in the query imposes, in the order in which they are met. */
export interface Atom {
  readonly span: Span;
  readonly kind: "predicate" | "key" | "partner";
}

/** An attempt under way. */
export interface Demands {
  readonly clock: Clock;
  readonly hints: Hints;
  readonly strategy: Strategy;
  /** The atom that is to fail while all others hold; see `atomKey`. */
  readonly turned: string | undefined;
  /** Tables whose rows are ours to make, by the source that stands for them. */
  readonly tables: ReadonlyMap<TableSource, string>;
  /** Rows of other sources, which are as they are. */
  readonly given: ReadonlyMap<TableSource, Batch>;
  readonly patterns: ReadonlyMap<string, Pattern>;
  readonly atoms: Map<string, Atom>;
  readonly unsolved: Map<string, { readonly span: Span; readonly why: Unsolved }>;
  /** Literals that stand for a value which the rows of a group choose. */
  readonly pending: Map<Literal, Group>;
  readonly inputs: Map<number, (wants: readonly Want[]) => void>;
  rows: Map<string, readonly Row[]>;
  groups: Groups;
}

/** Thrown where no rows can do what is wanted; another strategy may. */
export class Contradiction extends Error {}

/** Runs `body`; when it ends in a contradiction nothing has happened, and the answer is false. */
export function attempt(demands: Demands, body: () => void): boolean {
  const before = { rows: new Map(demands.rows), groups: new Map(demands.groups), unsolved: new Map(demands.unsolved) };
  try {
    body();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Contradiction)) throw thrown;
    demands.rows = before.rows;
    demands.groups = before.groups;
    demands.unsolved.clear();
    for (const [key, value] of before.unsolved) demands.unsolved.set(key, value);
    return false;
  }
}

/** Registers an atom; true when it is the one that is to fail. */
export function isTurned(demands: Demands, span: Span, kind: Atom["kind"]): boolean {
  const key = atomKey(span);
  if (!demands.atoms.has(key)) demands.atoms.set(key, { span, kind });
  return demands.turned === key;
}

export function giveUp(demands: Demands, span: Span, why: Unsolved): void {
  demands.unsolved.set(atomKey(span), { span, why });
}

/** The conditions of a filter, one per operand of its `and`s. */
export function conjuncts(predicate: Expr, demands: Demands): readonly Condition[] {
  return operands(predicate, "and").flatMap((expr): readonly Condition[] => {
    // What looks at neighbouring rows is not a matter of one row.
    if (!isRowLocal(expr)) {
      giveUp(demands, expr.span, "window");
      return [];
    }
    const turned = isTurned(demands, expr.span, "predicate");
    return [turned ? { kind: "holds", expr, holds: false, turned } : holds(expr)];
  });
}

/** A row of a table for each of the wants. */
export function demandRows(source: TableSource, schema: Schema, wants: readonly Want[], demands: Demands): void {
  const table = demands.tables.get(source);
  for (const want of wants) {
    const known = want.flatMap((condition) => resolved(condition, demands));
    if (table === undefined) demandGiven(demands.given.get(source), schema, known, demands);
    else makeRow(table, schema, known, demands);
  }
}

/** `condition` with the values that the rows of other tables have chosen meanwhile. */
function resolved(condition: Condition, demands: Demands): readonly Condition[] {
  if (demands.pending.size === 0) return [condition];
  let open = false;
  const fill = (expr: Expr): Expr => {
    if (expr.kind === "Call") return { ...expr, args: expr.args.map(fill) };
    const group = expr.kind === "Literal" ? demands.pending.get(expr) : undefined;
    if (!group) return expr;
    const [value] = demands.groups.get(group) ?? [];
    if (value === undefined) open = true;
    return literal(expr.type, value ?? null, expr.span);
  };
  const filled = { ...condition, expr: fill(condition.expr) };
  if (open) giveUp(demands, condition.expr.span, "operator");
  return open ? [] : [filled];
}

function settingOf(schema: Schema, { groups, clock, hints }: Demands): Setting {
  return { schema, groups, clock, hints };
}

function makeRow(table: string, schema: Schema, want: Want, demands: Demands): void {
  const setting = settingOf(schema, demands);
  let fixed = want;
  let row = solveRow(want, setting);
  if (!row) {
    // As many as go together, the one that is to fail first.
    const ordered = [...want].sort((a, b) => rank(a) - rank(b));
    fixed = [];
    row = new Map();
    for (const condition of ordered) {
      const more = [...fixed, condition];
      const next = solveRow(more, setting);
      if (next) {
        row = next;
        fixed = more;
      } else if (condition.kind !== "holds" || condition.turned || columnsIn(condition.expr).size === 0) {
        throw new Contradiction();
      } else if (demands.turned === undefined) giveUp(demands, condition.expr.span, "noValue");
    }
  }
  demands.rows.set(table, [...(demands.rows.get(table) ?? []), row]);
  choose(fixed, demands, (expr) => valueOn(row, expr, setting));
}

function rank(condition: Condition): number {
  return condition.kind !== "holds" ? 1 : condition.turned ? 0 : 2;
}

/** Puts down the values that the groups of `want` have on a row. */
export function choose(want: Want, demands: Demands, read: (expr: Expr) => Cell | undefined): void {
  for (const condition of want) {
    if (condition.kind === "holds") continue;
    const value = read(condition.expr) ?? null;
    const before = demands.groups.get(condition.group) ?? [];
    const key = cellKey(condition.group.type, value);
    if (!before.some((cell) => cellKey(condition.group.type, cell) === key))
      demands.groups.set(condition.group, [...before, value]);
  }
}

/** One of the rows that are there must do. */
export function demandGiven(batch: Batch | undefined, schema: Schema, want: Want, demands: Demands): void {
  if (!batch) throw new Contradiction();
  const columns = new Map<number, readonly Cell[]>();
  const rows = {
    count: batch.length,
    typeOf: (index: number) => schema[index]?.type ?? "string",
    cellsOf: (index: number) => {
      const known = columns.get(index);
      if (known) return known;
      const column = batch.column(index);
      const cells = Array.from({ length: batch.length }, (_, i) => cellAt(column, i));
      columns.set(index, cells);
      return cells;
    },
  } as const;
  const good = want.map((condition) => fulfilled(condition, rows, demands.groups, demands.clock));
  const found = Array.from({ length: batch.length }, (_, i) => i).find((i) => good.every((each) => each[i]));
  if (found === undefined) throw new Contradiction();
  choose(want, demands, (expr) => valuesOf(expr, rows, demands.clock)[found]);
}

/** `want` over the columns that `place` puts; conditions for which it has none are given up. */
export function carried(want: Want, place: (index: number) => Expr | undefined, demands: Demands): Want {
  return want.flatMap((condition): Want => {
    const open = [...columnsIn(condition.expr)].some((index) => place(index) === undefined);
    if (!open) return [substituted(condition, (index) => place(index) as Expr)]; // checked above
    if (condition.kind === "holds") giveUp(demands, condition.expr.span, "operator");
    return [];
  });
}

/** A literal for a value that other rows choose. */
export function pendingValue(expr: Expr, demands: Demands): { readonly stand: Literal; readonly group: Group } {
  const group: Group = { type: expr.type };
  const stand = literal(expr.type, null, expr.span);
  demands.pending.set(stand, group);
  return { stand, group };
}

export function columnOf(plan: Plan, index: number, span: Span): Expr {
  const field = plan.schema[index];
  return { kind: "Column", index, name: field?.name ?? "", type: field?.type ?? "string", span };
}
