import type { Cell } from "../data/column.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import type { Clock } from "../plan/evaluate.ts";
import { columnsIn } from "../plan/walk.ts";
import { type Asked, candidatesFor, type Hints } from "./candidates.ts";
import { type Condition, fulfilled, type Groups, isAbsent, valuesOf, type Want } from "./condition.ts";
import { type Alternatives, allOf, type Goal } from "./goal.ts";
import { invert } from "./invert.ts";
import { wishesFor } from "./predicates.ts";
import { assembled, type Slot, slotOf } from "./slots.ts";

/** Values for the columns that matter, by position. */
export type Row = ReadonlyMap<number, Cell>;

export interface Setting {
  readonly schema: Schema;
  readonly groups: Groups;
  readonly clock: Clock;
  readonly hints: Hints;
}

/** Batches of candidates that may be tried for one row. */
const mostTries = 4000;

/** A row that fulfils all conditions; undefined when none was found. */
export function solveRow(want: Want, setting: Setting): Row | undefined {
  const budget = { left: mostTries };
  for (const wishes of waysFor(want, setting)) {
    const named = new Set(wishes.map(({ slot }) => slot.column));
    const row = rowFor(asksOf(wishes, want, setting), named, want, setting, budget);
    if (row || budget.left <= 0) return row;
  }
  return undefined;
}

function waysFor(want: Want, { schema, groups }: Setting): Alternatives {
  return allOf(
    want.map((condition) => {
      if (condition.kind === "holds") return wishesFor(condition.expr, condition.holds, schema);
      const [known] = groups.get(condition.group) ?? [];
      if (condition.kind === "same" && known !== undefined) {
        return invert(condition.expr, { is: "equal", type: condition.group.type, value: known }, schemaOnly(schema));
      }
      return invert(condition.expr, { is: "present" }, schemaOnly(schema));
    }),
  );
}

function schemaOnly(schema: Schema) {
  return { schema, predicate: (expr: Condition["expr"], truth: boolean) => wishesFor(expr, truth, schema) };
}

/** The slots in the order they were met, each with all that is asked of it. */
function asksOf(wishes: Alternatives[number], want: Want, { schema, groups }: Setting): readonly Asked[] {
  const goals = new Map<string, { readonly slot: Slot; readonly goals: Goal[] }>();
  const ask = (slot: Slot, goal: Goal) => {
    const entry = goals.get(slot.key) ?? { slot, goals: [] };
    goals.set(slot.key, entry);
    entry.goals.push(goal);
  };
  for (const { slot, goal } of wishes) ask(slot, goal);
  // Columns that no wish names are best left out, unless a path into them stands for them.
  for (const column of columnsIn(...want.map((condition) => condition.expr))) {
    if (![...goals.values()].some(({ slot }) => slot.column === column)) ask(slotOf(column), { is: "absent" });
  }
  const taken = want.flatMap((condition) =>
    condition.kind === "distinct" ? [groups.get(condition.group)?.length ?? 0] : [],
  );
  return [...goals.values()].map((entry) => {
    const field = schema[entry.slot.column];
    const step = entry.slot.path.findLast((each) => typeof each === "string");
    return {
      ...entry,
      name: String(step ?? field?.name ?? ""),
      type: field?.type ?? "string",
      fresh: 3 + Math.max(0, ...taken),
    };
  });
}

/** `named`: columns that something is asked of, be it to be empty. */
function rowFor(
  asks: readonly Asked[],
  named: ReadonlySet<number>,
  want: Want,
  setting: Setting,
  budget: { left: number },
): Row | undefined {
  const { schema, groups, clock, hints } = setting;
  const slots = asks.map(({ slot }) => slot);
  const columns = [...new Set(slots.map(({ column }) => column))];
  // A condition is tried as soon as the last of its columns has its value.
  const due = asks.map((): Condition[] => []);
  const always: Condition[] = [];
  for (const condition of want) {
    const reads = columnsIn(condition.expr);
    const last = slots.findLastIndex(({ column }) => reads.has(column));
    (due[last] ?? always).push(condition);
  }
  const typeOf = (index: number): ScalarType => schema[index]?.type ?? "string";
  if (!always.every((condition) => fulfilled(condition, { count: 1, typeOf, cellsOf: () => [null] }, groups, clock)[0]))
    return undefined;

  const values = new Map<string, Cell>();
  const cellOf = (column: number): Cell => {
    const type = typeOf(column);
    return assembled(
      slots.filter((slot) => slot.column === column),
      values,
      type === "dynamic" || type === "string" ? type : "other",
    );
  };
  const visit = (depth: number): boolean => {
    const asked = asks[depth];
    if (!asked) return true;
    if (budget.left-- <= 0) return false;
    const candidates = candidatesFor(asked, (slot) => values.get(slot.key), hints);
    const cells = candidates.map((candidate) => {
      values.set(asked.slot.key, candidate);
      return cellOf(asked.slot.column);
    });
    const fixed = new Map(
      columns.filter((column) => column !== asked.slot.column).map((column) => [column, cellOf(column)]),
    );
    const rows = {
      count: candidates.length,
      typeOf,
      cellsOf: (index: number) =>
        index === asked.slot.column ? cells : new Array<Cell>(cells.length).fill(fixed.get(index) ?? null),
    };
    const good = (due[depth] ?? []).reduce<readonly boolean[]>(
      (so, condition) => {
        const each = fulfilled(condition, rows, groups, clock);
        return so.map((before, i) => before && each[i] === true);
      },
      candidates.map(() => true),
    );
    for (const [i, candidate] of candidates.entries()) {
      if (!good[i]) continue;
      values.set(asked.slot.key, candidate);
      if (visit(depth + 1)) return true;
    }
    values.delete(asked.slot.key);
    return false;
  };
  if (!visit(0)) return undefined;
  const all = columns.map((column) => [column, cellOf(column)] as const);
  return new Map(all.filter(([column, cell]) => named.has(column) || !isAbsent(cell)));
}

/** The values that expressions have on a row; undefined for one that has none. */
export function valueOn(row: Row, expr: Condition["expr"], { schema, clock }: Setting): Cell | undefined {
  const typeOf = (index: number): ScalarType => schema[index]?.type ?? "string";
  return valuesOf(expr, { count: 1, typeOf, cellsOf: (index) => [row.get(index) ?? null] }, clock)[0];
}
