import type { Cell } from "../data/column.ts";
import { compareCells, dynamicKey } from "../data/compare.ts";
import { type Dynamic, isArray, isBag, isTyped } from "../data/dynamic.ts";
import { printDynamic } from "../data/json.ts";
import type { ScalarType } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/testing.ts";
import { printCell } from "./cells.ts";
import type { StatedTable } from "./tables.ts";
import type { TableExpectation } from "./test-file.ts";

/** How a table differs from what was expected: a sentence, and the rows at fault on both sides. */
export interface Difference {
  readonly message: string;
  readonly expected: ReadonlySet<number>;
  readonly found: ReadonlySet<number>;
}

/** Undefined when the tables agree: values are compared, not their texts. */
export function differenceBetween(
  expected: StatedTable,
  found: StatedTable,
  { anyOrder, within }: Pick<TableExpectation, "anyOrder" | "within">,
): Difference | undefined {
  const sameColumns =
    expected.schema.length === found.schema.length &&
    expected.schema.every(({ name, type }, i) => found.schema[i]?.name === name && found.schema[i]?.type === type);
  if (!sameColumns) return { message: problem.wrongColumns(), expected: new Set(), found: new Set() };
  return anyOrder ? compareAsBag(expected, found, within) : compareInOrder(expected, found, within);
}

function compareInOrder(expected: StatedTable, found: StatedTable, within: number): Difference | undefined {
  const wrong = new Set<number>();
  let message: string | undefined;
  if (expected.rows.length !== found.rows.length) {
    message = problem.wrongRowCount(expected.rows.length, found.rows.length);
  }
  for (let row = 0; row < Math.max(expected.rows.length, found.rows.length); row++) {
    const [wanted, got] = [expected.rows[row], found.rows[row]];
    const column = wanted && got ? wrongColumn(expected, wanted, got, within) : -1;
    if (wanted && got && column < 0) continue;
    wrong.add(row);
    const field = expected.schema[column];
    if (!field || message !== undefined) continue;
    const [a, b] = [wanted?.[column] ?? null, got?.[column] ?? null];
    message = problem.wrongCell(row + 1, field.name, printCell(field.type, a), printCell(field.type, b));
  }
  return message === undefined ? undefined : { message, expected: wrong, found: wrong };
}

function compareAsBag(expected: StatedTable, found: StatedTable, within: number): Difference | undefined {
  const extra = new Set(found.rows.keys());
  const missing = new Set<number>();
  for (const [i, wanted] of expected.rows.entries()) {
    let partner = -1;
    for (const row of extra) {
      if (wrongColumn(expected, wanted, found.rows[row] ?? [], within) >= 0) continue;
      partner = row;
      break;
    }
    if (partner < 0) missing.add(i);
    else extra.delete(partner);
  }
  if (missing.size === 0 && extra.size === 0) return undefined;
  return { message: problem.wrongRows(missing.size, extra.size), expected: missing, found: extra };
}

/** The first column in which the rows differ, or -1. */
function wrongColumn({ schema }: StatedTable, wanted: readonly Cell[], got: readonly Cell[], within: number): number {
  return schema.findIndex(({ type }, i) => !sameCell(type, wanted[i] ?? null, got[i] ?? null, within));
}

export function sameCell(type: ScalarType, expected: Cell, found: Cell, within: number): boolean {
  if (expected === null || found === null) return expected === found;
  if (type === "dynamic") return sameDynamic(expected as Dynamic, found as Dynamic, within); // the type says so
  if (type === "real") return sameReal(expected as number, found as number, within);
  return compareCells(type)(expected, found) === 0;
}

function sameReal(expected: number, found: number, within: number): boolean {
  if (Number.isNaN(expected) || Number.isNaN(found)) return Number.isNaN(expected) && Number.isNaN(found);
  if (expected === found) return true;
  return Math.abs(expected - found) <= within * Math.max(1, Math.abs(expected));
}

/** JSON cannot spell a datetime or a NaN inside a dynamic: the text that Kusto prints for it stands for it. */
function sameDynamic(expected: Dynamic, found: Dynamic, within: number): boolean {
  if (isArray(expected) && isArray(found)) {
    return expected.length === found.length && expected.every((item, i) => sameDynamic(item, found[i] ?? null, within));
  }
  if (isBag(expected) && isBag(found)) {
    const names = [...expected.keys()];
    return (
      expected.size === found.size &&
      names.every((name) => found.has(name) && sameDynamic(expected.get(name) ?? null, found.get(name) ?? null, within))
    );
  }
  const [a, b] = [realIn(expected), realIn(found)];
  if (a !== undefined && b !== undefined && within > 0) return sameReal(a, b, within);
  return dynamicKey(expected) === dynamicKey(found) || printDynamic(expected) === printDynamic(found);
}

function realIn(value: Dynamic): number | undefined {
  if (typeof value === "number") return value;
  return isTyped(value) && value.typed === "real" ? value.value : undefined;
}
