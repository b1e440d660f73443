import { ticksPerDay, ticksPerMillisecond, ticksPerSecond, unixEpoch } from "../../data/calendar.ts";

/* Offsets of the IANA time zones, as the platform's own Intl knows them. Datetimes and offsets are in ticks. */

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset by day number, for days without a transition. */
  readonly days: Map<number, bigint>;
}

const zones = new Map<string, Zone | undefined>();

function zoneNamed(name: string): Zone | undefined {
  let zone = zones.get(name);
  if (zone === undefined && !zones.has(name)) {
    if (zones.size >= 1024) zones.clear();
    zone = openZone(name);
    zones.set(name, zone);
  }
  return zone;
}

function openZone(name: string): Zone | undefined {
  // Some platforms read `+05:30` as a zone, others do not; IANA has no such name.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return {
      format: new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" }),
      days: new Map(),
    };
  } catch {
    return undefined;
  }
}

/** `GMT`, `GMT-07:00`, `GMT+00:19:32` */
const offsetText = /GMT(?:([+-])(\d{1,2}):?(\d{2})?(?::(\d{2}))?)?/;

/** What the zone's clock is ahead of UTC at that moment. */
function offsetAt({ format }: Zone, utc: bigint): bigint {
  // Divided before they are subtracted: division of a negative number would round up.
  const milliseconds = Number(utc / ticksPerMillisecond - unixEpoch / ticksPerMillisecond);
  const name = format.formatToParts(milliseconds).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = offsetText.exec(name) ?? [];
  const total = BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * ticksPerSecond;
  return sign === "-" ? -total : total;
}

/** As `offsetAt`. A day that begins and ends with the same offset is asked twice in all. */
function offsetOf(zone: Zone, utc: bigint): bigint {
  const day = utc >= 0n ? Number(utc / ticksPerDay) : -1;
  const known = zone.days.get(day);
  if (known !== undefined) return known;
  const midnight = BigInt(day) * ticksPerDay;
  const start = offsetAt(zone, midnight);
  if (start !== offsetAt(zone, midnight + ticksPerDay)) return offsetAt(zone, utc);
  if (zone.days.size >= 100_000) zone.days.clear();
  zone.days.set(day, start);
  return start;
}

/** The zone's clock at a moment of UTC; undefined when there is no such zone. */
export function utcToLocal(utc: bigint, name: string): bigint | undefined {
  const zone = zoneNamed(name);
  return zone && utc + offsetOf(zone, utc);
}

/**
 * The moment of UTC at which the zone's clock shows `local`; undefined when there is no such zone. Of two moments the
 * earlier; a time that the clock skips counts from the offset after the skip, as the documentation's example has it.
 */
export function localToUtc(local: bigint, name: string): bigint | undefined {
  const zone = zoneNamed(name);
  if (!zone) return undefined;
  // No transition moves a clock by more than a day.
  const before = offsetOf(zone, local - ticksPerDay);
  const after = offsetOf(zone, local + ticksPerDay);
  const early = local - before;
  return before === after || offsetOf(zone, early) === before ? early : local - after;
}
