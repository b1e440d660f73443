import { civilOf, ticksOf, ticksPerDay } from "../../data/calendar.ts";
import type { Cell } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import type { PluginCall } from "../plugin.ts";
import { Refusal } from "../refusal.ts";
import { argumentOf, argumentsOf } from "./arguments.ts";

/*
 * Time, or any other integer, in windows of equal length. Positions are ticks for datetime and timespan, the numbers
 * themselves for int and long. Window 0 begins at the start of the analysis.
 */

export interface Windows {
  readonly windowOf: (position: bigint) => number;
  /** The first position of a window. */
  readonly startOf: (window: number) => bigint;
}

const timelineTypes: ReadonlySet<ScalarType> = new Set(["datetime", "timespan", "long", "int"]);

/** The position of a cell that is not null; the types are those of `timelineColumn`. */
export function positionOf(cell: NonNullable<Cell>): bigint {
  return BigInt(cell as bigint | number); // the type is integral
}

/** The cell of `type` at a position. */
export function cellAtPosition(type: ScalarType, position: bigint): Cell {
  return type === "int" ? Number(position) : position;
}

/** The column that a plugin takes as its timeline. */
export function timelineColumn(call: PluginCall, name: string): { readonly index: number; readonly type: ScalarType } {
  const { name: column, index, type } = argumentOf(call, name, "column");
  if (timelineTypes.has(type)) return { index, type };
  throw new Refusal(name, `\`${column}\` is ${type}; a timeline is datetime, timespan, long or int`);
}

/** Where on the timeline the constant `name` lies; undefined when it is left out. */
export function constantPosition(call: PluginCall, name: string, timeline: ScalarType): bigint | undefined {
  const [argument] = argumentsOf(call, name, "constant");
  if (!argument) return undefined;
  if (familyOf(argument.type) !== familyOf(timeline))
    throw new Refusal(name, `\`${name}\` is ${argument.type} and the timeline is ${timeline}`);
  if (argument.value === null) throw new Refusal(name, `\`${name}\` is null`);
  return positionOf(argument.value);
}

/** The length `name` along the timeline, above 0: a timespan where it is one of time. */
export function constantLength(call: PluginCall, name: string, timeline: ScalarType): bigint {
  const { type, value } = argumentOf(call, name, "constant");
  const wanted = timeline === "datetime" ? "timespan" : timeline;
  if (familyOf(type) !== familyOf(wanted))
    throw new Refusal(name, `\`${name}\` is ${type}; along a timeline of type ${timeline} it is ${wanted}`);
  if (value === null || positionOf(value) <= 0n) throw new Refusal(name, `\`${name}\` is not above zero`);
  return positionOf(value);
}

function familyOf(type: ScalarType): ScalarType {
  return type === "int" ? "long" : type;
}

/** Windows of `length` from `start` on. */
export function equalWindows(start: bigint, length: bigint): Windows {
  return {
    windowOf: (position) => Number(floorDivide(position - start, length)),
    startOf: (window) => start + BigInt(window) * length,
  };
}

/** Rounds toward -∞. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

const calendars: Readonly<Record<string, Windows>> = {
  week: {
    // Day 0 is a Monday; weeks begin on Sunday.
    windowOf: (position) => Number((position / ticksPerDay + 1n) / 7n),
    startOf: (window) => (BigInt(window) * 7n - 1n) * ticksPerDay,
  },
  month: {
    windowOf: (position) => {
      const { year, month } = civilOf(position);
      return year * 12 + month - 1;
    },
    startOf: (window) => ticksOf(Math.floor(window / 12), (window % 12) + 1, 1) ?? 0n,
  },
  year: {
    windowOf: (position) => civilOf(position).year,
    startOf: (window) => ticksOf(window, 1, 1) ?? 0n,
  },
};

export function isCalendar(call: PluginCall, name: string): boolean {
  return argumentOf(call, name, "constant").type === "string";
}

/** The windows that the constant `name` asks for: a length, or `week`, `month` or `year`. */
export function constantWindows(call: PluginCall, name: string, timeline: ScalarType, start: bigint): Windows {
  const { value } = argumentOf(call, name, "constant");
  if (!isCalendar(call, name)) return equalWindows(start, constantLength(call, name, timeline));
  const calendar = Object.hasOwn(calendars, String(value)) ? calendars[String(value)] : undefined;
  if (!calendar) throw new Refusal(name, `\`${name}\` is a length, or one of \`week\`, \`month\` and \`year\``);
  if (timeline !== "datetime") throw new Refusal(name, `the timeline is ${timeline}, and knows no ${value}`);
  const first = calendar.windowOf(start);
  // Kusto drops what lies before the first whole week, month or year in ways that its documentation only hints at.
  if (calendar.startOf(first) !== start)
    throw new Refusal("Start", `the analysis does not start with a whole ${value}`);
  return {
    windowOf: (position) => calendar.windowOf(position) - first,
    startOf: (window) => calendar.startOf(window + first),
  };
}
