import { type Batch, select } from "../data/batch.ts";
import { cellAt, stringColumn } from "../data/cells.ts";
import { concatColumns } from "../data/concat.ts";
import { kqlLiteral } from "../data/text.ts";
import type { Field } from "../data/types.ts";
import type { ResultTable } from "../engine/results.ts";

/** What is different between the columns of two results. */
export type ColumnChange =
  | { readonly kind: "added" | "removed"; readonly column: Field }
  | { readonly kind: "retyped"; readonly name: string; readonly before: Field["type"]; readonly after: Field["type"] };

export interface ResultDiff {
  readonly columns: readonly ColumnChange[];
  /** Rows that both have, each as often as both have it. */
  readonly same: number;
  readonly lost: number;
  readonly caught: number;
  /** The rows that only one has, over the columns that both have: `-` lost, `+` newly caught, in a column of its own. */
  readonly table: Pick<ResultTable, "schema" | "rows">;
}

/** Compares two results as multisets of rows over their common columns; the order of rows does not count. */
export function diffResults(before: ResultTable, after: ResultTable): ResultDiff {
  const common = before.schema.flatMap((field, left) => {
    const right = after.schema.findIndex(({ name, type }) => name === field.name && type === field.type);
    return right < 0 ? [] : [{ field, left, right }];
  });
  const keysBefore = rowKeys(
    before.rows,
    common.map(({ left }) => left),
  );
  const keysAfter = rowKeys(
    after.rows,
    common.map(({ right }) => right),
  );
  const lost = withoutPartner(keysBefore, keysAfter);
  const caught = withoutPartner(keysAfter, keysBefore);
  const lostRows = select(before.rows, lost);
  const caughtRows = select(after.rows, caught);
  const length = lost.length + caught.length;
  const signs = [...Array<string>(lost.length).fill("-"), ...Array<string>(caught.length).fill("+")];
  const schema: readonly Field[] = [
    { name: signName(common.map(({ field }) => field.name)), type: "string" },
    ...common.map(({ field }) => field),
  ];
  const columns = [
    stringColumn(signs),
    ...common.map(({ field, left, right }) =>
      concatColumns(
        [
          { column: lostRows.column(left), length: lost.length },
          { column: caughtRows.column(right), length: caught.length },
        ],
        field.type,
        length,
      ),
    ),
  ];
  const at = (index: number) => {
    const column = columns[index];
    if (!column) throw new Error(`there is no column ${index}`);
    return column;
  };
  return {
    columns: columnChanges(before.schema, after.schema),
    same: keysBefore.length - lost.length,
    lost: lost.length,
    caught: caught.length,
    table: { schema, rows: { schema, length, column: at } },
  };
}

export function isSame({ columns, lost, caught }: ResultDiff): boolean {
  return columns.length === 0 && lost === 0 && caught === 0;
}

function columnChanges(before: readonly Field[], after: readonly Field[]): readonly ColumnChange[] {
  const left = before.flatMap((column): readonly ColumnChange[] => {
    const other = after.find(({ name }) => name === column.name);
    if (!other) return [{ kind: "removed", column }];
    if (other.type === column.type) return [];
    return [{ kind: "retyped", name: column.name, before: column.type, after: other.type }];
  });
  const right = after.filter(({ name }) => !before.some((other) => other.name === name));
  return [...left, ...right.map((column): ColumnChange => ({ kind: "added", column }))];
}

function rowKeys(rows: Batch, columns: readonly number[]): readonly string[] {
  const made = columns.map((index) => rows.column(index));
  return Array.from({ length: rows.length }, (_, row) =>
    made.map((column) => kqlLiteral(column.type, cellAt(column, row))).join("\u0000"),
  );
}

/** The rows of `keys` that `others` does not have, or not as often. Of equal rows the first ones have partners. */
function withoutPartner(keys: readonly string[], others: readonly string[]): Int32Array {
  const counts = new Map<string, number>();
  for (const key of others) counts.set(key, (counts.get(key) ?? 0) + 1);
  const rows: number[] = [];
  for (const [row, key] of keys.entries()) {
    const left = counts.get(key) ?? 0;
    if (left > 0) counts.set(key, left - 1);
    else rows.push(row);
  }
  return Int32Array.from(rows);
}

function signName(taken: readonly string[]): string {
  let name = "diff";
  while (taken.includes(name)) name = `_${name}`;
  return name;
}
