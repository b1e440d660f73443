/* Sums over series. An empty series has neither extremes nor a mean: they are NaN. */

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Sum of the squared deviations from the mean. */
export function squaredDeviations(values: readonly number[]): number {
  const middle = mean(values);
  let total = 0;
  for (const value of values) total += (value - middle) ** 2;
  return total;
}

/** Variance of a sample, by a mean that runs along as Kusto's does: the last digit shows. A single value has none: 0. */
export function runningVariance(values: readonly number[]): number {
  let [count, middle, total] = [0, 0, 0];
  for (const value of values) {
    count++;
    const before = value - middle;
    middle += before / count;
    total += before * (value - middle);
  }
  return count === 1 ? 0 : total / (count - 1);
}

/** The value in the middle of the sorted ones, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Up to the end of the shorter one. */
export function dotProduct(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) total += a[i]! * b[i]!;
  return total;
}

/** Pearson's r of two series of one length; NaN where one of them does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const x = a[i]! - meanA;
    const y = b[i]! - meanB;
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return both / (Math.sqrt(ofA) * Math.sqrt(ofB)); // two roots, as Kusto has it: the last digit shows
}
