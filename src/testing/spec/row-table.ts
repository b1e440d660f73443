import { batchOf, type TableSource } from "../../data/batch.ts";
import { columnFromCells, constantColumn } from "../../data/cells.ts";
import type { Cell } from "../../data/column.ts";
import { parseDynamic } from "../../data/json.ts";
import { timespanWithUnit } from "../../data/timespan.ts";
import type { ScalarType, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { cellOf } from "../../engine/rows.ts";
import { inputOf } from "../../readers/input.ts";
import { openTable } from "../../readers/open.ts";
import { utf8Of } from "../../readers/text.ts";
import { SpecFault } from "./fault.ts";
import { type StatedRow, timeColumns } from "./generate.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** The table of rows that a spec spells out. Columns that no row names are nulls. */
export async function tableOfRows(
  table: string,
  rows: readonly StatedRow[],
  known: Schema | undefined,
  path: Path,
  file: SpecFile,
): Promise<TableSource> {
  const schema = known ?? (await guessedSchema(table, rows, path, file));
  const types = new Map(schema.map(({ name, type }) => [name, type]));
  const cells = new Map<string, Cell[]>();
  for (const [i, row] of rows.entries()) {
    for (const [column, value] of valuesOf(row, types, table, file)) {
      const type = types.get(column);
      if (!type) {
        throw new SpecFault(problem.noSuchColumn(file.keyAt([...row.path, column]), table, column, [...types.keys()]));
      }
      const cell = yamlCell(type, value);
      if (cell === undefined) {
        throw new SpecFault(problem.notACell(file.valueAt([...row.path, column]), column, type, value));
      }
      const list = cells.get(column) ?? new Array<Cell>(rows.length).fill(null);
      list[i] = cell;
      cells.set(column, list);
    }
  }
  return tableOfCells(schema, cells, rows.length);
}

/** A table of columns, some of which may be missing: they are nulls. */
export function tableOfCells(schema: Schema, cells: ReadonlyMap<string, readonly Cell[]>, length: number): TableSource {
  const columns = schema.map(({ name, type }) => {
    const list = cells.get(name);
    return list ? columnFromCells(type, list) : constantColumn(type, null);
  });
  const batch = batchOf(schema, columns, length);
  return {
    schema,
    scan: async function* () {
      if (length > 0) yield batch;
    },
  };
}

function valuesOf(
  { values, time, path }: StatedRow,
  types: ReadonlyMap<string, ScalarType>,
  table: string,
  file: SpecFile,
): readonly (readonly [string, unknown])[] {
  const named = Object.entries(values);
  if (time === undefined) return named;
  const columns = timeColumns.filter((column) => types.has(column));
  if (columns.length === 0) throw new SpecFault(problem.noTimeColumn(file.valueAt(path), table));
  return [...named, ...columns.map((column) => [column, time] as const)];
}

/** The cell that a value of a spec stands for; undefined when it is not of the type. */
export function yamlCell(type: ScalarType, value: unknown): Cell | undefined {
  if (typeof value !== "string") return cellOf(type, value);
  if (type === "timespan") return timespanWithUnit(value) ?? cellOf(type, value);
  // A bag as text is how portals export it; one that is meant as text is not found in logs.
  if (type === "dynamic" && /^\s*[[{]/.test(value)) return parseDynamic(value) ?? value;
  return cellOf(type, value);
}

/** What a file of these rows would be read as. */
async function guessedSchema(table: string, rows: readonly StatedRow[], path: Path, file: SpecFile): Promise<Schema> {
  const timed = rows.some(({ values }) => timeColumns.some((column) => column in values))
    ? []
    : timeColumns.slice(0, 1);
  const records = rows.map(({ values, time }) => ({
    ...values,
    ...(time !== undefined && Object.fromEntries(timed.map((column) => [column, time]))),
  }));
  if (records.every((record) => Object.keys(record).length === 0)) {
    throw new SpecFault(problem.noRowsNoSchema(file.keyAt(path), table));
  }
  const bytes = utf8Of(records.map((record) => `${json(record)}\n`).join(""));
  return (await openTable(inputOf(`${table}.ndjson`, bytes), { table })).schema;
}

function json(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(json).join(",")}]`;
  if (typeof value !== "object" || value === null || value instanceof Date) return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${json(item)}`)
    .join(",")}}`;
}
