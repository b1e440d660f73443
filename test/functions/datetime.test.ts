import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxDatetime, ticksPerDay, unixEpoch } from "../../src/data/calendar.ts";
import { cellAt, columnFromCells, constantColumn } from "../../src/data/cells.ts";
import type { Cell, Column } from "../../src/data/column.ts";
import { parseDatetime } from "../../src/data/datetime.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { dayNumbers, midnights, ticksOfDay } from "../../src/data/words.ts";
import { localToUtc, utcToLocal } from "../../src/functions/algorithms/time-zones.ts";
import { datetimeFunctions } from "../../src/functions/scalar/datetime.ts";
import { datetimePartFunctions } from "../../src/functions/scalar/datetime-parts.ts";
import { formatDatetimeFunctions } from "../../src/functions/scalar/format-datetime.ts";

const functions = [...datetimeFunctions, ...datetimePartFunctions, ...formatDatetimeFunctions];

function run(name: string, columns: readonly Column[], returns: ScalarType, rows: number): readonly Cell[] {
  const fn = functions.find((one) => one.name === name)!;
  const overload = fn.overloads.find(({ params }) => columns.every((column, i) => params[i]?.type === column.type))!;
  const column = overload.eval(columns, { rows, returns, now: 0n, random: Math.random });
  return Array.from({ length: rows }, (_, row) => cellAt(column, row));
}

/** One datetime through a function that is given constants beside it. */
function one(
  name: string,
  returns: ScalarType,
  ticks: bigint,
  before: readonly Column[] = [],
  after: readonly Column[] = [],
) {
  return run(name, [...before, columnFromCells("datetime", [ticks]), ...after], returns, 1)[0];
}

const moment = fc.oneof(
  fc.bigInt({ min: 0n, max: maxDatetime }),
  // The first and last ticks of days, where rounding would show.
  fc
    .tuple(fc.bigInt({ min: 0n, max: maxDatetime / ticksPerDay }), fc.constantFrom(0n, 1n, ticksPerDay - 1n))
    .map(([day, tick]) => day * ticksPerDay + tick),
);
const moments = fc.array(moment, { minLength: 1, maxLength: 50 });

function dateOf(ticks: bigint): Date {
  // Days are divided exactly; milliseconds before 1970 would round up.
  return new Date(Number(ticks / 10_000n - unixEpoch / 10_000n));
}

describe("datetimes as words", () => {
  test("are taken apart and put together as by 64-bit division", () => {
    fc.assert(
      fc.property(moments, (list) => {
        const ticks = BigInt64Array.from(list);
        const days = dayNumbers(ticks);
        expect([...days].map(BigInt)).toEqual(list.map((each) => each / ticksPerDay));
        expect([...ticksOfDay(ticks, days)].map(BigInt)).toEqual(list.map((each) => each % ticksPerDay));
        expect([...midnights(days)]).toEqual(list.map((each) => each - (each % ticksPerDay)));
      }),
    );
  });
});

describe("parts", () => {
  test("are those of JavaScript's own calendar", () => {
    fc.assert(
      fc.property(moments, (list) => {
        const column = columnFromCells("datetime", list);
        const part = (name: string) => run(name, [column], "int", list.length);
        const dates = list.map(dateOf);
        expect(part("getyear")).toEqual(dates.map((date) => date.getUTCFullYear()));
        expect(part("monthofyear")).toEqual(dates.map((date) => date.getUTCMonth() + 1));
        expect(part("dayofmonth")).toEqual(dates.map((date) => date.getUTCDate()));
        expect(part("hourofday")).toEqual(dates.map((date) => date.getUTCHours()));
        const named = (name: string) =>
          run("datetime_part", [constantColumn("string", name), column], "int", list.length);
        expect(named("minute")).toEqual(dates.map((date) => date.getUTCMinutes()));
        expect(named("second")).toEqual(dates.map((date) => date.getUTCSeconds()));
        expect(named("millisecond")).toEqual(dates.map((date) => date.getUTCMilliseconds()));
        expect(run("dayofweek", [column], "timespan", list.length)).toEqual(
          // The last day that there is has none.
          list.map((ticks, i) =>
            ticks > maxDatetime - ticksPerDay ? null : BigInt(dates[i]!.getUTCDay()) * ticksPerDay,
          ),
        );
      }),
    );
  });
});

const periods = ["day", "week", "month", "year"] as const;

describe("periods", () => {
  test("hold their datetimes, and follow each other without a gap", () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...periods), (ticks, period) => {
        const start = one(`startof${period}`, "datetime", ticks) as bigint | null;
        const end = one(`endof${period}`, "datetime", ticks) as bigint | null;
        const next = one(`startof${period}`, "datetime", ticks, [], [constantColumn("long", 1n)]) as bigint | null;
        if (start !== null) expect(start <= ticks).toBe(true);
        if (end !== null) expect(ticks <= end).toBe(true);
        if (end !== null && next !== null) expect(next - end).toBe(1n);
      }),
    );
  });

  test("are one more apart for each boundary between", () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...periods), fc.integer({ min: -50, max: 50 }), (ticks, period, offset) => {
        const moved = one(`startof${period}`, "datetime", ticks, [], [constantColumn("long", BigInt(offset))]);
        if (moved === null) return;
        const between = run(
          "datetime_diff",
          [
            constantColumn("string", period),
            columnFromCells("datetime", [moved!]),
            columnFromCells("datetime", [ticks]),
          ],
          "long",
          1,
        );
        expect(between).toEqual([BigInt(offset)]);
      }),
    );
  });

  test("are counted back by datetime_diff as datetime_add moved them", () => {
    const units = ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond"];
    fc.assert(
      fc.property(moment, fc.constantFrom(...units), fc.bigInt({ min: -5000n, max: 5000n }), (ticks, unit, amount) => {
        const name = constantColumn("string", unit);
        const moved = one("datetime_add", "datetime", ticks, [name, constantColumn("long", amount)]);
        if (moved === null) return;
        const columns = [name, columnFromCells("datetime", [moved!]), columnFromCells("datetime", [ticks])];
        expect(run("datetime_diff", columns, "long", 1)).toEqual([amount]);
      }),
    );
  });
});

describe("format_datetime", () => {
  test("writes what todatetime reads", () => {
    const patterns: readonly (readonly [string, bigint])[] = [
      ["yyyy-MM-dd HH:mm:ss.fffffff", 1n],
      ["yyyy-MM-dd HH:mm:ss.fffff", 100n],
      ["yyyy-MM-dd HH:mm:ss.fff", 10_000n],
      ["yyyy-MM-dd HH:mm:ss", 10_000_000n],
      ["yyyy-MM-dd HH:mm", 600_000_000n],
      ["yyyy-MM-dd", ticksPerDay],
    ];
    // Moments that are almost the same, too.
    const close = fc
      .tuple(moment, fc.array(fc.bigInt({ min: 0n, max: 2_000_000n }), { minLength: 1, maxLength: 20 }))
      .map(([base, steps]) => steps.map((step) => (base + step > maxDatetime ? base : base + step)));
    fc.assert(
      fc.property(close, fc.constantFrom(...patterns), (list, [pattern, unit]) => {
        const columns = [columnFromCells("datetime", list), constantColumn("string", pattern)];
        const texts = run("format_datetime", columns, "string", list.length);
        expect(texts.map((text) => parseDatetime(text as string))).toEqual(list.map((ticks) => ticks - (ticks % unit)));
      }),
    );
  });
});

describe("time zones", () => {
  const zone = fc.constantFrom("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
  // From 1971 on, when offsets are whole minutes.
  const modern = fc.bigInt({ min: 621_671_328_000_000_000n, max: 642_000_000_000_000_000n });

  test("lead back, but for the hour that clocks show twice", () => {
    fc.assert(
      fc.property(modern, zone, (utc, name) => {
        const local = utcToLocal(utc, name)!;
        const back = localToUtc(local, name)!;
        expect(utcToLocal(back, name)).toBe(local);
        expect(back <= utc && utc - back <= 36_000_000_000n).toBe(true);
      }),
    );
  });

  test("show the clock that the platform shows", () => {
    fc.assert(
      fc.property(modern, zone, (utc, name) => {
        const shown = new Intl.DateTimeFormat("en-CA", {
          timeZone: name,
          dateStyle: "short",
          timeStyle: "medium",
          hourCycle: "h23",
        }).format(dateOf(utc));
        const local = parseDatetime(shown.replace(",", ""))!;
        expect(utcToLocal(utc, name)! - (utc % 10_000_000n)).toBe(local);
      }),
      { numRuns: 50 },
    );
  });
});
