import type { Dynamic } from "../../../data/dynamic.ts";
import { realOf } from "../../../data/json.ts";
import { realArray } from "../../algorithms/series/numbers.ts";
import { fitLine, fitPolynomial, type LineFit, type PolynomialFit } from "../../algorithms/series/regression.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { columnsOf, numbersOf, series, unpublished } from "./kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const twoLines =
  "where it counts the split and the second line from is not published: fit the parts with `series_fit_line(array_slice(…))`";

export const seriesRegressionFunctions: readonly ScalarFunction[] = [
  define(
    {
      name: "series_fit_line",
      tuple: columnsOf("series_fit_line", {
        rsquare: "real",
        slope: "real",
        variance: "real",
        rvariance: "real",
        interception: "real",
        line_fit: "dynamic",
      }),
      columnsOnly: true,
    },
    "The straight line that fits the series best, as columns; its places count from one.",
    rowwise([series], "dynamic", (items) => {
      const fit = lineOf(items);
      return fit && Object.values(fit);
    }),
  ),
  define(
    "series_fit_line_dynamic",
    "A bag with the straight line that fits the series best; its places count from one.",
    rowwise([series], "dynamic", (items) => {
      const fit = lineOf(items);
      return fit && new Map(slots.map((slot) => [slot, fit[slot]!]));
    }),
  ),

  define(
    {
      name: "series_fit_2lines",
      tuple: columnsOf("series_fit_2lines", {
        rsquare: "real",
        split_idx: "long",
        variance: "real",
        rvariance: "real",
        line_fit: "dynamic",
        ...sideOf("right"),
        ...sideOf("left"),
      }),
      columnsOnly: true,
    },
    "The two lines that fit the series best, one behind the other; not computed.",
    unpublished([series], twoLines),
  ),
  define(
    "series_fit_2lines_dynamic",
    "A bag with the two lines that fit the series best; not computed.",
    unpublished([series], twoLines),
  ),

  define(
    {
      name: "series_fit_poly",
      tuple: columnsOf("series_fit_poly", {
        rsquare: "real",
        coefficients: "dynamic",
        variance: "real",
        rvariance: "real",
        poly_fit: "dynamic",
      }),
      columnsOnly: true,
    },
    "The polynomial that fits a series best over another, which is 1, 2, … when left out, as columns; its degree is 1 when left out.",
    rowwise(
      [required("y_series", "dynamic"), optional("x_series", "dynamic"), optional("degree", "long")],
      "dynamic",
      (y, x, degree) => {
        const fit = polynomialOf(y, x, Number(degree ?? 1n));
        if (!fit) return null;
        const { rsquare, coefficients, variance, rvariance, fitted } = fit;
        return [realOf(rsquare), realArray(coefficients), realOf(variance), realOf(rvariance), realArray(fitted)];
      },
    ),
  ),
];

/** In the order of the bag, which is not that of the columns. */
const slots = ["slope", "interception", "rsquare", "variance", "rvariance", "line_fit"] as const;

function sideOf(side: string) {
  const of = (name: string) => [`${side}_${name}`, "real"] as const;
  return Object.fromEntries(["rsquare", "slope", "interception", "variance", "rvariance"].map(of));
}

/** In the order of the columns. */
function lineOf(items: Dynamic): Readonly<Record<string, Dynamic>> | null {
  const values = numbersOf(items, 0);
  if (!values) return null;
  if (values.length < 2) throw new Refusal(0, "a line goes through at least two values");
  const { rsquare, slope, variance, rvariance, interception, fitted }: LineFit = fitLine(values);
  return {
    rsquare: realOf(rsquare),
    slope: realOf(slope),
    variance: realOf(variance),
    rvariance: realOf(rvariance),
    interception: realOf(interception),
    line_fit: realArray(fitted),
  };
}

function polynomialOf(y: Dynamic, x: Dynamic | undefined, degree: number): PolynomialFit | null {
  const values = numbersOf(y, 0);
  const places = x === undefined ? values?.map((_, i) => i + 1) : numbersOf(x, 1);
  if (!values || !places) return null;
  if (values.length !== places.length) throw new Refusal(1, "both series have the same length");
  if (degree < 0) throw new Refusal(2, "the degree is not negative");
  const fit = values.length < 2 ? undefined : fitPolynomial(values, places, degree);
  if (!fit) throw new Refusal(0, "the places are too few to fix a polynomial of that degree");
  return fit;
}
