import { family } from "../../family.ts";
import { optional, required, type ScalarFunction } from "../../signature.ts";
import { columnsOf, series, unpublished } from "./kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const scores = "how the engine takes its percentiles and scales its scores is not published";
const longs = [optional("test_points", "long")] as const;

export const seriesAnomalyFunctions: readonly ScalarFunction[] = [
  define(
    { name: "series_outliers", resultName: "firstArgument" },
    "How far each item lies outside of the others, by Tukey's fences; not computed.",
    unpublished([series, optional("kind", "string"), optional("ignore_val", "number")], scores),
    unpublished(
      [
        series,
        required("kind", "string"),
        required("ignore_val", "real"),
        required("min_percentile", "real"),
        optional("max_percentile", "real"),
        ...longs,
      ],
      scores,
    ),
  ),
  define(
    {
      name: "series_decompose_anomalies",
      tuple: columnsOf("series_decompose_anomalies", { ad_flag: "dynamic", ad_score: "dynamic", baseline: "dynamic" }),
      columnsOnly: true,
    },
    "The items that are far from the baseline of `series_decompose`, with their scores; not computed.",
    unpublished(
      [
        series,
        optional("threshold", "real"),
        optional("period", "long"),
        optional("trend", "string"),
        ...longs,
        optional("method", "string"),
        optional("seasonality_threshold", "real"),
      ],
      scores,
    ),
  ),
];
