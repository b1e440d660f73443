import { civilOf, inDatetimeRange, ticksOf, ticksPerMinute } from "./calendar.ts";

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/** `2017-01-01T00:00:00.0000000Z` */
export function printDatetime(ticks: bigint): string {
  const { year, month, day, hour, minute, second, fraction } = civilOf(ticks);
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${String(fraction).padStart(7, "0")}Z`;
}

const clock = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?(?:\s*([AaPp])[Mm])?`;
const zone = String.raw`\s*(Z|z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?`;
const weekdayName = String.raw`(?:[A-Za-z]{3,9},?\s+)?`;
const iso = new RegExp(String.raw`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt ]\s*${clock}${zone})?)?)?(Z|z)?$`);
const slashed = new RegExp(String.raw`^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:[Tt ]\s*${clock}${zone})?$`);
const american = new RegExp(String.raw`^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:[ T]\s*${clock}${zone})?$`);
/** `11.08.2014`, a month first as well */
const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:[Tt ]?(\d{2})(\d{2})(\d{2})?${zone})?$`);
/** RFC 822 and 850: `Sat, 8 Nov 14 15:05:02 GMT`, `Saturday, 08-Nov-14 15:05:02 GMT` */
const dayFirst = new RegExp(
  String.raw`^${weekdayName}(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d{2})(?:,?\s+${clock}${zone})?$`,
);
/** `Nov 8, 2014 15:05:02`, `Sat Nov 8 2014` */
const monthFirst = new RegExp(
  String.raw`^${weekdayName}([A-Za-z]{3,9})\s+(\d{1,2})(?:,\s*|\s+)(\d{4})(?:,?\s+${clock}${zone})?$`,
);

/**
 * A datetime in ticks, from the forms that Kusto reads: ISO 8601, RFC 822, RFC 850, and month/day/year; null for
 * other text. Without a zone it is UTC. https://learn.microsoft.com/kusto/query/scalar-data-types/datetime
 */
export function parseDatetime(text: string): bigint | null {
  const trimmed = text.trim();
  const first = trimmed.charCodeAt(0);
  if (trimmed.length > 64) return null;
  if (first >= 48 && first <= 57) {
    const numeric = iso.exec(trimmed) ?? slashed.exec(trimmed);
    if (numeric) return dated(numeric[1], numeric[2] ?? "1", numeric[3] ?? "1", numeric.slice(4));
    const us = american.exec(trimmed) ?? dotted.exec(trimmed);
    if (us) return dated(fullYear(us[3]), us[1], us[2], us.slice(4));
    const packed = compact.exec(trimmed);
    if (packed)
      return dated(packed[1], packed[2], packed[3], [packed[4], packed[5], packed[6], undefined, undefined, packed[7]]);
  }
  const day = dayFirst.exec(trimmed);
  if (day) return dated(fullYear(day[3]), monthNumber(day[2]), day[1], day.slice(4));
  const month = monthFirst.exec(trimmed);
  return month ? dated(month[3], monthNumber(month[1]), month[2], month.slice(4)) : null;
}

/** `rest`: hour, minute, second, fraction, A or P, zone. */
function dated(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hour = "0", minute = "0", second = "0", fraction = "", half, offset]: readonly (string | undefined)[],
): bigint | null {
  const ticks = ticksOf(
    Number(year),
    Number(month),
    Number(day),
    hourOf(Number(hour), half),
    Number(minute),
    Number(second),
    Number(fraction.slice(0, 7).padEnd(7, "0")),
  );
  const shift = offsetMinutes(offset);
  return ticks === null || shift === undefined ? null : inDatetimeRange(ticks - BigInt(shift) * ticksPerMinute);
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** East is positive; undefined when it is out of range. */
function offsetMinutes(offset: string | undefined): number | undefined {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset ?? "") ?? [];
  if (sign === undefined) return 0;
  const total = Number(hours) * 60 + Number(minutes);
  return total > 14 * 60 || Number(minutes) > 59 ? undefined : sign === "-" ? -total : total;
}

function fullYear(year = ""): string {
  if (year.length !== 2) return year;
  return Number(year) < 50 ? `20${year}` : `19${year}`;
}

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthNames = "january february march april may june july august september october november december".split(" ");

function monthNumber(name = ""): string {
  const lower = name.toLowerCase();
  return String(Math.max(months.indexOf(lower), monthNames.indexOf(lower)) + 1);
}
