/* Digital filters. Before its first value a series counts as zero, and behind its last one. */

/**
 * Finite impulse response: each output is the sum of the values up to it, weighed by the coefficients from the last
 * value to earlier ones; `shift` values later ones come in.
 */
export function finiteFilter(values: readonly number[], coefficients: readonly number[], shift: number): number[] {
  return values.map((_, i) => {
    let total = 0;
    for (let k = 0; k < coefficients.length; k++) total += coefficients[k]! * (values[i + shift - k] ?? 0);
    return total;
  });
}

/** y[i] = (Σ b[k] x[i-k] - Σ a[k] y[i-k]) / a[0] */
export function infiniteFilter(values: readonly number[], b: readonly number[], a: readonly number[]): number[] {
  const [scale, ...feedback] = a;
  const outputs: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let total = 0;
    for (let k = 0; k < b.length && k <= i; k++) total += b[k]! * values[i - k]!;
    for (let k = 0; k < feedback.length && k < i; k++) total -= feedback[k]! * outputs[i - k - 1]!;
    outputs.push(total / scale!);
  }
  return outputs;
}
