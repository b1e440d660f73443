import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import { realOf } from "../../../data/json.ts";
import { allNumbers, numberIn } from "../../algorithms/series/numbers.ts";
import { correlation, dotProduct, mean, runningVariance, sum } from "../../algorithms/series/statistics.ts";
import { overDynamics } from "../../dynamic-kernels.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { constant, type Overload, optional, required, type ScalarFunction } from "../../signature.ts";
import { columnsOf, series } from "./kernels.ts";

/* One number, or a few, for a whole series. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const first = required("series1", "dynamic");
const second = required("series2", "dynamic");
const statsParams = [series, constant(optional("ignore_nonfinite", "bool"))] as const;

export const seriesStatisticFunctions: readonly ScalarFunction[] = [
  define(
    "series_sum",
    "The sum of the items; null when one of them is not a number.",
    ofNumbers((numbers) => sum(numbers)),
  ),
  define(
    "series_product",
    "The product of the items; null when one of them is not a number.",
    ofNumbers((numbers) => numbers.reduce((product, number) => product * number, 1)),
  ),
  define(
    "series_magnitude",
    "The length of the series as a vector: the root of the sum of the squares; null when an item is not a number.",
    ofNumbers((numbers) => (numbers.length === 0 ? null : Math.sqrt(dotProduct(numbers, numbers)))),
  ),

  define(
    "series_dot_product",
    "The sum of the products of the items of two series, up to the end of the shorter one; what is no number is passed over.",
    rowwise([first, second], "real", (a, b) => dot(numbersOrNulls(a, 0), numbersOrNulls(b, 1))),
    overDynamics([first, required("series2", "number")], "real", ([a, b]) => scaled(a!, b!, 0)),
    overDynamics([required("series1", "number"), second], "real", ([a, b]) => scaled(b!, a!, 1)),
  ),
  define(
    "series_cosine_similarity",
    "The cosine of the angle between two series as vectors, up to the end of the shorter one; their magnitudes may be given.",
    rowwise(
      [first, second, optional("series1_magnitude", "real"), optional("series2_magnitude", "real")],
      "real",
      cosine,
    ),
  ),
  define(
    "series_pearson_correlation",
    "Pearson's correlation of two series; null where their lengths differ or an item is no number.",
    rowwise([first, second], "real", (a, b) => {
      const [x, y] = [allNumbers(a), allNumbers(b)];
      return x && y && x.length === y.length ? correlation(x, y) : null;
    }),
  ),

  define(
    {
      name: "series_stats",
      tuple: columnsOf("series_stats", {
        min: "real",
        min_idx: "long",
        max: "real",
        max_idx: "long",
        avg: "real",
        stdev: "real",
        variance: "real",
      }),
      columnsOnly: true,
    },
    "Extremes with their positions, mean, and deviations of a sample, as columns; null when an item is not finite, unless those are ignored.",
    rowwise(statsParams, "dynamic", (items, ignore) => {
      const stats = statistics(items, ignore ?? false);
      if (!stats) return null;
      const { min, min_idx, max, max_idx, avg, stdev, variance } = stats;
      return [realOf(min), min_idx, realOf(max), max_idx, realOf(avg), realOf(stdev), realOf(variance)];
    }),
  ),
  define(
    "series_stats_dynamic",
    "A bag with the extremes and their positions, the mean, the deviations of a sample, the sum and the length; null when an item is not finite, unless those are ignored.",
    rowwise(statsParams, "dynamic", (items, ignore) => {
      const stats = statistics(items, ignore ?? false);
      if (!stats) return null;
      const positions = new Set(["min_idx", "max_idx", "len"]);
      return new Map(Object.entries(stats).map(([name, value]) => [name, positions.has(name) ? value : realOf(value)]));
    }),
  ),
];

function ofNumbers(compute: (numbers: readonly number[]) => number | null): Overload {
  return rowwise([series], "real", (items) => {
    const numbers = allNumbers(items);
    return numbers ? compute(numbers) : null;
  });
}

type Items = readonly (number | undefined)[];

function numbersOrNulls(value: Dynamic, argument: number): Items | null {
  if (isArray(value)) return value.map(numberIn);
  if (numberIn(value) === undefined) return null;
  throw new Refusal(argument, "this dynamic value is a number and no array: convert it, for example with `toreal(…)`");
}

function dot(a: Items | null, b: Items | null): number | null {
  if (!a || !b || a.length === 0 || b.length === 0) return null;
  const pairs = pairsOf(a, b);
  return dotProduct(pairs.a, pairs.b);
}

/** The items at places where both series have a number. */
function pairsOf(a: Items, b: Items): { readonly a: readonly number[]; readonly b: readonly number[] } {
  const pairs: { readonly a: number[]; readonly b: number[] } = { a: [], b: [] };
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i];
    const y = b[i];
    if (x === undefined || y === undefined) continue;
    pairs.a.push(x);
    pairs.b.push(y);
  }
  return pairs;
}

function scaled(value: Dynamic, factor: Dynamic, argument: number): number | null {
  const items = numbersOrNulls(value, argument);
  const number = numberIn(factor);
  return items && number !== undefined
    ? dot(
        items,
        items.map(() => number),
      )
    : null;
}

function cosine(first: Dynamic, second: Dynamic, lengthOfFirst?: number, lengthOfSecond?: number): number | null {
  const [a, b] = [numbersOrNulls(first, 0), numbersOrNulls(second, 1)];
  if (!a || !b || a.length === 0 || b.length === 0) return null;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    // Whether the partner still counts for the magnitude of its own series is not said.
    if ((a[i] === undefined) !== (b[i] === undefined)) {
      throw new Refusal(a[i] === undefined ? 0 : 1, "an item of the series is no number");
    }
  }
  const pairs = pairsOf(a, b);
  const magnitudes = [
    lengthOfFirst ?? Math.sqrt(dotProduct(pairs.a, pairs.a)),
    lengthOfSecond ?? Math.sqrt(dotProduct(pairs.b, pairs.b)),
  ] as const;
  return dotProduct(pairs.a, pairs.b) / (magnitudes[0] * magnitudes[1]);
}

/** In the order of the bag. */
interface Statistics {
  readonly min: number;
  readonly min_idx: number;
  readonly max: number;
  readonly max_idx: number;
  readonly avg: number;
  readonly stdev: number;
  readonly variance: number;
  readonly sum: number;
  readonly len: number;
}

function statistics(value: Dynamic, ignoreNonfinite: boolean): Statistics | null {
  if (!isArray(value)) return null;
  const finite: number[] = [];
  let [minAt, maxAt] = [-1, -1];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, item] of value.entries()) {
    const number = item === null ? Number.NaN : numberIn(item);
    if (number === undefined) throw new Refusal(0, "an item of the series is no number");
    if (!Number.isFinite(number)) {
      if (ignoreNonfinite) continue;
      return null;
    }
    finite.push(number);
    if (number < min) [min, minAt] = [number, i];
    if (number > max) [max, maxAt] = [number, i];
  }
  if (finite.length === 0) return null;
  const variance = runningVariance(finite);
  return {
    min,
    min_idx: minAt,
    max,
    max_idx: maxAt,
    avg: mean(finite),
    stdev: Math.sqrt(variance),
    variance,
    sum: sum(finite),
    len: value.length,
  };
}
