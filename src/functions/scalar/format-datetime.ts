import { civilFromDays } from "../../data/calendar.ts";
import { cellAt } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { dictionaryOf } from "../../data/dictionary.ts";
import { dayNumbers, ticksOfDay } from "../../data/words.ts";
import { family } from "../family.ts";
import { columnar } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, required, type ScalarFunction } from "../signature.ts";

/* Dates and times as text, by a pattern of letters: `yyyy-MM-dd HH:mm`. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const format = constant(required("format", "string"));

/** What a letter of a pattern writes of a datetime or timespan that is `days` whole days and `tick` ticks of 100 ns. */
type Print = (tick: number, days: number, date: CalendarDate) => string;
type CalendarDate = ReturnType<typeof civilFromDays>;
interface Letter {
  /** Ticks of the unit that it shows; a whole day for what it shows of the date. */
  readonly unit: number;
  readonly print: Print;
}

const day = 864_000_000_000;
const hour = 36_000_000_000;
const minute = 600_000_000;
const second = 10_000_000;

export const formatDatetimeFunctions: readonly ScalarFunction[] = [
  define(
    { name: "format_datetime", resultName: "firstArgument" },
    "The datetime as text, by a pattern such as `yyyy-MM-dd HH:mm:ss`.",
    columnar([required("date", "datetime"), format], "string", (args) => formatted(args, datetimeLetters)),
  ),

  define(
    { name: "format_timespan", resultName: "firstArgument" },
    "The timespan as text, by a pattern such as `dd.HH:mm:ss`.",
    columnar([required("timespan", "timespan"), format], "string", (args) => formatted(args, timespanLetters)),
  ),
];

function formatted([column, pattern]: readonly Column[], letters: ReadonlyMap<string, Letter>): Column {
  const steps = read(cellAt(pattern!, 0) as string, letters); // the signature says so
  const { data, validity, constant: fixed } = column as Extract<Column, { type: "datetime" | "timespan" }>;
  const days = dayNumbers(data);
  const ticks = ticksOfDay(data, days);
  // Moments that agree in all that the pattern shows have one text: it is written once.
  const finest = Math.min(...steps.map(({ unit }) => unit), day);
  const perDay = steps.some(({ unit }) => unit === day) ? day / finest : 0;
  // Numbers of units below a millisecond do not fit into a real: there each row is written by itself.
  const shared = finest >= 10_000;
  const codeOf = new Map<number, number>();
  const values: string[] = [];
  const codes = new Int32Array(data.length);
  for (let row = 0; row < codes.length; row++) {
    const there = !validity || validity[row] === 1;
    const minus = there && days[row]! < 0;
    if (minus) turn(days, ticks, row);
    const shown = shared ? days[row]! * perDay + Math.floor(ticks[row]! / finest) : row;
    const key = !there ? -1 : minus ? -2 - shown : shown;
    let code = codeOf.get(key);
    if (code === undefined) {
      code = values.length;
      codeOf.set(key, code);
      values.push(there ? `${minus ? "-" : ""}${textOf(steps, ticks[row]!, days[row]!)}` : "");
    }
    codes[row] = code;
  }
  return { type: "string", data: { codes, dictionary: dictionaryOf(values) }, constant: fixed };
}

/** A negative timespan is a minus before what the same timespan without it shows. */
function turn(days: Int32Array, ticks: Float64Array, row: number): void {
  const whole = ticks[row] === 0;
  days[row] = -days[row]! - (whole ? 0 : 1);
  if (!whole) ticks[row] = day - ticks[row]!;
}

function textOf(steps: readonly Letter[], tick: number, days: number): string {
  const date = civilFromDays(days);
  let text = "";
  for (const { print } of steps) text += print(tick, days, date);
  return text;
}

/** Runs of one letter, and the delimiters that the documentation allows between them. */
function read(pattern: string, letters: ReadonlyMap<string, Letter>): readonly Letter[] {
  if (pattern === "") throw new Refusal(1, "the format is empty");
  return (pattern.match(/(.)\1*/gsu) ?? []).map((run) => {
    if (/^[ /\-:,._[\]]+$/.test(run)) return { unit: Number.POSITIVE_INFINITY, print: () => run };
    const letter = letters.get(run);
    if (!letter)
      throw new Refusal(1, `\`${run}\` is not a part of a format: beside those there are blanks and \`/-:,._[]\``);
    return letter;
  });
}

const padded = (value: number, width: number) => String(value).padStart(width, "0");
const hourOf = (tick: number) => Math.floor(tick / hour);
const minuteOf = (tick: number) => Math.floor(tick / minute) % 60;
const secondOf = (tick: number) => Math.floor(tick / second) % 60;
/** By the clock of twelve hours. */
const halfDayHour = (tick: number) => hourOf(tick) % 12 || 12;

type Entry = readonly [run: string, unit: number, print: Print];

/** `f`: so many digits of the second's fraction. `F`: the same without trailing zeros. */
function fractionLetters(): Entry[] {
  return [1, 2, 3, 4, 5, 6, 7].flatMap((digits): Entry[] => {
    const exact = (tick: number) => padded(tick % second, 7).slice(0, digits);
    const unit = 10 ** (7 - digits);
    return [
      ["f".repeat(digits), unit, exact],
      ["F".repeat(digits), unit, (tick) => exact(tick).replace(/0+$/, "")],
    ];
  });
}

function table(entries: readonly Entry[]): ReadonlyMap<string, Letter> {
  return new Map(entries.map(([run, unit, print]) => [run, { unit, print }]));
}

const clockLetters: readonly Entry[] = [
  ["H", hour, (tick) => String(hourOf(tick))],
  ["HH", hour, (tick) => padded(hourOf(tick), 2)],
  ["m", minute, (tick) => String(minuteOf(tick))],
  ["mm", minute, (tick) => padded(minuteOf(tick), 2)],
  ["s", second, (tick) => String(secondOf(tick))],
  ["ss", second, (tick) => padded(secondOf(tick), 2)],
  ...fractionLetters(),
];

const datetimeLetters = table([
  ...clockLetters,
  ["h", hour, (tick) => String(halfDayHour(tick))],
  ["hh", hour, (tick) => padded(halfDayHour(tick), 2)],
  ["tt", hour, (tick) => (hourOf(tick) < 12 ? "AM" : "PM")],
  ["d", day, (_, __, date) => String(date.day)],
  ["dd", day, (_, __, date) => padded(date.day, 2)],
  ["M", day, (_, __, date) => String(date.month)],
  ["MM", day, (_, __, date) => padded(date.month, 2)],
  ["y", day, (_, __, date) => String(date.year % 100)],
  ["yy", day, (_, __, date) => padded(date.year % 100, 2)],
  ["yyyy", day, (_, __, date) => padded(date.year, 4)],
]);

const timespanLetters = table([
  ...clockLetters,
  // The documentation's own examples write hours this way.
  ["h", hour, (tick) => String(hourOf(tick))],
  ["hh", hour, (tick) => padded(hourOf(tick), 2)],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((width): Entry => ["d".repeat(width), day, (_, days) => padded(days, width)]),
]);
