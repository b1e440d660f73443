import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { civilOf, daysFromCivil, maxDatetime, ticksOf, unixEpoch, weekday } from "../../src/data/calendar.ts";
import { parseDatetime, printDatetime } from "../../src/data/datetime.ts";

const ticks = fc.bigInt({ min: 0n, max: maxDatetime });

describe("datetime", () => {
  test("what is printed is read back", () => {
    fc.assert(
      fc.property(ticks, (value) => {
        expect(parseDatetime(printDatetime(value))).toBe(value);
      }),
    );
  });

  test("the calendar is that of JavaScript's Date", () => {
    fc.assert(
      fc.property(ticks, (value) => {
        const date = new Date(
          Number((value - unixEpoch) / 10_000n - (value < unixEpoch && value % 10_000n !== 0n ? 1n : 0n)),
        );
        const { year, month, day, hour, minute } = civilOf(value);
        expect([year, month, day, hour, minute]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
        ]);
        expect(weekday(value)).toBe(date.getUTCDay());
      }),
    );
  });

  test("parts and ticks are two ways to say the same", () => {
    fc.assert(
      fc.property(ticks, (value) => {
        const { year, month, day, hour, minute, second, fraction } = civilOf(value);
        expect(ticksOf(year, month, day, hour, minute, second, fraction)).toBe(value);
      }),
    );
  });

  test("year 1 begins at 0", () => {
    expect(daysFromCivil(1, 1, 1)).toBe(0);
    expect(printDatetime(0n)).toBe("0001-01-01T00:00:00.0000000Z");
    expect(printDatetime(maxDatetime)).toBe("9999-12-31T23:59:59.9999999Z");
  });

  // https://learn.microsoft.com/kusto/query/scalar-data-types/datetime lists the forms.
  test.each([
    ["2014-05-25T08:20:03.123456Z", "2014-05-25T08:20:03.1234560Z"],
    ["2014-05-25T08:20:03.123456", "2014-05-25T08:20:03.1234560Z"],
    ["2014-05-25T08:20", "2014-05-25T08:20:00.0000000Z"],
    ["2014-11-08 15:55:55.123456Z", "2014-11-08T15:55:55.1234560Z"],
    ["2014-11-08 15:55", "2014-11-08T15:55:00.0000000Z"],
    ["2014-11-08", "2014-11-08T00:00:00.0000000Z"],
    ["2014-11", "2014-11-01T00:00:00.0000000Z"],
    ["Sat, 8 Nov 14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z"],
    ["Sat, 8 Nov 14 15:05 GMT", "2014-11-08T15:05:00.0000000Z"],
    ["8 Nov 14 15:05:02", "2014-11-08T15:05:02.0000000Z"],
    ["Saturday, 08-Nov-14 15:05:02 GMT", "2014-11-08T15:05:02.0000000Z"],
    ["08-Nov-14 15:05", "2014-11-08T15:05:00.0000000Z"],
    ["2014-11-08T15:05:02+02:00", "2014-11-08T13:05:02.0000000Z"],
    ["11/8/2014 3:05:02 PM", "2014-11-08T15:05:02.0000000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.0000000Z"],
  ])("%s", (text, expected) => {
    const parsed = parseDatetime(text);
    expect(parsed === null ? null : printDatetime(parsed)).toBe(expected);
  });

  test.each([
    "",
    "x",
    "2014-13-01",
    "2023-02-29",
    "2014-11-08 25:00",
    "0000-01-01",
    "10000-01-01",
    "now",
    "2014-11-08Tx",
  ])("%j is no datetime", (text) => expect(parseDatetime(text)).toBeNull());
});
