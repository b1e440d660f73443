import { lineThrough } from "./regression.ts";
import { mean, median } from "./statistics.ts";

/** How the values drift, apart from the seasons. */
export type Trend = "none" | "avg" | "linefit";

/**
 * For each place the median of the values that stand there in their periods. The last `testPoints` values are not looked
 * at, but get a season. The others fill at least one period.
 */
export function seasonal(values: readonly number[], period: number, testPoints: number): number[] {
  const phases: number[][] = Array.from({ length: period }, () => []);
  const learned = values.length - testPoints;
  for (let i = 0; i < learned; i++) phases[i % period]!.push(values[i]!);
  const medians = phases.map(median);
  return values.map((_, i) => medians[i % period]!);
}

/** A series and its parts: values = baseline + residual, baseline = seasonal + trend. */
export interface Decomposition {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

/** A period of 0 is no season. The last `testPoints` values are not looked at, but foretold. */
export function decompose(values: readonly number[], period: number, trend: Trend, testPoints: number): Decomposition {
  const seasons = period === 0 ? values.map(() => 0) : seasonal(values, period, testPoints);
  const drift = trendOf(
    values.map((value, i) => value - seasons[i]!),
    trend,
    testPoints,
  );
  const baseline = seasons.map((season, i) => season + drift[i]!);
  return { baseline, seasonal: seasons, trend: drift, residual: values.map((value, i) => value - baseline[i]!) };
}

function trendOf(values: readonly number[], trend: Trend, testPoints: number): readonly number[] {
  const learned = values.slice(0, values.length - testPoints);
  switch (trend) {
    case "none":
      return values.map(() => 0);
    case "avg": {
      const level = mean(learned);
      return values.map(() => level);
    }
    case "linefit": {
      const { slope, interception } = lineThrough(learned);
      return values.map((_, i) => slope * (i + 1) + interception);
    }
  }
}
