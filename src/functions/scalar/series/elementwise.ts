import type { Cell } from "../../../data/column.ts";
import { type Dynamic, isArray, isTyped } from "../../../data/dynamic.ts";
import { longOf, realOf } from "../../../data/json.ts";
import { exponential, naturalLog } from "../../algorithms/exponential.ts";
import { isWhole, numberIn } from "../../algorithms/series/numbers.ts";
import { overDynamics } from "../../dynamic-kernels.ts";
import { family } from "../../family.ts";
import { Refusal } from "../../refusal.ts";
import { type Overload, required, type ScalarFunction } from "../../signature.ts";
import { series } from "./kernels.ts";

/*
 * Functions that compute each item of the result from the items at the same place. An item that is no number, or has no
 * partner, gives null. A number beside an array stands for each of its items.
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const seriesElementwiseFunctions: readonly ScalarFunction[] = [
  define(
    "series_add",
    "The sums of the items of two series.",
    ...arithmetic(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ),
  define(
    "series_subtract",
    "The differences between the items of two series.",
    ...arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ),
  define(
    "series_multiply",
    "The products of the items of two series.",
    ...arithmetic(
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ),
  define(
    "series_divide",
    "The quotients of the items of two series, as reals: a division by zero gives an infinity or NaN.",
    ...overReals((a, b) => a / b),
  ),
  define("series_pow", "The items of one series to the power of those of another, as reals.", ...overReals(power)),

  define("series_equals", "Whether the items of two series are equal.", ...comparison((a, b) => a === b)),
  define("series_not_equals", "Whether the items of two series differ.", ...comparison((a, b) => a !== b)),
  define(
    "series_greater",
    "Whether the items of one series are above those of another.",
    ...comparison((a, b) => a > b),
  ),
  define(
    "series_greater_equals",
    "Whether the items of one series are not below those of another.",
    ...comparison((a, b) => a >= b),
  ),
  define("series_less", "Whether the items of one series are below those of another.", ...comparison((a, b) => a < b)),
  define(
    "series_less_equals",
    "Whether the items of one series are not above those of another.",
    ...comparison((a, b) => a <= b),
  ),

  define("series_abs", "The items without their signs.", keepingType(Math.abs)),
  define("series_sign", "1, 0 or -1 as each item is positive, zero or negative.", keepingType(Math.sign)),
  define("series_ceiling", "For each item the least whole number that is not below it.", keepingType(Math.ceil)),
  define("series_floor", "For each item the greatest whole number that is not above it.", keepingType(Math.floor)),
  define("series_exp", "e to the power of each item.", ofReals(exponential)),
  define(
    "series_log",
    "The natural logarithm of each item.",
    ofReals((x) => inDomain(naturalLog(x), x)),
  ),
  define("series_sin", "The sine of each item, an angle in radians.", ofReals(Math.sin)),
  define("series_cos", "The cosine of each item, an angle in radians.", ofReals(Math.cos)),
  define("series_tan", "The tangent of each item, an angle in radians.", ofReals(Math.tan)),
  define(
    "series_asin",
    "The angle whose sine is the item.",
    ofReals((x) => inDomain(Math.asin(x), x)),
  ),
  define(
    "series_acos",
    "The angle whose cosine is the item.",
    ofReals((x) => inDomain(Math.acos(x), x)),
  ),
  define("series_atan", "The angle whose tangent is the item.", ofReals(Math.atan)),
];

/** The engine's scalar functions give null here, its arithmetic NaN; what its series do is not known. */
function inDomain(result: number, x: number): number {
  if (!Number.isNaN(result) || Number.isNaN(x)) return result;
  throw new Refusal(0, `the function has no value at ${x}`);
}

/** As IEEE 754 has it: 1 to any power is 1. */
function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) ? 1 : base ** exponent;
}

// ------------------------------------------------------------ one series

function unary(compute: (items: readonly Dynamic[]) => readonly Dynamic[]): Overload {
  return overDynamics([series], "dynamic", ([items]) => (isArray(items!) ? compute(items) : null));
}

/** Longs give longs; as soon as there is a real in the series, all are reals. */
function keepingType(compute: (x: number) => number): Overload {
  return unary((items) => {
    const whole = items.every((item) => isWhole(item) || numberIn(item) === undefined);
    return items.map((item) => {
      // Whole numbers beyond 2^53 are their own floor; a sign is all that changes.
      if (typeof item === "bigint") return wholeOf(item, compute, whole);
      const x = numberIn(item);
      return x === undefined ? null : whole ? compute(x) + 0 : realOf(compute(x));
    });
  });
}

function wholeOf(item: bigint, compute: (x: number) => number, whole: boolean): Dynamic {
  if (!whole) return realOf(compute(Number(item)));
  const result = compute(Number(item));
  if (Math.abs(result) <= 1) return result;
  return longOf(BigInt.asIntN(64, result < 0 === item < 0n ? item : -item));
}

function ofReals(compute: (x: number) => number): Overload {
  return unary((items) =>
    items.map((item) => {
      const x = numberIn(item);
      return x === undefined ? null : realOf(compute(x));
    }),
  );
}

// ------------------------------------------------------------ two series

type Item = number | bigint;

/** Numbers of all kinds; of points in time and spans the ticks. */
function itemOf(value: Dynamic): Item | undefined {
  if (typeof value === "bigint") return value;
  if (isTyped(value) && (value.typed === "datetime" || value.typed === "timespan")) return value.value;
  return numberIn(value);
}

function binary(compute: (a: Item, b: Item, whole: boolean) => Dynamic): [Overload, Overload, Overload] {
  const kernel = (args: readonly Dynamic[]): Cell => {
    const [left, right] = [side(args, 0), side(args, 1)];
    if (!left || !right) return null;
    const length = Math.max(left.length ?? 0, right.length ?? 0);
    const whole = left.whole && right.whole;
    return Array.from({ length }, (_, i) => {
      const a = left.at(i);
      const b = right.at(i);
      return a === undefined || b === undefined ? null : compute(a, b, whole);
    });
  };
  const [first, second] = [required("series1", "dynamic"), required("series2", "dynamic")];
  const array = (args: readonly Dynamic[], i: number): readonly Dynamic[] => {
    if (itemOf(args[i]!) === undefined) return args;
    throw new Refusal(i, "this dynamic value is a number and no array: convert it, for example with `toreal(…)`");
  };
  return [
    overDynamics([first, second], "dynamic", (args) => kernel(array(array(args, 0), 1))),
    overDynamics([first, required("series2", "number")], "dynamic", (args) => kernel(array(args, 0))),
    overDynamics([required("series1", "number"), second], "dynamic", (args) => kernel(array(args, 1))),
  ];
}

interface Side {
  readonly length?: number | undefined;
  /** It holds no real. */
  readonly whole: boolean;
  readonly at: (i: number) => Item | undefined;
}

/** An array, or a number that repeats; undefined for what is neither. */
function side(args: readonly Dynamic[], index: number): Side | undefined {
  const value = args[index]!;
  if (!isArray(value)) {
    const item = itemOf(value);
    return item === undefined ? undefined : { whole: isWholeItem(value), at: () => item };
  }
  const items = value.map(itemOf);
  return {
    length: items.length,
    whole: value.every((item, i) => items[i] === undefined || isWholeItem(item)),
    at: (i) => items[i],
  };
}

function isWholeItem(value: Dynamic): boolean {
  return isWhole(value) || (isTyped(value) && (value.typed === "datetime" || value.typed === "timespan"));
}

/** Longs stay longs, and wrap around as the engine's do. */
function arithmetic(
  ofNumbers: (a: number, b: number) => number,
  ofLongs: (a: bigint, b: bigint) => bigint,
): [Overload, Overload, Overload] {
  return binary((a, b, whole) => {
    const result = ofNumbers(Number(a), Number(b));
    if (!whole) return realOf(result);
    const exact = typeof a === "number" && typeof b === "number" && Number.isSafeInteger(result);
    return exact ? result + 0 : longOf(BigInt.asIntN(64, ofLongs(BigInt(a), BigInt(b))));
  });
}

function overReals(compute: (a: number, b: number) => number): [Overload, Overload, Overload] {
  return binary((a, b) => realOf(compute(Number(a), Number(b))));
}

function comparison(holds: (a: Item, b: Item) => boolean): [Overload, Overload, Overload] {
  // JavaScript compares a bigint with a number exactly, but never calls them equal by ===.
  return binary((a, b) => (typeof a === typeof b ? holds(a, b) : holds(mixed(a, b), 0)));
}

/** -1, 0 or 1 as a number and a bigint compare; NaN where they do not. */
function mixed(a: Item, b: Item): number {
  return a < b ? -1 : a > b ? 1 : Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : 0;
}
