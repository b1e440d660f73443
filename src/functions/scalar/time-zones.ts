import { inDatetimeRange } from "../../data/calendar.ts";
import { constantColumn } from "../../data/cells.ts";
import { localToUtc, utcToLocal } from "../algorithms/time-zones.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { columnar, rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

const zones = library(() => import("../algorithms/time-zone-names.ts"));
const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const timeZoneFunctions: readonly ScalarFunction[] = [
  define("datetime_utc_to_local", "What the clocks of the time zone show at a moment of UTC.", converted(utcToLocal)),
  define(
    "datetime_local_to_utc",
    "The moment of UTC at which the clocks of the time zone show this; the earlier one of two.",
    converted(localToUtc),
  ),
  define(
    {
      name: "datetime_list_timezones",
      docs: "https://learn.microsoft.com/kusto/query/datetime-list-timezones",
      library: zones,
    },
    "The names of the time zones in the IANA database.",
    columnar([], "dynamic", () => constantColumn("dynamic", zones.get().zoneNames())),
  ),
];

function converted(convert: (ticks: bigint, zone: string) => bigint | undefined): Overload {
  return rowwise([required("from", "datetime"), required("timezone", "string")], "datetime", (ticks, zone) => {
    const moment = convert(ticks, zone);
    if (moment === undefined) throw new Refusal(1, `\`${zone}\` is not a time zone of the IANA database`);
    return inDatetimeRange(moment);
  });
}
