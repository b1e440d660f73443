/** A series of complex numbers, in two parts of one length. */
export interface ComplexSeries {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** X[k] = Σ x[n] e^(-2πi kn/N) */
export function fourierTransform(series: ComplexSeries): ComplexSeries {
  return transformed(series, -1);
}

/** x[n] = 1/N Σ X[k] e^(2πi kn/N): gives back what was transformed. */
export function inverseFourierTransform(series: ComplexSeries): ComplexSeries {
  const { real, imaginary } = transformed(series, 1);
  const { length } = real;
  return { real: real.map((value) => value / length), imaginary: imaginary.map((value) => value / length) };
}

function transformed(series: ComplexSeries, sign: 1 | -1): ComplexSeries {
  const { length } = series.real;
  if (length < 2) return series;
  return (length & (length - 1)) === 0 ? byHalves(series, sign) : byConvolution(series, sign);
}

/** Cooley and Tukey, for lengths that are powers of two. */
function byHalves({ real: re, imaginary: im }: ComplexSeries, sign: 1 | -1): ComplexSeries {
  const { length } = re;
  const real = new Float64Array(length);
  const imaginary = new Float64Array(length);
  const bits = Math.log2(length);
  for (let i = 0; i < length; i++) {
    let mirrored = 0;
    for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) mirrored |= 1 << (bits - 1 - bit);
    real[mirrored] = re[i]!;
    imaginary[mirrored] = im[i]!;
  }
  for (let half = 1; half < length; half *= 2) {
    for (let k = 0; k < half; k++) {
      const [cos, sin] = unit(k, 2 * half, sign);
      for (let start = k; start < length; start += 2 * half) {
        const other = start + half;
        const x = real[other]! * cos - imaginary[other]! * sin;
        const y = real[other]! * sin + imaginary[other]! * cos;
        real[other] = real[start]! - x;
        imaginary[other] = imaginary[start]! - y;
        real[start] = real[start]! + x;
        imaginary[start] = imaginary[start]! + y;
      }
    }
  }
  return { real, imaginary };
}

/** Bluestein, for any length: as a convolution, which takes transforms of a power of two. */
function byConvolution({ real: re, imaginary: im }: ComplexSeries, sign: 1 | -1): ComplexSeries {
  const { length } = re;
  let size = 1;
  while (size < 2 * length - 1) size *= 2;
  const chirp = Array.from({ length }, (_, i) => unit((i * i) % (2 * length), 2 * length, sign));
  const a = emptySeries(size);
  const b = emptySeries(size);
  for (const [i, [cos, sin]] of chirp.entries()) {
    a.real[i] = re[i]! * cos - im[i]! * sin;
    a.imaginary[i] = re[i]! * sin + im[i]! * cos;
    for (const place of i === 0 ? [0] : [i, size - i]) {
      b.real[place] = cos;
      b.imaginary[place] = -sin;
    }
  }
  const folded = inverseFourierTransform(product(byHalves(a, -1), byHalves(b, -1)));
  const result = emptySeries(length);
  for (const [i, [cos, sin]] of chirp.entries()) {
    result.real[i] = folded.real[i]! * cos - folded.imaginary[i]! * sin;
    result.imaginary[i] = folded.real[i]! * sin + folded.imaginary[i]! * cos;
  }
  return result;
}

/** e^(±2πi k/n); exact where it lies on an axis. */
function unit(k: number, n: number, sign: 1 | -1): readonly [number, number] {
  if (k === 0) return [1, 0];
  if (2 * k === n) return [-1, 0];
  if (4 * k === n) return [0, sign];
  if (4 * k === 3 * n) return [0, -sign];
  const angle = (2 * Math.PI * k) / n;
  return [Math.cos(angle), sign * Math.sin(angle)];
}

function product(a: ComplexSeries, b: ComplexSeries): ComplexSeries {
  const result = emptySeries(a.real.length);
  for (let i = 0; i < a.real.length; i++) {
    result.real[i] = a.real[i]! * b.real[i]! - a.imaginary[i]! * b.imaginary[i]!;
    result.imaginary[i] = a.real[i]! * b.imaginary[i]! + a.imaginary[i]! * b.real[i]!;
  }
  return result;
}

function emptySeries(length: number): ComplexSeries {
  return { real: new Float64Array(length), imaginary: new Float64Array(length) };
}
