import type { Dynamic } from "../../../data/dynamic.ts";
import { realArray } from "../../algorithms/series/numbers.ts";
import { decompose, seasonal, type Trend } from "../../algorithms/series/seasons.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, repeated, required, type ScalarFunction } from "../../signature.ts";
import { columnsOf, numbersOf, series, unpublished } from "./kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const detected = "how the engine detects and scores periods is not published";
const giveOne = `${detected}: give the period`;

const period = optional("period", "long");
const trend = optional("trend", "string");
const testPoints = optional("test_points", "long");
const threshold = optional("seasonality_threshold", "real");
const parts = { baseline: "dynamic", seasonal: "dynamic", trend: "dynamic", residual: "dynamic" } as const;

export const seriesSeasonFunctions: readonly ScalarFunction[] = [
  define(
    "series_seasonal",
    "The part of the series that repeats with the given period: the median of each place in it; zeros for a period that is not positive.",
    rowwise([series, period, testPoints], "dynamic", (items, length, last) => {
      const values = numbersOf(items, 0);
      if (!values) return null;
      const bins = Number(length ?? -1n);
      if (bins === -1) throw new Refusal(0, giveOne);
      if (bins < 1) return realArray(values.map(() => 0));
      const test = learning(values, bins, Number(last ?? 0n), 2);
      return realArray(seasonal(values, bins, test));
    }),
  ),

  define(
    { name: "series_decompose", tuple: columnsOf("series_decompose", parts), columnsOnly: true },
    "The series as a baseline of seasons with the given period and a trend, and a residual, as columns.",
    rowwise([series, period, trend, testPoints, threshold], "dynamic", (items, length, kind, last) =>
      decomposed(items, { length, kind, last }, { length: 1, kind: 2, last: 3 }),
    ),
  ),
  define(
    {
      name: "series_decompose_forecast",
      tuple: columnsOf("series_decompose_forecast", parts),
      columnsOnly: true,
    },
    "The parts of the series as `series_decompose` gives them, its last points foretold from those before.",
    rowwise(
      [series, required("test_points", "long"), period, trend, threshold],
      "dynamic",
      (items, last, length, kind) => decomposed(items, { length, kind, last }, { length: 2, kind: 3, last: 1 }),
    ),
  ),

  define(
    {
      name: "series_periods_detect",
      tuple: columnsOf("series_periods_detect", { periods: "dynamic", scores: "dynamic" }),
      columnsOnly: true,
    },
    "The periods in which the series repeats, with their scores; not computed.",
    unpublished(
      [series, required("min_period", "real"), required("max_period", "real"), required("num_periods", "long")],
      detected,
    ),
  ),
  define(
    {
      name: "series_periods_validate",
      tuple: columnsOf("series_periods_validate", { periods: "dynamic", scores: "dynamic" }),
      columnsOnly: true,
    },
    "The scores of given periods; not computed.",
    unpublished([series, required("period", "real"), repeated("periods", "real")], detected),
  ),
];

/** The number of points not to learn from; the others have to fill a period. */
function learning(values: readonly number[], bins: number, test: number, argument: number): number {
  if (test < 0 || test > values.length) {
    throw new Refusal(argument, `the number of test points is 0 to ${values.length}, the length of the series`);
  }
  if (bins > values.length - test) {
    throw new Refusal(0, `the series has ${values.length - test} points to learn from, and one period ${bins}`);
  }
  return test;
}

interface Settings<T, K, L> {
  readonly length: T;
  readonly kind: K;
  readonly last: L;
}

function decomposed(
  items: Dynamic,
  given: Settings<bigint | undefined, string | undefined, bigint | undefined>,
  places: Settings<number, number, number>,
): Dynamic {
  const values = numbersOf(items, 0);
  if (!values) return null;
  const bins = Number(given.length ?? -1n);
  if (bins === -1) throw new Refusal(given.length === undefined ? 0 : places.length, giveOne);
  if (bins < 0) throw new Refusal(places.length, "the period is a number of bins, or 0 for none");
  const drift = given.kind ?? "avg";
  if (!isTrend(drift)) throw new Refusal(places.kind, "the trend is `avg`, `linefit` or `none`");
  const test = learning(values, bins, Number(given.last ?? 0n), places.last);
  if (drift === "linefit" && values.length - test < 2) throw new Refusal(0, "a line goes through at least two values");
  if (drift === "avg" && values.length - test < 1) throw new Refusal(0, "there is no value to learn from");
  const { baseline, seasonal: seasons, trend: line, residual } = decompose(values, bins, drift, test);
  return [baseline, seasons, line, residual].map(realArray);
}

function isTrend(word: string): word is Trend {
  return word === "avg" || word === "linefit" || word === "none";
}
