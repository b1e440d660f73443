export const ticksPerMillisecond = 10_000n;
export const ticksPerSecond = 10_000_000n;
export const ticksPerMinute = 600_000_000n;
export const ticksPerHour = 36_000_000_000n;
export const ticksPerDay = 864_000_000_000n;

/** 1970-01-01 and the last tick of the year 9999, in ticks since year 1. */
export const unixEpoch = 621_355_968_000_000_000n;
export const maxDatetime = 3_155_378_975_999_999_999n;

export interface Civil {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks within the second. */
  readonly fraction: number;
}

/** Days from 0001-01-01 to a date of the Gregorian calendar; month 1 to 12, any day. */
export function daysFromCivil(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is the last. http://howardhinnant.github.io/date_algorithms.html
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 306;
}

/** Year, month and day of the date that is `days` after 0001-01-01. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 306;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2
    ? isLeapYear(year)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;
}

/** The parts of a datetime in ticks. */
export function civilOf(ticks: bigint): Civil {
  const days = Number(ticks / ticksPerDay);
  const rest = Number(ticks % ticksPerDay);
  const seconds = Math.floor(rest / 10_000_000);
  // Named one by one: a spread costs forty times as much.
  const { year, month, day } = civilFromDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: rest % 10_000_000,
  };
}

/** Ticks of a date and time; null when a part is out of range. */
export function ticksOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
  fraction = 0,
): bigint | null {
  const dated = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  const timed = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!dated || !timed || fraction < 0 || fraction >= 10_000_000) return null;
  const seconds = hour * 3600 + minute * 60 + second;
  return BigInt(daysFromCivil(year, month, day)) * ticksPerDay + BigInt(seconds) * ticksPerSecond + BigInt(fraction);
}

/** 0 is Sunday. */
export function weekday(ticks: bigint): number {
  return Number((ticks / ticksPerDay + 1n) % 7n);
}

/** `ticks` when it lies in the years 1 to 9999, else null. */
export function inDatetimeRange(ticks: bigint): bigint | null {
  return ticks < 0n || ticks > maxDatetime ? null : ticks;
}
