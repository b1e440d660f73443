import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../../data/calendar.ts";
import { timespanWithUnit } from "../../data/timespan.ts";

/** `5h`, `1d`; `PT5H` and `P1D`, as Azure and Graph have them. Undefined for anything else. */
export function durationOf(value: unknown): bigint | undefined {
  const text = typeof value === "string" ? value : "";
  const plain = timespanWithUnit(text);
  if (typeof plain === "bigint") return plain;
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text) ?? [];
  if (days === undefined && hours === undefined && minutes === undefined && seconds === undefined) return undefined;
  return (
    BigInt(days ?? 0) * ticksPerDay +
    BigInt(hours ?? 0) * ticksPerHour +
    BigInt(minutes ?? 0) * ticksPerMinute +
    BigInt(seconds ?? 0) * ticksPerSecond
  );
}
