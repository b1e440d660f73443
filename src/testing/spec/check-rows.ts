import type { Cell } from "../../data/column.ts";
import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/expectations.ts";
import * as spec from "../../diagnostics/catalogue/specs.ts";
import { printCell } from "../cells.ts";
import { sameCell } from "../compare.ts";
import type { StatedTable } from "../tables.ts";
import { SpecFault } from "./fault.ts";
import type { Expectation, GivenRow } from "./model.ts";
import type { Failure } from "./outcome.ts";
import type { SpecFile } from "./read.ts";
import { yamlCell } from "./row-table.ts";
import type { Path } from "./yaml.ts";

type Places = Pick<SpecFile, "valueAt" | "keyAt">;
type ExpectedRows = NonNullable<Expectation["rows"]>;

/** Reals are equal when they differ by no more than arithmetic in another order makes of them. */
export const defaultWithin = 1e-9;

/** The columns that a row expects something of, by position. */
type WantedRow = ReadonlyMap<number, Cell>;

/**
 * Compares only the columns that an expected row names. `sorted`: whether the query itself puts its rows in order. Throws
 * `SpecFault` for a column that the result does not have.
 */
export function checkRows(
  expected: ExpectedRows,
  result: StatedTable,
  sorted: boolean,
  path: Path,
  places: Places,
): readonly Failure[] {
  const plain = Array.isArray(expected);
  const { match = "equal", order = "auto", within = defaultWithin, equal } = plain ? { equal: expected } : expected;
  const at = plain ? path : [...path, "equal"];
  const wanted = equal.map((row, i) => wantedRow(row, result.schema, [...at, i], places));
  const inOrder = order === "sorted" || (order === "auto" && wanted.length > 1 && sorted);
  const agrees = (i: number, row: readonly Cell[]) =>
    agreement(wanted[i] ?? new Map(), row, result.schema, within) === 1;
  const partners = inOrder
    ? pairInOrder(wanted.length, result.rows, agrees, match)
    : pairInAnyOrder(wanted.length, result.rows, agrees);
  const taken = new Set(partners.values());
  const extra = match === "subset" ? [] : [...result.rows.keys()].filter((row) => !taken.has(row));
  const missing = wanted.flatMap((row, i) => (partners.has(i) ? [] : [{ row, i }]));
  if (missing.length === 0 && extra.length === 0) return [];
  const free = new Set([...result.rows.keys()].filter((row) => !taken.has(row)));
  const details = missing.flatMap(({ row, i }) => {
    const nearest = nearestRow(row, result, free, within, inOrder ? i : undefined);
    if (nearest !== undefined) free.delete(nearest);
    return describe(i, row, nearest, result, within);
  });
  const left = extra.filter((row) => free.has(row)).map((row) => problem.extraRow(row + 1, printRow(result, row)));
  const message = problem.rowsDiffer(missing.length, extra.length, inOrder);
  const [first] = missing;
  return [{ message, details: capped([...details, ...left]), path: first ? [...at, first.i] : path }];
}

const mostDetails = 20;

function capped(lines: readonly string[]): readonly string[] {
  return lines.length <= mostDetails
    ? lines
    : [...lines.slice(0, mostDetails), problem.moreLines(lines.length - mostDetails)];
}

function wantedRow(row: GivenRow, schema: Schema, path: Path, { valueAt, keyAt }: Places): WantedRow {
  return new Map(
    Object.entries(row).map(([column, value]) => {
      const index = schema.findIndex(({ name }) => name === column);
      const type = schema[index]?.type;
      const names = schema.map(({ name }) => name);
      if (type === undefined) throw new SpecFault(spec.noColumnInResult(keyAt([...path, column]), column, names));
      // Strings are never null.
      const cell = type === "string" && value === null ? "" : yamlCell(type, value);
      if (cell === undefined) throw new SpecFault(spec.notACell(valueAt([...path, column]), column, type, value));
      return [index, cell] as const;
    }),
  );
}

/** The share of the expected cells that the row has. */
function agreement(wanted: WantedRow, row: readonly Cell[], schema: Schema, within: number): number {
  if (wanted.size === 0) return 1;
  let same = 0;
  for (const [index, cell] of wanted) {
    if (sameCell(schema[index]?.type ?? "string", cell, row[index] ?? null, within)) same++;
  }
  return same / wanted.size;
}

type Rows = StatedTable["rows"];
type Agrees = (i: number, row: readonly Cell[]) => boolean;

/** By expected row, the row that it is. With `subset` other rows may stand between them. */
function pairInOrder(
  count: number,
  rows: Rows,
  agrees: Agrees,
  match: "equal" | "subset",
): ReadonlyMap<number, number> {
  const partners = new Map<number, number>();
  let next = 0;
  for (let i = 0; i < count; i++) {
    if (match === "equal") {
      const row = rows[i];
      if (row && agrees(i, row)) partners.set(i, i);
      continue;
    }
    for (let at = next; at < rows.length; at++) {
      if (!agrees(i, rows[at] ?? [])) continue;
      partners.set(i, at);
      next = at + 1;
      break;
    }
  }
  return partners;
}

/**
 * As many pairs as there can be: an expected row that names few columns may fit several rows, and must not take the only
 * one that fits another. https://en.wikipedia.org/wiki/Maximum_cardinality_matching, by augmenting paths.
 */
function pairInAnyOrder(count: number, rows: Rows, agrees: Agrees): ReadonlyMap<number, number> {
  const owner = new Map<number, number>();
  const fits = Array.from({ length: count }, (_, i) => [...rows.keys()].filter((row) => agrees(i, rows[row] ?? [])));
  const claim = (i: number, tried: Set<number>): boolean => {
    for (const row of fits[i] ?? []) {
      if (tried.has(row)) continue;
      tried.add(row);
      const other = owner.get(row);
      if (other !== undefined && !claim(other, tried)) continue;
      owner.set(row, i);
      return true;
    }
    return false;
  };
  for (let i = 0; i < count; i++) claim(i, new Set());
  return new Map([...owner].map(([row, i]) => [i, row]));
}

/** The free row that has most of the expected cells; in order, the one at the same place when it is free. */
function nearestRow(
  wanted: WantedRow,
  { schema, rows }: StatedTable,
  free: ReadonlySet<number>,
  within: number,
  place: number | undefined,
): number | undefined {
  if (place !== undefined && free.has(place)) return place;
  let best: number | undefined;
  let most = -1;
  for (const row of free) {
    const share = agreement(wanted, rows[row] ?? [], schema, within);
    if (share <= most) continue;
    best = row;
    most = share;
  }
  return best;
}

function describe(
  i: number,
  wanted: WantedRow,
  nearest: number | undefined,
  { schema, rows }: StatedTable,
  within: number,
): readonly string[] {
  const print = (index: number, cell: Cell) => printCell(schema[index]?.type ?? "string", cell);
  const name = (index: number) => schema[index]?.name ?? "";
  if (nearest === undefined) {
    const cells = [...wanted].map(([index, cell]) => `${name(index)} ${print(index, cell)}`);
    return [problem.missingRow(i + 1, cells.join("   "))];
  }
  const row = rows[nearest] ?? [];
  const wrong = [...wanted].filter(
    ([index, cell]) => !sameCell(schema[index]?.type ?? "string", cell, row[index] ?? null, within),
  );
  // What the two have in common says which rows are meant.
  const common = [...wanted].find(([index]) => !wrong.some(([other]) => other === index));
  const shared = common ? `${name(common[0])} ${print(...common)}` : "";
  if (wrong.length === 0) return [problem.misplacedRow(i + 1, nearest + 1, shared)];
  return wrong.map(([index, cell]) =>
    problem.wrongCellIn(i + 1, nearest + 1, shared, name(index), print(index, cell), print(index, row[index] ?? null)),
  );
}

const mostCells = 6;

/** The cells of a row that hold something. */
function printRow({ schema, rows }: StatedTable, row: number): string {
  const cells = schema.flatMap(({ name, type }, index) => {
    const cell = rows[row]?.[index] ?? null;
    return cell === null || cell === "" ? [] : [`${name} ${printCell(type, cell)}`];
  });
  return [...cells.slice(0, mostCells), ...(cells.length > mostCells ? ["…"] : [])].join("   ");
}
