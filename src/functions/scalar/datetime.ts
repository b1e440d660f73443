import {
  civilFromDays,
  daysInMonth,
  inDatetimeRange,
  ticksOf,
  ticksPerDay,
  ticksPerHour,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  unixEpoch,
} from "../../data/calendar.ts";
import { cellAt, columnBuilder, columnOf, constantColumn } from "../../data/cells.ts";
import { type Column, rowMask } from "../../data/column.ts";
import { fromDynamic } from "../../data/text.ts";
import { dayNumbers } from "../../data/words.ts";
import { bothValid } from "../column-kernels.ts";
import { family } from "../family.ts";
import { cellReader, columnar, rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, type Overload, optional, required, type ScalarFunction } from "../signature.ts";
import { datetimeCasts, timespanCasts } from "./convert.ts";
import { monthIndex } from "./datetime-parts.ts";

/* Moments made, moved and measured. What leaves the years 1 to 9999 is null. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const period = constant(required("period", "string"));

export const datetimeFunctions: readonly ScalarFunction[] = [
  define({ name: "now", volatility: "query" }, "The time at which the query began, plus the offset.", moved(1n, true)),
  define(
    { name: "ago", volatility: "query" },
    "The time at which the query began, less the timespan.",
    moved(-1n, false),
  ),

  define(
    "datetime_add",
    "The datetime moved by `amount` periods; a day that the month does not have becomes its last.",
    rowwise(
      [period, required("amount", "long"), required("datetime", "datetime")],
      "datetime",
      (name, amount, ticks) => {
        const unit = unitNamed(name);
        return "months" in unit ? addMonths(ticks, amount * unit.months) : inDatetimeRange(ticks + unit.ticks(amount));
      },
    ),
  ),

  define(
    "datetime_diff",
    "How many boundaries of the period lie between the datetimes: negative when the first is the earlier one.",
    columnar(
      [period, required("datetime1", "datetime"), required("datetime2", "datetime")],
      "long",
      ([name, a, b], call) => {
        const { count } = unitNamed(cellAt(name!, 0) as string); // the signature says so
        const [left, right] = [a, b] as readonly Extract<Column, { type: "datetime" }>[];
        const fixed = left!.constant === true && right!.constant === true;
        const [x, y, m, n] = [count(left!.data), count(right!.data), rowMask(left!), rowMask(right!)];
        const out = new BigInt64Array(fixed ? 1 : call.rows);
        for (let i = 0; i < out.length; i++) out[i] = BigInt.asIntN(64, x[i & m]! - y[i & n]!);
        const factor = count === ticksAsTheyAre ? 100n : 1n;
        const validity = bothValid(left!, right!, out.length, factor === 1n ? undefined : multiplied(out, factor));
        return { ...columnOf("long", out, validity), constant: fixed };
      },
    ),
  ),

  define(
    { name: "make_datetime", resultName: "onlyArgument" },
    "The datetime with these parts; null when one of them is out of range.",
    rowwise(
      [
        required("year", "long"),
        required("month", "long"),
        required("day", "long"),
        optional("hour", "long"),
        optional("minute", "long"),
        optional("second", "real"),
      ],
      "datetime",
      (year, month, day, hour = 0n, minute = 0n, second = 0) => {
        const ticks = ticksOfSeconds(second);
        if (ticks === null) return null;
        const whole = ticksOf(Number(year), Number(month), Number(day), Number(hour), Number(minute));
        return whole === null ? null : whole + ticks;
      },
    ),
    ...datetimeCasts(),
  ),

  define(
    { name: "make_timespan", resultName: "onlyArgument" },
    "The timespan with these parts; null when one of them is out of range.",
    rowwise(
      [required("hours", "long"), required("minutes", "long"), optional("seconds", "real")],
      "timespan",
      (hours, minutes, seconds = 0) => timespanOf(0n, hours, minutes, seconds),
    ),
    rowwise(
      [required("days", "long"), required("hours", "long"), required("minutes", "long"), required("seconds", "real")],
      "timespan",
      timespanOf,
    ),
    ...timespanCasts(),
  ),

  define(
    "unixtime_seconds_todatetime",
    "The datetime that is so many seconds after 1970.",
    ...sinceEpoch("seconds", 10_000_000),
  ),
  define(
    "unixtime_milliseconds_todatetime",
    "The datetime that is so many milliseconds after 1970.",
    ...sinceEpoch("milliseconds", 10_000),
  ),
  define(
    "unixtime_microseconds_todatetime",
    "The datetime that is so many microseconds after 1970.",
    ...sinceEpoch("microseconds", 10),
  ),
  define(
    "unixtime_nanoseconds_todatetime",
    "The datetime that is so many nanoseconds after 1970, cut to 100 ns.",
    ...sinceEpoch("nanoseconds", 0.01),
  ),
];

/** now() or ago(): the clock of the run, moved by the argument. */
function moved(sign: bigint, mayStandAlone: boolean): Overload {
  const offset = mayStandAlone ? optional("offset", "timespan") : required("timespan", "timespan");
  return columnar([offset], "datetime", ([span], call) => {
    if (!span) return constantColumn("datetime", call.now);
    const read = cellReader(span);
    const at = (row: number) => {
      const ticks = read(row) as bigint | null; // the signature says so
      return ticks === null ? null : inDatetimeRange(call.now + sign * ticks);
    };
    if (span.constant) return constantColumn("datetime", at(0));
    const builder = columnBuilder("datetime", call.rows);
    for (let row = 0; row < call.rows; row++) builder.push(at(row));
    return builder.finish();
  });
}

// ------------------------------------------------------------------- periods

/** `count` numbers the periods from some origin: two datetimes lie as many periods apart as their numbers. */
type Unit = { readonly count: (ticks: BigInt64Array) => BigInt64Array } & (
  | { readonly months: bigint }
  | { readonly ticks: (amount: bigint) => bigint }
);

function ticksAsTheyAre(ticks: BigInt64Array): BigInt64Array {
  return ticks;
}

const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ["year", monthly(12)],
  ["quarter", monthly(3)],
  ["month", monthly(1)],
  // Weeks begin on Sunday; the first day of year 1 is a Monday.
  ["week", fixedLength(7n * ticksPerDay, ticksPerDay)],
  ["day", fixedLength(ticksPerDay)],
  ["hour", fixedLength(ticksPerHour)],
  ["minute", fixedLength(ticksPerMinute)],
  ["second", fixedLength(ticksPerSecond)],
  ["millisecond", fixedLength(ticksPerMillisecond)],
  ["microsecond", fixedLength(10n)],
  ["nanosecond", { ticks: (amount) => amount / 100n, count: ticksAsTheyAre }],
]);

function monthly(months: number): Unit {
  return {
    months: BigInt(months),
    count: (ticks) => {
      const numbers = new BigInt64Array(ticks.length);
      const days = dayNumbers(ticks);
      for (let i = 0; i < days.length; i++) numbers[i] = BigInt(Math.floor(monthIndex(days[i]!) / months));
      return numbers;
    },
  };
}

function fixedLength(size: bigint, origin = 0n): Unit {
  return {
    ticks: (amount) => amount * size,
    count: (ticks) => {
      const numbers = new BigInt64Array(ticks.length);
      for (let i = 0; i < numbers.length; i++) numbers[i] = BigInt.asIntN(64, (ticks[i]! + origin) / size);
      return numbers;
    },
  };
}

function unitNamed(name: string): Unit {
  const unit = units.get(name) ?? units.get(name.toLowerCase());
  if (!unit) throw new Refusal(0, `\`${name}\` is none of the periods ${[...units.keys()].join(", ")}`);
  return unit;
}

/** Multiplies in place; 0 in the result marks what does not fit. */
function multiplied(values: BigInt64Array, factor: bigint): Uint8Array | undefined {
  let valid: Uint8Array | undefined;
  for (let i = 0; i < values.length; i++) {
    const product = values[i]! * factor;
    if (product !== BigInt.asIntN(64, product)) {
      valid ??= new Uint8Array(values.length).fill(1);
      valid[i] = 0;
    }
    values[i] = product;
  }
  return valid;
}

function addMonths(ticks: bigint, amount: bigint): bigint | null {
  const { year, month, day } = civilFromDays(Number(ticks / ticksPerDay));
  const index = BigInt(year * 12 + month - 1) + amount;
  if (index < 12n || index >= 120_000n) return null;
  const [newYear, newMonth] = [Math.floor(Number(index) / 12), (Number(index) % 12) + 1];
  const midnight = ticksOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
  return midnight === null ? null : midnight + (ticks % ticksPerDay);
}

// --------------------------------------------------------------------- parts

/** Ticks of a number of seconds in a minute; null when it is out of range. */
function ticksOfSeconds(seconds: number): bigint | null {
  const ticks = Math.round(seconds * 10_000_000);
  return ticks >= 0 && ticks < 600_000_000 ? BigInt(ticks) : null;
}

function timespanOf(days: bigint, hours: bigint, minutes: bigint, seconds: number): bigint | null {
  const rest = ticksOfSeconds(seconds);
  const fits = days >= 0n && hours >= 0n && hours < 24n && minutes >= 0n && minutes < 60n;
  if (!fits || rest === null) return null;
  const ticks = days * ticksPerDay + hours * ticksPerHour + minutes * ticksPerMinute + rest;
  return ticks < 1n << 63n ? ticks : null;
}

/** `size`: ticks of one unit. */
function sinceEpoch(name: string, size: number): [Overload, ...Overload[]] {
  const ofLong = (value: bigint) =>
    inDatetimeRange(unixEpoch + (size >= 1 ? value * BigInt(size) : value / BigInt(Math.round(1 / size))));
  const ofReal = (value: number) => {
    const ticks = Math.trunc(value * size);
    return Math.abs(ticks) < 2 ** 63 ? inDatetimeRange(unixEpoch + BigInt(ticks)) : null;
  };
  return [
    rowwise([required(name, "long")], "datetime", ofLong),
    rowwise([required(name, "real")], "datetime", ofReal),
    rowwise([required(name, "decimal")], "datetime", (value) => ofReal(value.toNumber())),
    rowwise([required(name, "dynamic")], "datetime", (value) => {
      if (typeof value === "number" && Number.isInteger(value)) return ofLong(BigInt(value));
      if (typeof value === "bigint") return ofLong(value);
      const real = fromDynamic(value, "real") as number | null; // asked for a real
      return real === null ? null : ofReal(real);
    }),
  ];
}
