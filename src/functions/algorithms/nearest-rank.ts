/**
 * The position, from 1 on, of a percentile among `count` values in order: the first that has at least `percentile`
 * percent of them at or before it. The 0th percentile is the first value.
 * https://learn.microsoft.com/kusto/query/percentiles-aggregation-function#nearest-rank-percentile
 */
export function nearestRank(percentile: number, count: number): number {
  const share = (percentile * count) / 100;
  const whole = Math.round(share);
  // 99.9 percent of 1000 are 999 values, though 99.9 * 1000 / 100 is a little more in binary.
  const rank = Math.abs(share - whole) <= 1e-12 * share ? whole : Math.ceil(share);
  return Math.min(Math.max(rank, 1), count);
}
