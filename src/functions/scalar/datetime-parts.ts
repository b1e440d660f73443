import { civilFromDays, daysFromCivil, maxDatetime, ticksPerDay } from "../../data/calendar.ts";
import { cellAt, columnOf, constantColumn } from "../../data/cells.ts";
import { type Cell, type Column, rowMask } from "../../data/column.ts";
import { dayNumbers, midnights, ticksOfDay } from "../../data/words.ts";
import { family } from "../family.ts";
import { cellReader, columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Call, constant, type Overload, optional, required, type ScalarFunction } from "../signature.ts";

/*
 * The calendar parts of a datetime, and the bounds of the day, week, month and year around it. A datetime is taken
 * apart into the number of its day since year 1 and the ticks since midnight; both fit into a JavaScript number.
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const date = required("date", "datetime");

type Datetimes = Extract<Column, { type: "datetime" }>;
/** A part of the date is computed from the day's number, a part of the clock from the ticks since midnight. */
type Part = { readonly ofDay: (day: number) => number } | { readonly ofTick: (tick: number) => number };

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ["year", { ofDay: (day) => civilFromDays(day).year }],
  ["quarter", { ofDay: (day) => Math.ceil(civilFromDays(day).month / 3) }],
  ["month", { ofDay: (day) => civilFromDays(day).month }],
  ["week_of_year", { ofDay: isoWeek }],
  ["day", { ofDay: (day) => civilFromDays(day).day }],
  ["dayofyear", { ofDay: dayOfYear }],
  ["hour", { ofTick: (tick) => Math.floor(tick / 36_000_000_000) }],
  ["minute", { ofTick: (tick) => Math.floor(tick / 600_000_000) % 60 }],
  ["second", { ofTick: (tick) => Math.floor(tick / 10_000_000) % 60 }],
  ["millisecond", { ofTick: (tick) => Math.floor((tick % 10_000_000) / 10_000) }],
  ["microsecond", { ofTick: (tick) => Math.floor((tick % 10_000_000) / 10) }],
  ["nanosecond", { ofTick: (tick) => (tick % 10_000_000) * 100 }],
]);

export const datetimePartFunctions: readonly ScalarFunction[] = [
  define("getyear", "The year.", partOverload("year")),
  define({ name: "monthofyear", aliases: ["getmonth"] }, "The number of the month, 1 to 12.", partOverload("month")),
  define(
    { name: "dayofmonth", docs: "https://learn.microsoft.com/kusto/query/day-of-month-function" },
    "The day of the month, 1 to 31.",
    partOverload("day"),
  ),
  define(
    { name: "dayofyear", docs: "https://learn.microsoft.com/kusto/query/day-of-year-function" },
    "The day of the year, 1 to 366.",
    partOverload("dayofyear"),
  ),
  define(
    { name: "hourofday", docs: "https://learn.microsoft.com/kusto/query/hour-of-day-function" },
    "The hour of the day, 0 to 23.",
    partOverload("hour"),
  ),
  define(
    "week_of_year",
    "The number of the week by ISO 8601: week 1 has the year's first Thursday.",
    partOverload("week_of_year"),
  ),
  define(
    { name: "weekofyear", docs: "https://learn.microsoft.com/kusto/query/week-of-year-function" },
    "Not supported: the numbers of week_of_year before it followed ISO 8601.",
    columnar([date], "int", () => {
      throw new Refusal(0, "`weekofyear` counts weeks by rules of its own that are obsolete: use `week_of_year`");
    }),
  ),
  define(
    { name: "dayofweek", docs: "https://learn.microsoft.com/kusto/query/day-of-week-function" },
    "The days since Sunday, as a timespan; null for the last day that there is.",
    columnar([date], "timespan", ([column]) => {
      const { data, validity, constant: fixed } = column as Datetimes;
      const days = dayNumbers(data);
      let valid = validity;
      for (let i = 0; i < days.length; i++) {
        // The engine seems to count from the day after, which the last day has not got.
        if (days[i] === lastDay) {
          if (valid === validity) valid = validity ? validity.slice() : new Uint8Array(days.length).fill(1);
          valid![i] = 0;
        }
        days[i] = (days[i]! + 1) % 7;
      }
      return { ...columnOf("timespan", midnights(days), valid), constant: fixed };
    }),
  ),
  define(
    { name: "datetime_part", aliases: ["datepart"] },
    "The named part of the datetime.",
    columnar([constant(required("part", "string")), date], "int", ([name, column]) => {
      const part = cellAt(name!, 0) as string; // the signature says so
      const of = parts.get(part) ?? parts.get(part.toLowerCase());
      if (!of) throw new Refusal(0, `\`${part}\` is none of the parts ${[...parts.keys()].join(", ")}`);
      return partColumn(column as Datetimes, of);
    }),
  ),

  define(
    { name: "startofday", resultName: "firstArgument" },
    "Midnight before the datetime, `offset` days on.",
    bound(dayStart, 0),
  ),
  define("startofweek", "Midnight before the Sunday of the week, `offset` weeks on.", bound(weekStart, 0)),
  define("startofmonth", "The first moment of the month, `offset` months on.", bound(monthStart, 0)),
  define("startofyear", "The first moment of the year, `offset` years on.", bound(yearStart, 0)),
  define("endofday", "The last tick of the day, `offset` days on.", bound(dayStart, 1)),
  define("endofweek", "The last tick of the Saturday of the week, `offset` weeks on.", bound(weekStart, 1)),
  define("endofmonth", "The last tick of the month, `offset` months on.", bound(monthStart, 1)),
  define("endofyear", "The last tick of the year, `offset` years on.", bound(yearStart, 1)),
];

function partOverload(name: string): Overload {
  const of = parts.get(name)!;
  return columnar([date], "int", ([column]) => partColumn(column as Datetimes, of));
}

function partColumn({ data, validity, constant: fixed }: Datetimes, part: Part): Column {
  const days = dayNumbers(data);
  const out = new Int32Array(data.length);
  if ("ofTick" in part) {
    const ticks = ticksOfDay(data, days);
    for (let i = 0; i < out.length; i++) out[i] = part.ofTick(ticks[i]!);
  } else {
    // Rows of one day tend to come together.
    let known = -1;
    let value = 0;
    for (let i = 0; i < out.length; i++) {
      const day = days[i]!;
      if (day !== known) {
        known = day;
        value = part.ofDay(day);
      }
      out[i] = value;
    }
  }
  return { type: "int", data: out, validity, constant: fixed };
}

function dayOfYear(day: number): number {
  return day - daysFromCivil(civilFromDays(day).year, 1, 1) + 1;
}

/** A week belongs to the year of its Thursday. */
function isoWeek(day: number): number {
  const thursday = day - (day % 7) + 3;
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

/** Months since year 0 of a day number. */
export function monthIndex(day: number): number {
  const { year, month } = civilFromDays(day);
  return year * 12 + month - 1;
}

// -------------------------------------------------------------------- bounds

/** The day on which the period `offset` after that of `day` begins. */
type Start = (day: number, offset: number) => number;

function dayStart(day: number, offset: number): number {
  return day + offset;
}

function weekStart(day: number, offset: number): number {
  return day - ((day + 1) % 7) + 7 * offset;
}

function monthStart(day: number, offset: number): number {
  const index = monthIndex(day) + offset;
  return daysFromCivil(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1);
}

function yearStart(day: number, offset: number): number {
  return daysFromCivil(civilFromDays(day).year + offset, 1, 1);
}

const lastDay = Number(maxDatetime / ticksPerDay);
/** More days, weeks, months or years than any datetime can be moved. */
const farthest = 4_000_000;

/** The start of a period, or (`ending` = 1) the last tick of it. */
function bound(start: Start, ending: 0 | 1): Overload {
  return columnar([date, optional("offset", "long")], "datetime", ([column, offset], call) => {
    const { data, validity, constant: dateFixed } = column as Datetimes;
    if (dateFixed && validity?.[0] === 0) return constantColumn("datetime", null);
    if (offset && !offset.constant) return movingBound(column as Datetimes, offset, start, ending, call);
    const by = offset ? offsetOf(cellAt(offset, 0)) : 0;
    if (by === null) return constantColumn("datetime", null);
    const days = dayNumbers(data);
    // Rows of one day tend to come together.
    let known = -1;
    let begin = 0;
    for (let i = 0; i < days.length; i++) {
      const day = days[i]!;
      if (day !== known) {
        known = day;
        begin = start(day, by + ending);
      }
      days[i] = begin;
    }
    return { ...boundColumn(days, ending, validity), constant: dateFixed };
  });
}

/** As `bound`, where the offset differs from row to row. */
function movingBound(column: Datetimes, offset: Column, start: Start, ending: 0 | 1, call: Call): Column {
  const days = dayNumbers(column.data);
  const mask = rowMask(column);
  const read = cellReader(offset);
  const starts = new Int32Array(call.rows);
  for (let i = 0; i < starts.length; i++) {
    const by = offsetOf(read(i));
    starts[i] = by === null ? -1 : start(days[i & mask]!, by + ending);
  }
  return boundColumn(starts, ending, mask === 0 ? undefined : column.validity);
}

/** The starts as datetimes, or the ticks before them; null where one is outside of the years 1 to 9999. */
function boundColumn(starts: Int32Array, ending: 0 | 1, validity: Uint8Array | undefined): Column {
  let valid = validity;
  for (let i = 0; i < starts.length; i++) {
    // The end of the very last day is the tick before a day that does not exist.
    if (starts[i]! >= ending && starts[i]! <= lastDay + ending) continue;
    if (valid === validity) valid = validity ? validity.slice() : new Uint8Array(starts.length).fill(1);
    valid![i] = 0;
    starts[i] = 0;
  }
  const ticks = midnights(starts);
  if (ending === 1) for (let i = 0; i < ticks.length; i++) ticks[i] = BigInt.asIntN(64, ticks[i]! - 1n);
  return { type: "datetime", data: ticks, validity: valid };
}

function offsetOf(cell: Cell): number | null {
  return cell === null ? null : Math.max(-farthest, Math.min(farthest, Number(cell)));
}
