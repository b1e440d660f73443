import { mean, squaredDeviations } from "./statistics.ts";

/** A curve fitted to a series by least squares. */
export interface Fit {
  /** 1 where the curve meets every value, 0 where the mean fits as well; NaN where the series does not vary. */
  readonly rsquare: number;
  /** Of the values, as of a sample. */
  readonly variance: number;
  /** Of what the curve leaves over, with the same divisor. */
  readonly rvariance: number;
  /** The value of the curve at each place. */
  readonly fitted: readonly number[];
}

export interface LineFit extends Fit {
  readonly slope: number;
  /** Where the line stands one place before the series: its places count from one. */
  readonly interception: number;
}

/** At least two values. */
export function fitLine(values: readonly number[]): LineFit {
  const { slope, interception } = lineThrough(values);
  const fitted = values.map((_, i) => slope * (i + 1) + interception);
  return { ...fitOf(values, fitted), slope, interception };
}

/** The best line; places count from one. */
export function lineThrough(values: readonly number[]): { readonly slope: number; readonly interception: number } {
  const middle = mean(values);
  const center = (values.length + 1) / 2;
  let [products, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const place = i + 1 - center;
    products += place * (values[i]! - middle);
    squares += place * place;
  }
  const slope = products / squares;
  return { slope, interception: middle - slope * center };
}

export interface PolynomialFit extends Fit {
  /** From the highest power to the constant. */
  readonly coefficients: readonly number[];
}

/** Undefined where the places are too few to fix the polynomial. */
export function fitPolynomial(
  values: readonly number[],
  places: readonly number[],
  degree: number,
): PolynomialFit | undefined {
  const rising = leastSquares(values, places, degree);
  if (!rising) return undefined;
  const fitted = places.map((place) => rising.reduceRight((total, coefficient) => total * place + coefficient, 0));
  return { ...fitOf(values, fitted), coefficients: [...rising].reverse() };
}

function fitOf(values: readonly number[], fitted: readonly number[]): Fit {
  const total = values.every((value) => value === values[0]) ? 0 : squaredDeviations(values);
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += (values[i]! - fitted[i]!) ** 2;
  const divisor = values.length - 1;
  return {
    rsquare: total === 0 ? Number.NaN : 1 - rest / total,
    variance: total / divisor,
    rvariance: rest / divisor,
    fitted,
  };
}

/** Coefficients by rising power, by Householder reflections: normal equations would lose half of the digits. */
function leastSquares(
  values: readonly number[],
  places: readonly number[],
  degree: number,
): readonly number[] | undefined {
  const columns = degree + 1;
  if (new Set(places).size < columns) return undefined;
  // Columns of very different sizes would hide that one of them depends on the others.
  const reach = Math.max(...places.map(Math.abs)) || 1;
  const rows = places.map((place) => Array.from({ length: columns }, (_, power) => (place / reach) ** power));
  const right = [...values];
  for (let pivot = 0; pivot < columns; pivot++) {
    let norm = 0;
    for (let row = pivot; row < rows.length; row++) norm += rows[row]![pivot]! ** 2;
    norm = Math.sqrt(norm);
    if (norm < 1e-14) return undefined;
    const diagonal = rows[pivot]![pivot]! > 0 ? -norm : norm;
    const reflector = rows.map((row, i) => (i < pivot ? 0 : i === pivot ? row[pivot]! - diagonal : row[pivot]!));
    const length = reflector.reduce((total, part) => total + part * part, 0);
    for (let column = pivot; column < columns; column++) {
      reflect(
        rows.map((row) => row[column]!),
        reflector,
        length,
        (row, value) => {
          rows[row]![column] = value;
        },
      );
    }
    reflect(right, reflector, length, (row, value) => {
      right[row] = value;
    });
  }
  const solution = new Array<number>(columns).fill(0);
  for (let row = columns - 1; row >= 0; row--) {
    let rest = right[row]!;
    for (let column = row + 1; column < columns; column++) rest -= rows[row]![column]! * solution[column]!;
    solution[row] = rest / rows[row]![row]!;
  }
  return solution.map((coefficient, power) => coefficient / reach ** power);
}

function reflect(
  vector: readonly number[],
  reflector: readonly number[],
  length: number,
  set: (row: number, value: number) => void,
): void {
  let product = 0;
  for (let row = 0; row < vector.length; row++) product += vector[row]! * reflector[row]!;
  const factor = (2 * product) / length;
  for (let row = 0; row < vector.length; row++) set(row, vector[row]! - factor * reflector[row]!);
}
