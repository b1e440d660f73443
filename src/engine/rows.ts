import { batchOf, type TableSource } from "../data/batch.ts";
import { inDatetimeRange, ticksPerMillisecond, unixEpoch } from "../data/calendar.ts";
import { cellAt, columnFromCells } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { Decimal } from "../data/decimal.ts";
import type { Dynamic, Typed } from "../data/dynamic.ts";
import { parseGuid } from "../data/guid.ts";
import { longOf, realOf } from "../data/json.ts";
import { parseDecimal } from "../data/text.ts";
import { parseTimespan } from "../data/timespan.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import { badValue, rowWidth } from "../diagnostics/catalogue/engine.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { ResultTable } from "./results.ts";

/**
 * A table in memory from JavaScript values: numbers or bigints for int and long, `Date`, text or ticks for datetime, text
 * or ticks for timespan, numbers, text or `Decimal` for decimal, plain JSON values or `Map`s for dynamic; null and
 * undefined are null (in strings, empty). Throws `KqlError` for a value that is not of its column's type.
 */
export function tableFromRows(schema: Schema, rows: readonly (readonly unknown[])[]): TableSource {
  for (const [i, row] of rows.entries()) {
    if (row.length !== schema.length) throw new KqlError(rowWidth(i + 1, schema.length, row.length));
  }
  const columns = schema.map(({ name, type }, index) => {
    const cells = rows.map((row, i) => {
      const value = row[index];
      const cell = cellOf(type, value);
      if (cell === undefined)
        throw new KqlError(badValue(i + 1, name, type, typeof value === "object" ? "[object]" : String(value)));
      return cell;
    });
    return columnFromCells(type, cells);
  });
  const batch = batchOf(schema, columns, rows.length);
  return {
    schema,
    scan: async function* () {
      yield batch;
    },
  };
}

/** The rows of a result, each a list of cells in the order of the columns. */
export function rowsOf({ schema, rows }: Pick<ResultTable, "schema" | "rows">): Cell[][] {
  const columns = schema.map((_, index) => rows.column(index));
  return Array.from({ length: rows.length }, (_, row) => columns.map((column) => cellAt(column, row)));
}

/** The cell that a JavaScript value stands for; undefined when it is not of the type. */
export function cellOf(type: ScalarType, value: unknown): Cell | undefined {
  if (value === null || value === undefined) return null;
  switch (type) {
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "int": {
      const whole = wholeNumber(value);
      return whole !== undefined && whole === BigInt.asIntN(32, whole) ? Number(whole) : undefined;
    }
    case "long":
      return ticks(value);
    case "real":
      return typeof value === "number" ? value : undefined;
    case "string":
      return typeof value === "string" ? value : undefined;
    case "guid":
      return typeof value === "string" ? (parseGuid(value) ?? undefined) : undefined;
    case "decimal":
      if (Decimal.isDecimal(value)) return value as Decimal;
      return typeof value === "string" || typeof value === "number"
        ? (parseDecimal(String(value)) ?? undefined)
        : undefined;
    case "datetime": {
      if (typeof value === "string") return parseDatetime(value) ?? undefined;
      const instant = value instanceof Date ? ticksOfDate(value) : ticks(value);
      return instant === undefined ? undefined : (inDatetimeRange(instant) ?? undefined);
    }
    case "timespan":
      return typeof value === "string" ? (parseTimespan(value) ?? undefined) : ticks(value);
    case "dynamic":
      return dynamicOf(value);
  }
}

function wholeNumber(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

function ticks(value: unknown): bigint | undefined {
  const whole = wholeNumber(value);
  return whole !== undefined && whole === BigInt.asIntN(64, whole) ? whole : undefined;
}

function ticksOfDate(date: Date): bigint | undefined {
  const milliseconds = date.getTime();
  return Number.isNaN(milliseconds) ? undefined : BigInt(milliseconds) * ticksPerMillisecond + unixEpoch;
}

function dynamicOf(value: unknown): Dynamic | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : realOf(value);
  if (typeof value === "bigint") return value === BigInt.asIntN(64, value) ? longOf(value) : undefined;
  if (Array.isArray(value)) {
    const items = value.map(dynamicOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (value instanceof Date) {
    const instant = ticksOfDate(value);
    return instant === undefined ? undefined : { typed: "datetime", value: instant };
  }
  if (typeof value !== "object") return undefined;
  if (isResultValue(value)) return value;
  const bag = new Map<string, Dynamic>();
  for (const [name, item] of value instanceof Map ? value : Object.entries(value)) {
    const slot = dynamicOf(item ?? null);
    if (typeof name !== "string" || slot === undefined) return undefined;
    bag.set(name, slot);
  }
  return bag;
}

const typedNames: ReadonlySet<unknown> = new Set(["real", "int", "datetime", "timespan", "guid", "decimal"]);

/** A typed scalar as it stands in a result of ours, not a bag that happens to have a slot `typed`. */
function isResultValue(value: object): value is Typed {
  return "typed" in value && "value" in value && typedNames.has(value.typed) && Object.keys(value).length === 2;
}
