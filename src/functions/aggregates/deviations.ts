import { columnOf } from "../../data/cells.ts";
import type { Column, ColumnOf } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { wordsOf } from "../../data/words.ts";
import { aggregate, whenTrue } from "../aggregate-family.ts";
import { type Accumulator, type AggregateFunction, type AggregateOverload, required } from "../signature.ts";
import { full, roomFor, two32 } from "./state.ts";

/** What of a group's spread is asked for. A sample divides by one less than it has values. */
interface Spread {
  readonly sample: boolean;
  readonly root: boolean;
}

/** Sum of products of deviations over the number of values; 0 where there are too few to deviate. */
function spreadOf(sum: number, count: number, sample: boolean): number {
  const divisor = sample ? count - 1 : count;
  return divisor < 1 ? 0 : sum / divisor;
}

/** Kusto keeps ten decimals of a variance or covariance; a deviation is the root of what is left. */
const kept = 1e10;

function toTenDecimals(spread: number): number {
  const scaled = Math.abs(spread) * kept;
  if (!(scaled < Number.MAX_SAFE_INTEGER)) return spread; // a larger one has no more decimals
  const rounded = Math.round(scaled) / kept;
  return spread < 0 ? -rounded : rounded;
}

/** Welford's method: one pass, and no loss where the values are far from 0 and near one another. */
class Variance implements Accumulator {
  readonly #spread: Spread;
  #counts = new Float64Array(1);
  #means = new Float64Array(1);
  #sums = new Float64Array(1);

  constructor(spread: Spread) {
    this.#spread = spread;
  }

  add([arg]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#counts = roomFor(this.#counts, groupCount);
    this.#means = roomFor(this.#means, groupCount);
    this.#sums = roomFor(this.#sums, groupCount);
    const counts = this.#counts;
    const means = this.#means;
    const sums = this.#sums;
    const data = reals(arg!, groups.length);
    const { validity } = full(arg!, groups.length);
    for (let i = 0; i < groups.length; i++) {
      if (validity !== undefined && validity[i] === 0) continue;
      const g = groups[i]!;
      const value = data[i]!;
      const delta = value - means[g]!;
      counts[g]!++;
      means[g]! += delta / counts[g]!;
      sums[g]! += delta * (value - means[g]!);
    }
  }

  finish(groupCount: number): readonly Column[] {
    const results = new Float64Array(groupCount);
    const { sample, root } = this.#spread;
    for (let g = 0; g < groupCount; g++) {
      const variance = toTenDecimals(spreadOf(this.#sums[g] ?? 0, this.#counts[g] ?? 0, sample));
      results[g] = root ? Math.sqrt(variance) : variance;
    }
    return [columnOf("real", results)];
  }
}

/** A row where either value is null does not count. */
class Covariance implements Accumulator {
  readonly #sample: boolean;
  #counts = new Float64Array(1);
  #firstMeans = new Float64Array(1);
  #secondMeans = new Float64Array(1);
  #sums = new Float64Array(1);

  constructor(sample: boolean) {
    this.#sample = sample;
  }

  add([arg1, arg2]: readonly Column[], groups: Int32Array, groupCount: number): void {
    this.#counts = roomFor(this.#counts, groupCount);
    this.#firstMeans = roomFor(this.#firstMeans, groupCount);
    this.#secondMeans = roomFor(this.#secondMeans, groupCount);
    this.#sums = roomFor(this.#sums, groupCount);
    const counts = this.#counts;
    const firstMeans = this.#firstMeans;
    const secondMeans = this.#secondMeans;
    const sums = this.#sums;
    const first = reals(arg1!, groups.length);
    const second = reals(arg2!, groups.length);
    const firstValidity = full(arg1!, groups.length).validity;
    const secondValidity = full(arg2!, groups.length).validity;
    for (let i = 0; i < groups.length; i++) {
      if (firstValidity?.[i] === 0 || secondValidity?.[i] === 0) continue;
      const g = groups[i]!;
      const delta = first[i]! - firstMeans[g]!;
      counts[g]!++;
      firstMeans[g]! += delta / counts[g]!;
      secondMeans[g]! += (second[i]! - secondMeans[g]!) / counts[g]!;
      sums[g]! += delta * (second[i]! - secondMeans[g]!);
    }
  }

  finish(groupCount: number): readonly Column[] {
    const results = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) {
      results[g] = toTenDecimals(spreadOf(this.#sums[g] ?? 0, this.#counts[g] ?? 0, this.#sample));
    }
    return [columnOf("real", results)];
  }
}

/** The cells of a column of numbers as reals; whatever where they are null. */
function reals(arg: Column, rows: number): Float64Array {
  const column = full(arg, rows);
  switch (column.type) {
    case "real":
      return column.data;
    case "int":
      return Float64Array.from(column.data);
    case "long": {
      const parts = wordsOf(column.data);
      const result = new Float64Array(rows);
      for (let i = 0; i < rows; i++) result[i] = parts[2 * i + 1]! * two32 + (parts[2 * i]! >>> 0);
      return result;
    }
    default:
      return Float64Array.from((column as ColumnOf<"decimal">).data, (value: Decimal) => value.toNumber());
  }
}

type Overloads = readonly [AggregateOverload, ...AggregateOverload[]];

function variance(spread: Spread): Overloads {
  return [{ params: [required("expr", "number")], returns: "real", create: () => new Variance(spread) }];
}

function covariance(sample: boolean): Overloads {
  return [
    {
      params: [required("expr1", "number"), required("expr2", "number")],
      returns: "real",
      create: () => new Covariance(sample),
    },
  ];
}

/** `covariance(x, y)` → `covariance_x_y` */
function pairNamed(prefix: string): AggregateFunction["outputName"] {
  return ([first, second]) => [prefix, first?.name ?? "", second?.name ?? ""].join("_");
}

const sampleVariance = variance({ sample: true, root: false });
const wholeVariance = variance({ sample: false, root: false });
const sampleDeviation = variance({ sample: true, root: true });
const wholeDeviation = variance({ sample: false, root: true });
const sampleCovariance = covariance(true);
const wholeCovariance = covariance(false);
const where = "in rows where the predicate is true";

export const deviationAggregates: readonly AggregateFunction[] = [
  aggregate("variance", "The variance of the values as a sample.", ...sampleVariance),
  aggregate("varianceif", `The variance as a sample ${where}.`, ...whenTrue(sampleVariance)),
  aggregate("variancep", "The variance of the values as a whole population.", ...wholeVariance),
  aggregate("variancepif", `The variance as a whole population ${where}.`, ...whenTrue(wholeVariance)),
  aggregate("stdev", "The standard deviation of the values as a sample.", ...sampleDeviation),
  aggregate("stdevif", `The standard deviation as a sample ${where}.`, ...whenTrue(sampleDeviation)),
  aggregate("stdevp", "The standard deviation of the values as a whole population.", ...wholeDeviation),
  aggregate(
    { name: "covariance", outputName: pairNamed("covariance") },
    "The covariance of two values as a sample.",
    ...sampleCovariance,
  ),
  aggregate(
    { name: "covarianceif", outputName: pairNamed("covarianceif") },
    `The covariance as a sample ${where}.`,
    ...whenTrue(sampleCovariance, 2),
  ),
  aggregate(
    { name: "covariancep", outputName: pairNamed("covariancep") },
    "The covariance of two values as a whole population.",
    ...wholeCovariance,
  ),
  aggregate(
    { name: "covariancepif", outputName: pairNamed("covariancepif") },
    `The covariance as a whole population ${where}.`,
    ...whenTrue(wholeCovariance, 2),
  ),
];
