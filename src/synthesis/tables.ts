import type { TableSource } from "../data/batch.ts";
import { ticksPerMinute } from "../data/calendar.ts";
import type { Cell } from "../data/column.ts";
import type { Field, Schema } from "../data/types.ts";
import { tableFromRows } from "../engine/rows.ts";
import type { Row } from "./solve-row.ts";

/** Rows of one table: only the columns that matter to the query; the others are null. */
export interface SynthesizedTable {
  readonly columns: readonly Field[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Schemas = ReadonlyMap<string, Schema>;
export type MadeRows = ReadonlyMap<string, readonly Row[]>;

/** A table of a workspace says when its rows came about; rules look at that. */
const timeColumns = ["Timestamp", "TimeGenerated"];

/** `rows` with a time where the table has a column for it and nothing is asked of it. */
export function withTimes(rows: MadeRows, schemas: Schemas, now: bigint): MadeRows {
  return new Map(
    [...rows].map(([table, list]) => {
      const schema = schemas.get(table) ?? [];
      const times = timeColumns
        .map((name) => schema.findIndex((field) => field.name === name && field.type === "datetime"))
        .filter((index) => index >= 0);
      const [first] = times;
      if (first === undefined) return [table, list];
      return [
        table,
        list.map((row) =>
          times.some((index) => row.has(index)) ? row : new Map([[first, now - 10n * ticksPerMinute], ...row]),
        ),
      ];
    }),
  );
}

/** Each table as a source of rows; tables without rows are empty. */
export function sourcesOf(rows: MadeRows, schemas: Schemas): ReadonlyMap<string, TableSource> {
  return new Map(
    [...schemas].map(([table, schema]) => [
      table,
      tableFromRows(
        schema,
        (rows.get(table) ?? []).map((row) => schema.map((_, index) => row.get(index) ?? null)),
      ),
    ]),
  );
}

export function tablesOf(rows: MadeRows, schemas: Schemas): ReadonlyMap<string, SynthesizedTable> {
  return new Map(
    [...rows].map(([table, list]) => {
      const schema = schemas.get(table) ?? [];
      const used = schema.flatMap((field, index) => (list.some((row) => row.has(index)) ? [{ field, index }] : []));
      return [
        table,
        {
          columns: used.map(({ field }) => field),
          rows: list.map((row) => used.map(({ index }) => row.get(index) ?? null)),
        },
      ];
    }),
  );
}
