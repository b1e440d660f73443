import { ticksPerMillisecond, unixEpoch } from "../data/calendar.ts";

/** The time of day in ticks of 100 ns since year 1, to the millisecond. */
export function hostClock(): bigint {
  return BigInt(Date.now()) * ticksPerMillisecond + unixEpoch;
}
