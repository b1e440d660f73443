import { cellAt, constantColumn } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { exponential, naturalLog } from "../algorithms/exponential.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { cellReader, columnar, rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, type Overload, optional, required, type ScalarFunction } from "../signature.ts";
import { untyped } from "../untyped.ts";

const betas = library(() => import("../algorithms/beta.ts"));
const errors = library(() => import("../algorithms/erf.ts"));
const gammas = library(() => import("../algorithms/gamma.ts"));
const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const resultName = "firstArgument";
const precision = constant(optional("precision", "long"));

export const mathFunctions: readonly ScalarFunction[] = [
  define(
    { name: "abs", resultName },
    "The value without its sign.",
    rowwise([required("number", "long")], "long", magnitude),
    rowwise([required("number", "real")], "real", Math.abs),
    rowwise([required("number", "decimal")], "decimal", (value) => value.abs()),
    rowwise([required("number", "timespan")], "timespan", magnitude),
    untyped([required("number", "dynamic")]),
  ),

  define(
    "sign",
    "1, 0 or -1 as the number is positive, zero or negative; 0 for NaN.",
    ...ofReal("number", (value) => Math.sign(value) || 0),
  ),

  define(
    { name: "ceiling", resultName },
    "The least whole number that is not below the value: a real, or a decimal of a decimal.",
    columnar([required("number", "real")], "real", ([column]) => mapReals(column as Reals, Math.ceil)),
    rowwise([required("number", "decimal")], "decimal", (value) => value.ceil()),
    untyped([required("number", "dynamic")]),
  ),

  define(
    { name: "round", resultName },
    "The value rounded to `precision` decimal places, halves away from zero; a negative precision rounds to tens, hundreds, …",
    columnar([required("number", "real"), precision], "real", ([column, digits]) => {
      const places = digits ? cellAt(digits, 0) : 0n;
      if (places === null) return constantColumn("real", null);
      return mapReals(column as Reals, (value) => roundReal(value, Number(places)));
    }),
    rowwise([required("number", "int"), precision], "real", (value, places) =>
      Number(roundLong(BigInt(value), places ?? 0n)),
    ),
    rowwise([required("number", "long"), precision], "real", (value, places) => Number(roundLong(value, places ?? 0n))),
    rowwise([required("number", "decimal"), precision], "decimal", (value, places) =>
      roundDecimal(value, places ?? 0n),
    ),
    untyped([required("number", "dynamic"), precision]),
  ),

  define({ name: "sqrt", resultName }, "The square root; NaN for a negative number.", ...ofReal("number", Math.sqrt)),
  define({ name: "exp", resultName }, "e to the power of the number.", ...ofReal("number", exponential)),
  define({ name: "exp2", resultName }, "2 to the power of the number.", ...ofReal("number", (x) => 2 ** x)),
  define("exp10", "10 to the power of the number.", ...ofReal("number", (x) => 10 ** x)),
  define(
    { name: "log", resultName },
    "The natural logarithm; null for a negative number.",
    ...ofReal("number", (x) => (x < 0 ? null : naturalLog(x))),
  ),
  define(
    { name: "log2", resultName },
    "The logarithm to base 2; null for a negative number.",
    ...ofReal("number", (x) => (x < 0 ? null : Math.log2(x))),
  ),
  define(
    { name: "log10", resultName },
    "The logarithm to base 10; null for a negative number.",
    ...ofReal("number", (x) => (x < 0 ? null : Math.log10(x))),
  ),
  define("pow", "`base` to the power of `exponent`.", ...ofReals("base", "exponent", power)),

  define(
    "pi",
    "The ratio of a circle's circumference to its diameter.",
    columnar([], "real", () => constantColumn("real", Math.PI)),
  ),
  define({ name: "sin", resultName }, "The sine of an angle in radians.", ...ofReal("number", Math.sin)),
  define({ name: "cos", resultName }, "The cosine of an angle in radians.", ...ofReal("number", Math.cos)),
  define({ name: "tan", resultName }, "The tangent of an angle in radians.", ...ofReal("number", Math.tan)),
  define("cot", "The cotangent of an angle in radians.", ...ofReal("number", (x) => 1 / Math.tan(x))),
  define(
    { name: "asin", resultName },
    "The angle whose sine is the number; null outside of -1 to 1.",
    ...ofReal("number", (x) => (x < -1 || x > 1 ? null : Math.asin(x))),
  ),
  define(
    { name: "acos", resultName },
    "The angle whose cosine is the number; null outside of -1 to 1.",
    ...ofReal("number", (x) => (x < -1 || x > 1 ? null : Math.acos(x))),
  ),
  define({ name: "atan", resultName }, "The angle whose tangent is the number.", ...ofReal("number", Math.atan)),
  define(
    { name: "atan2", resultName },
    "The angle between the positive x-axis and the ray to the point (x, y).",
    ...ofReals("y", "x", Math.atan2),
  ),
  define("degrees", "An angle in radians, in degrees.", ...ofReal("radians", (x) => (180 / Math.PI) * x)),
  define("radians", "An angle in degrees, in radians.", ...ofReal("degrees", (x) => (Math.PI / 180) * x)),

  define(
    { name: "gamma", resultName, library: gammas },
    "The gamma function.",
    ...ofReal("number", (x) => gammas.get().gamma(x)),
  ),
  define(
    { name: "loggamma", resultName, library: gammas },
    "The natural logarithm of the absolute value of the gamma function.",
    ...ofReal("number", (x) => gammas.get().logGamma(x)),
  ),
  define(
    { name: "erf", resultName, library: errors },
    "The error function.",
    ...ofReal("number", (x) => errors.get().erf(x)),
  ),
  define(
    { name: "erfc", resultName, library: errors },
    "The complementary error function, 1 - erf.",
    ...ofReal("number", (x) => errors.get().erfc(x)),
  ),

  define(
    { name: "beta_cdf", library: betas },
    "The probability of at most `x` under the beta distribution; NaN where an argument is out of range.",
    ofShape("x", (x, alpha, beta) =>
      x >= 0 && x <= 1 && inShape(alpha, 10_000) && inShape(beta, 10_000)
        ? betas.get().betaProbability(x, alpha, beta)
        : Number.NaN,
    ),
  ),
  define(
    { name: "beta_pdf", library: betas },
    "The density at `x` of the beta distribution; NaN where an argument is out of range.",
    ofShape("x", (x, alpha, beta) =>
      x > 0 && x < 1 && inShape(alpha) && inShape(beta) ? betas.get().betaDensity(x, alpha, beta) : Number.NaN,
    ),
  ),
  define(
    { name: "beta_inv", library: betas },
    "The value that has this probability under the beta distribution; null for a probability out of range, NaN for such a shape.",
    ofShape("probability", (p, alpha, beta) => {
      if (!inShape(alpha) || !inShape(beta)) return Number.NaN;
      return p > 0 && p <= 1 ? betas.get().betaQuantile(p, alpha, beta) : null;
    }),
  ),
  define(
    { name: "welch_test", library: betas },
    "The two-sided p-value of Welch's t-test for two samples, each by its mean, variance and count.",
    rowwise(welchParams("real"), "real", welch),
    rowwise(welchParams("decimal"), "real", (...args) => welch(...(args.map((arg) => arg.toNumber()) as WelchArgs))),
  ),

  define(
    { name: "rand", volatility: "row", resultName },
    "A random real in [0, 1); with an argument, one of 0.0, 1.0, … up to the number before it.",
    columnar([optional("number", "long")], "real", ([number], call) => {
      const data = new Float64Array(call.rows);
      if (!number) {
        for (let row = 0; row < call.rows; row++) data[row] = call.random();
        return { type: "real", data };
      }
      const read = cellReader(number);
      for (let row = 0; row < call.rows; row++) {
        const count = Number(read(row) ?? 0n);
        if (count < 1) throw new Refusal(0, "the numbers to choose from are at least one");
        data[row] = Math.floor(call.random() * count);
      }
      return { type: "real", data };
    }),
  ),
];

/** A function of one real, of whatever numeric type its argument is. */
function ofReal(name: string, kernel: (x: number) => number | null): [Overload, Overload] {
  return [
    columnar([required(name, "real")], "real", ([column]) => mapReals(column as Reals, kernel)),
    rowwise([required(name, "decimal")], "real", (value) => kernel(value.toNumber())),
  ];
}

type Reals = Extract<Column, { type: "real" }>;

/** Written out: the lifted kernel would append cell by cell. */
function mapReals({ data, validity, constant: fixed }: Reals, kernel: (x: number) => number | null): Column {
  const out = new Float64Array(data.length);
  let valid = validity;
  for (let i = 0; i < data.length; i++) {
    const value = kernel(data[i]!);
    if (value !== null) out[i] = value;
    else {
      if (valid === validity) valid = validity ? validity.slice() : new Uint8Array(data.length).fill(1);
      valid![i] = 0;
    }
  }
  return { type: "real", data: out, validity: valid, constant: fixed };
}

function ofReals(first: string, second: string, kernel: (x: number, y: number) => number): [Overload, Overload] {
  return [
    rowwise([required(first, "real"), required(second, "real")], "real", kernel),
    rowwise([required(first, "decimal"), required(second, "decimal")], "real", (x, y) =>
      kernel(x.toNumber(), y.toNumber()),
    ),
  ];
}

/** A function of a number and the shape of a beta distribution, each in any numeric type. */
function ofShape(first: string, kernel: (x: number, alpha: number, beta: number) => number | null): Overload {
  const params = [required(first, "number"), required("alpha", "number"), required("beta", "number")] as const;
  return rowwise(params, "real", (x, alpha, beta) => kernel(Number(x), Number(alpha), Number(beta)));
}

/** The least 64-bit integer has no positive counterpart. */
function magnitude(value: bigint): bigint | null {
  const size = value < 0n ? -value : value;
  return size === BigInt.asIntN(64, size) ? size : null;
}

function roundReal(value: number, places: number): number {
  if (places >= 0) {
    const scaled = value * 10 ** places;
    return Number.isFinite(scaled) ? halfAway(scaled) / 10 ** places : value;
  }
  return places < -308 ? 0 : halfAway(value / 10 ** -places) * 10 ** -places;
}

/** Adding a half first would turn 0.49999999999999994 into 1. */
function halfAway(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

function roundLong(value: bigint, places: bigint): bigint {
  if (places >= 0n) return value;
  if (places < -19n) return 0n;
  const unit = 10n ** -places;
  const rest = value % unit;
  const whole = value - rest;
  if ((rest < 0n ? -rest : rest) * 2n < unit) return whole;
  return value < 0n ? whole - unit : whole + unit;
}

function roundDecimal(value: Decimal, places: bigint): Decimal {
  if (places > 6_000n) return value;
  const shift = new Decimal(10).pow(places < -6_000n ? -6_000 : Number(places));
  return places >= 0n
    ? value.toDecimalPlaces(Number(places), Decimal.ROUND_HALF_UP)
    : value.times(shift).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).div(shift);
}

/** C has 1 for these; JavaScript has NaN. */
function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) ? 1 : base ** exponent;
}

function inShape(value: number, most = Number.POSITIVE_INFINITY): boolean {
  return value > 0 && value <= most && value < Number.POSITIVE_INFINITY;
}

type WelchArgs = Parameters<typeof welch>;

function welchParams<const T extends "real" | "decimal">(type: T) {
  return [
    required("mean1", type),
    required("variance1", type),
    required("count1", type),
    required("mean2", type),
    required("variance2", type),
    required("count2", type),
  ] as const;
}

function welch(
  mean1: number,
  variance1: number,
  count1: number,
  mean2: number,
  variance2: number,
  count2: number,
): number {
  const [a, b] = [variance1 / count1, variance2 / count2];
  const t = (mean1 - mean2) / Math.sqrt(a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (count1 - 1) + b ** 2 / (count2 - 1));
  return freedom > 0 && !Number.isNaN(t) ? betas.get().studentTwoSided(t, freedom) : Number.NaN;
}
