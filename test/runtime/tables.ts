import fc from "fast-check";
import { type Batch, batchOf, type TableSource } from "../../src/data/batch.ts";
import { cellAt, columnFromCells, constantColumn } from "../../src/data/cells.ts";
import type { Cell } from "../../src/data/column.ts";
import { collect } from "../../src/data/concat.ts";
import { Decimal } from "../../src/data/decimal.ts";
import type { Field, ScalarType, Schema } from "../../src/data/types.ts";
import type { ColumnRef, Plan } from "../../src/plan/nodes.ts";
import { execute } from "../../src/runtime/execute.ts";
import { newRun, type Run } from "../../src/runtime/run.ts";

/* Small random tables, cut into batches in every way, and what the tests ask of them. */

export const origin = { start: 0, end: 0 };

export type Row = readonly Cell[];

const guids = ["0b5a3b0e-7c1f-4b52-9a0a-0a3f6f6f0001", "0b5a3b0e-7c1f-4b52-9a0a-0a3f6f6f0002"];

/** Few values, so that they meet; null among them, and what is easily got wrong. */
const cells: Readonly<Record<ScalarType, readonly Cell[]>> = {
  bool: [true, false, null],
  int: [0, 1, -1, 2_147_483_647, -2_147_483_648, null],
  long: [0n, 1n, -1n, 4_294_967_296n, -4_294_967_296n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, null],
  real: [0, -0, 1.5, -1.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null],
  decimal: [new Decimal(0), new Decimal("1.50"), new Decimal("-2"), null],
  datetime: [0n, 636_000_000_000_000_000n, 636_000_000_000_000_001n, null],
  timespan: [0n, -1n, 864_000_000_000n, null],
  guid: [...guids, null],
  string: ["", "a", "A", "b", "ab", "ä", "null"],
  dynamic: [null, 1, "a", [1, null], new Map([["k", 1]])],
};

export function cellOf(type: ScalarType): fc.Arbitrary<Cell> {
  return fc.constantFrom(...cells[type]);
}

export function rowsOfTypes(types: readonly ScalarType[], maxLength = 40): fc.Arbitrary<readonly Row[]> {
  return fc.array(fc.tuple(...types.map(cellOf)), { maxLength });
}

export const keyType: fc.Arbitrary<ScalarType> = fc.constantFrom(
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "guid",
  "string",
);

export function schemaOf(types: readonly ScalarType[]): Schema {
  return types.map((type, i): Field => ({ name: `c${i}`, type }));
}

/** The rows in batches of `size`, each with storage of its own; a column whose cells are all the same is constant. */
export function batchesOf(schema: Schema, rows: readonly Row[], size: number): readonly Batch[] {
  const batches: Batch[] = [];
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size);
    const columns = schema.map(({ type }, index) => {
      const all = part.map((row) => row[index] ?? null);
      const [first = null] = all;
      return all.every((cell) => Object.is(cell, first)) ? constantColumn(type, first) : columnFromCells(type, all);
    });
    batches.push(batchOf(schema, columns, part.length));
  }
  return batches;
}

export function sourceOf(schema: Schema, rows: readonly Row[], size: number): TableSource {
  return {
    schema,
    scan: async function* () {
      yield* batchesOf(schema, rows, size);
    },
  };
}

export function scanOf(types: readonly ScalarType[], rows: readonly Row[], size: number): Plan {
  const schema = schemaOf(types);
  return { kind: "Scan", name: "T", source: sourceOf(schema, rows, size), schema, origin };
}

export function columnAt({ schema }: Pick<Plan, "schema">, index: number): ColumnRef {
  const { name, type } = schema[index]!;
  return { kind: "Column", index, name, type, span: origin };
}

export function testRun(given: Partial<Run> = {}): Run {
  return newRun({ now: 0n, random: () => 0.5, ...given });
}

export async function rowsFrom(plan: Plan, run: Run = testRun()): Promise<readonly Row[]> {
  return rowsIn(await collect(execute(plan, run), plan.schema));
}

export function rowsIn(batch: Batch): readonly Row[] {
  const columns = batch.schema.map((_, index) => batch.column(index));
  return Array.from({ length: batch.length }, (_, row) => columns.map((column) => cellAt(column, row)));
}

/** Equal rows have equal texts: -0 is 0, NaN is NaN, and strings are told from other values. */
export function rowText(row: Row): string {
  return row.map(cellText).join(" ");
}

export function cellText(cell: Cell | undefined): string {
  if (typeof cell === "number") return String(cell + 0);
  if (typeof cell === "string") return JSON.stringify(cell);
  if (cell instanceof Map) return `{${[...cell].map(([name, item]) => `${name}:${cellText(item)}`).join(",")}}`;
  if (Array.isArray(cell)) return `[${cell.map(cellText).join(",")}]`;
  return String(cell);
}
