import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { Decimal } from "../data/decimal.ts";
import { parseGuid } from "../data/guid.ts";
import { parseInt32, parseLong } from "../data/integers.ts";
import { parseDynamic } from "../data/json.ts";
import { parseReal } from "../data/real.ts";
import { parseTimespan, timespanWithUnit } from "../data/timespan.ts";
import type { ScalarType } from "../data/types.ts";

/**
 * The value of a query parameter from its text: plain (`2024-01-01`, `7d`, `abc`) or as a KQL literal
 * (`datetime(2024-01-01)`, `dynamic([1])`). Undefined when the text is not of the type.
 */
export function parseParameter(type: ScalarType, given: string): Cell | undefined {
  const text = unwrapped(given);
  switch (type) {
    case "string":
      return text;
    case "bool":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "int":
      return parseInt32(text) ?? undefined;
    case "long":
      return parseLong(text) ?? undefined;
    case "real":
      return parseReal(text) ?? undefined;
    case "decimal":
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? new Decimal(text) : undefined;
    case "datetime":
      return parseDatetime(text) ?? undefined;
    case "timespan":
      return timespanWithUnit(text) ?? parseTimespan(text) ?? undefined;
    case "guid":
      return parseGuid(text) ?? undefined;
    case "dynamic":
      return parseDynamic(text);
  }
}

const wrapper = /^\s*(?:bool|int|long|real|double|decimal|datetime|timespan|time|guid|dynamic)\s*\(([\s\S]*)\)\s*$/;

function unwrapped(text: string): string {
  return wrapper.exec(text)?.[1]?.trim() ?? text;
}
