import { type Dynamic, isArray, isTyped } from "../../data/dynamic.ts";
import { fromDynamic, toDynamic } from "../../data/text.ts";
import { typeNamed } from "../../data/types.ts";
import { countOfHll, hllFromDynamic, hllToDynamic, mergeHll } from "../algorithms/hyperloglog.ts";
import {
  type Digest,
  type DigestValue,
  digestCount,
  digestFromDynamic,
  digestPercentile,
  digestRank,
  digestToDynamic,
  mergeDigests,
} from "../algorithms/tdigest.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, repeated, required, type ScalarFunction } from "../signature.ts";

/* What the results of the aggregates `hll` and `tdigest` are asked. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const digestParam = required("tdigest", "dynamic");

export const sketchFunctions: readonly ScalarFunction[] = [
  define(
    { name: "dcount_hll", resultName: { prefix: "dcount_hll" } },
    "The number of distinct values behind a result of `hll`.",
    rowwise([required("hll", "dynamic")], "long", (value) => {
      const hll = hllFromDynamic(value);
      if (!hll) throw new Refusal(0, "the value is not a result of `hll`");
      return BigInt(countOfHll(hll));
    }),
  ),

  define(
    { name: "hll_merge", most: 16, resultName: { always: "hll_merged_result" } },
    "One state of several results of `hll`.",
    rowwise(
      [required("hll", "dynamic"), required("hll2", "dynamic"), repeated("hlls", "dynamic")],
      "dynamic",
      (...values) => mergedHlls(values),
    ),
  ),

  define(
    {
      name: "tdigest_merge",
      most: 16,
      aliases: ["merge_tdigest"],
      docs: "https://learn.microsoft.com/kusto/query/merge-tdigest-function",
      resultName: { always: "tdigests_merge_result" },
    },
    "One state of several results of `tdigest`.",
    rowwise([digestParam, required("tdigest2", "dynamic"), repeated("tdigests", "dynamic")], "dynamic", (...values) => {
      const merged = mergeDigests(values.map(digestOf));
      if (!merged) throw new Refusal(0, "results of `tdigest` over different types cannot be merged");
      return digestToDynamic(merged);
    }),
  ),

  define(
    { name: "percentile_tdigest", resultName: { prefix: "percentile_tdigest" } },
    "The percentile of the values behind a result of `tdigest`.",
    rowwise([digestParam, required("percentile", "real")], "dynamic", (value, rank) =>
      percentileOf(digestOf(value), rank, 1),
    ),
  ),

  define(
    {
      name: "percentiles_array_tdigest",
      docs: "https://learn.microsoft.com/kusto/query/percentile-array-tdigest-function",
      resultName: { prefix: "percentile_tdigest" },
    },
    "An array of percentiles of the values behind a result of `tdigest`.",
    rowwise(
      [digestParam, required("percentile", "real"), repeated("percentiles", "real")],
      "dynamic",
      (value, ...ranks) => {
        const digest = digestOf(value);
        return ranks.map((rank, i) => percentileOf(digest, rank, i + 1));
      },
    ),
    rowwise([digestParam, required("percentiles", "dynamic")], "dynamic", (value, ranks) => {
      const digest = digestOf(value);
      if (!isArray(ranks)) return null;
      return ranks.map((rank) => percentileOf(digest, numberOf(rank) ?? Number.NaN, 1));
    }),
  ),

  define(
    { name: "items_as()", docs: "https://learn.microsoft.com/kusto/query/percentile-array-tdigest-function" },
    "The items of the array as values of the type: what a type literal at the end of percentiles_array_tdigest asks for.",
    rowwise([required("array", "dynamic"), constant(required("type", "string"))], "dynamic", (array, name) => {
      const type = typeNamed(name);
      return type && isArray(array) ? array.map((item) => toDynamic(type, fromDynamic(item, type))) : null;
    }),
  ),

  define(
    "rank_tdigest",
    "How many of the values behind a result of `tdigest` are not above the value.",
    ranking((rank) => rank),
  ),
  define(
    "percentrank_tdigest",
    "The share, in percent, of the values behind a result of `tdigest` that are not above the value.",
    ranking((rank, count) => (100 * rank) / count),
  ),
];

function mergedHlls(values: readonly Dynamic[]): Dynamic {
  const states = values.map((value, i) => {
    const state = hllFromDynamic(value);
    if (!state) throw new Refusal(i, "the value is not a result of `hll`");
    return state;
  });
  const [merged, ...others] = states;
  for (const other of others) {
    if (other.bits !== merged!.bits)
      throw new Refusal(0, "results of `hll` with different accuracies cannot be merged");
    mergeHll(merged!, other);
  }
  return hllToDynamic(merged!);
}

function digestOf(value: Dynamic, argument = 0): Digest {
  const digest = digestFromDynamic(value);
  if (!digest) throw new Refusal(argument, "the value is not a result of `tdigest`");
  return digest;
}

function percentileOf(digest: Digest, rank: number, argument: number): Dynamic {
  if (!(rank >= 0 && rank <= 100)) throw new Refusal(argument, "a percentile lies between 0 and 100");
  return digestPercentile(digest, rank);
}

function ranking(result: (rank: number, count: number) => number) {
  return overDynamics([required("digest", "dynamic"), required("value", "scalar")], "real", ([state, value]) => {
    if (state === null || value === null) return null;
    const digest = digestOf(state!);
    const asked = askedValue(value!, digest);
    if (asked === undefined) throw new Refusal(1, `the digest holds values of type ${digest.kind}`);
    return result(digestRank(digest, asked), digestCount(digest));
  });
}

function askedValue(value: Dynamic, { kind }: Digest): DigestValue | undefined {
  if (kind === "datetime" || kind === "timespan") {
    return isTyped(value) && value.typed === kind ? value.value : undefined;
  }
  return numberOf(value);
}

function numberOf(value: Dynamic): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return isTyped(value) && (value.typed === "real" || value.typed === "int") ? value.value : undefined;
}
