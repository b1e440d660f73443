import { finiteFilter, infiniteFilter } from "../../algorithms/series/filters.ts";
import { realArray } from "../../algorithms/series/numbers.ts";
import { sum } from "../../algorithms/series/statistics.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { numbersOf, series } from "./kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const resultName = "firstArgument";

export const seriesFilterFunctions: readonly ScalarFunction[] = [
  define(
    { name: "series_fir", resultName },
    "The series through a finite impulse response filter, such as a moving average; the coefficients are divided by their sum unless one is negative or `normalize` is false.",
    rowwise(
      [series, required("filter", "dynamic"), optional("normalize", "bool"), optional("center", "bool")],
      "dynamic",
      (items, filter, normalize, center) => {
        const [values, coefficients] = [numbersOf(items, 0), numbersOf(filter, 1)];
        if (!values || !coefficients) return null;
        const negative = coefficients.some((coefficient) => coefficient < 0);
        if (normalize === true && negative) return null;
        if (center === true && coefficients.length % 2 === 0) {
          throw new Refusal(1, "a filter of an even number of coefficients has no middle for `center`");
        }
        const divisor = (normalize ?? !negative) ? sum(coefficients) : 1;
        const shift = center === true ? (coefficients.length - 1) / 2 : 0;
        const weights = coefficients.map((coefficient) => coefficient / divisor);
        return realArray(finiteFilter(values, weights, shift));
      },
    ),
  ),
  define(
    { name: "series_iir", resultName },
    "The series through an infinite impulse response filter, such as a cumulative sum.",
    rowwise(
      [series, required("numerators", "dynamic"), required("denominators", "dynamic")],
      "dynamic",
      (items, numerators, denominators) => {
        const [values, b, a] = [numbersOf(items, 0), numbersOf(numerators, 1), numbersOf(denominators, 2)];
        if (!values || !b || !a) return null;
        if (a.length === 0 || a[0] === 0) throw new Refusal(2, "the first denominator is a number other than zero");
        return realArray(infiniteFilter(values, b, a));
      },
    ),
  ),
];
