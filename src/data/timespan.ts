import { ticksPerDay, ticksPerHour, ticksPerMillisecond, ticksPerMinute, ticksPerSecond } from "./calendar.ts";

/** `[-][d.]hh:mm:ss[.fffffff]` */
export function printTimespan(ticks: bigint): string {
  const magnitude = ticks < 0n ? -ticks : ticks;
  const days = magnitude / ticksPerDay;
  const rest = Number(magnitude % ticksPerDay);
  const seconds = Math.floor(rest / 10_000_000);
  const fraction = rest % 10_000_000;
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const tail = fraction === 0 ? "" : `.${String(fraction).padStart(7, "0")}`;
  return `${ticks < 0n ? "-" : ""}${days === 0n ? "" : `${days}.`}${clock}${tail}`;
}

const clockText = /^(-?)(?:(\d+)[.:])?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;
const daysText = /^(-?)(\d+)$/;

/** Ticks of `[-][d.]hh:mm[:ss[.fffffff]]`, or of a number of days; null for other text, and out of range. */
export function parseTimespan(text: string): bigint | null {
  const trimmed = text.trim();
  if (trimmed.length > 40) return null;
  const whole = daysText.exec(trimmed);
  if (whole) return signed(whole[1], BigInt(whole[2] ?? 0) * ticksPerDay);
  // `a:b:c` is hours, minutes and seconds; with days in front of it there are four numbers.
  const parts = clockText.exec(trimmed);
  if (!parts) return null;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = parts;
  const dayColon = parts[2] !== undefined && trimmed.startsWith(`${sign}${days}:`);
  if (dayColon && parts[5] === undefined) {
    return clock(sign, 0n, days, hours, minutes, "");
  }
  return clock(sign, BigInt(days), hours, minutes, seconds, fraction);
}

function clock(
  sign: string | undefined,
  days: bigint,
  hours: string,
  minutes: string,
  seconds: string,
  fraction: string,
): bigint | null {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const ticks =
    days * ticksPerDay +
    BigInt(hours) * ticksPerHour +
    BigInt(minutes) * ticksPerMinute +
    BigInt(seconds) * ticksPerSecond +
    BigInt(fraction.padEnd(7, "0"));
  return signed(sign, ticks);
}

function signed(sign: string | undefined, ticks: bigint): bigint | null {
  const value = sign === "-" ? -ticks : ticks;
  return value < -(1n << 63n) || value >= 1n << 63n ? null : value;
}

const unitText = /^\s*(-?)\s*(\d{1,18})(?:\.(\d{1,18}))?\s*([a-z]+)\s*$/;

/** In nanoseconds. */
const units: readonly (readonly [RegExp, bigint])[] = [
  [/^d(ays?)?$/, ticksPerDay * 100n],
  [/^h((ou)?rs?)?$/, ticksPerHour * 100n],
  [/^m(in(utes?)?)?$/, ticksPerMinute * 100n],
  [/^s(ec(onds?)?)?$/, ticksPerSecond * 100n],
  [/^(ms|milli(s|sec|seconds?)?)$/, ticksPerMillisecond * 100n],
  [/^micro(s|sec|seconds?)?$/, 1000n],
  [/^nano(s|sec|seconds?)?$/, 1n],
  [/^ticks?$/, 100n],
];

/** Ticks of a number with a unit, as literals have it (`1d`, `1.5 hours`); null out of range, undefined for other text. */
export function timespanWithUnit(text: string): bigint | null | undefined {
  const [, sign, whole, fraction = "", unit] = unitText.exec(text) ?? [];
  const size = unit === undefined ? undefined : units.find(([pattern]) => pattern.test(unit))?.[1];
  if (whole === undefined || size === undefined) return undefined;
  return signed(sign, (BigInt(whole + fraction) * size) / (100n * 10n ** BigInt(fraction.length)));
}
