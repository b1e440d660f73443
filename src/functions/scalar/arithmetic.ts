import { columnOf } from "../../data/cells.ts";
import { type Column, rowMask } from "../../data/column.ts";
import { Decimal } from "../../data/decimal.ts";
import { type Dynamic, isTyped } from "../../data/dynamic.ts";
import { longOf, realOf } from "../../data/json.ts";
import { realsOfLongs } from "../../data/words.ts";
import {
  addWords,
  data64,
  divideWords,
  type IntegerLoop,
  moduloWords,
  multiplyWords,
  subtractWords,
  withinDatetimes,
} from "../algorithms/word-arithmetic.ts";
import { bothValid } from "../column-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise } from "../lift.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

/*
 * int and long calculate as long, wrapping at 64 bits; a decimal beside them is exact; division of integers drops the
 * fraction, and by zero it is null. https://learn.microsoft.com/kusto/query/numerical-operators
 */

const docs = "https://learn.microsoft.com/kusto/query/numerical-operators";
const timeDocs = "https://learn.microsoft.com/kusto/query/datetime-timespan-arithmetic";
const define = family({ docs });

type Long = "long" | "timespan" | "datetime";

/** Columns of 64-bit integers by a loop over their words. A datetime beyond the years 1 to 9999 is null. */
function integers(left: Long, right: Long, returns: Long, loop: IntegerLoop): Overload {
  return columnar([required("left", left), required("right", right)], returns, ([a, b], call) => {
    if (!a || !b) throw new Error("an operator has two sides");
    const constant = a.constant === true && b.constant === true;
    const out = new BigInt64Array(constant ? 1 : call.rows);
    const undefinedRows = loop(a, b, out);
    const validity = bothValid(a, b, out.length, undefinedRows);
    const within = returns === "datetime" ? withinDatetimes(out, validity) : validity;
    return { ...columnOf(call.returns as "long", out, within), constant };
  });
}

const alike = (type: Long, loop: IntegerLoop) => integers(type, type, type, loop);

const data = (column: Column) => column.data as Float64Array; // the signature says so

function realModulo(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest >= 0 ? rest : rest + Math.abs(divisor);
}

function reals(loop: (a: Column, b: Column, out: Float64Array) => void): Overload {
  return columnar([required("left", "real"), required("right", "real")], "real", ([a, b], call) => {
    if (!a || !b) throw new Error("an operator has two sides");
    const constant = a.constant === true && b.constant === true;
    const out = new Float64Array(constant ? 1 : call.rows);
    loop(a, b, out);
    return { ...columnOf("real", out, bothValid(a, b, out.length)), constant };
  });
}

const addReals = reals((a, b, out) => {
  const [x, y, m, n] = [data(a), data(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! + y[i & n]!;
});
const subtractReals = reals((a, b, out) => {
  const [x, y, m, n] = [data(a), data(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! - y[i & n]!;
});
const multiplyReals = reals((a, b, out) => {
  const [x, y, m, n] = [data(a), data(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! * y[i & n]!;
});
const divideReals = reals((a, b, out) => {
  const [x, y, m, n] = [data(a), data(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = x[i & m]! / y[i & n]!;
});

/** How many spans of the right side are in the left one. */
function quotients(dividend: "timespan" | "datetime"): Overload {
  return columnar([left(dividend), right("timespan")], "real", ([a, b], call) => {
    if (!a || !b) throw new Error("an operator has two sides");
    const constant = a.constant === true && b.constant === true;
    const out = new Float64Array(constant ? 1 : call.rows);
    const [x, y, m, n] = [realsOfLongs(data64(a)), realsOfLongs(data64(b)), rowMask(a), rowMask(b)];
    for (let i = 0; i < out.length; i++) out[i] = x[i & m]! / y[i & n]!;
    return { ...columnOf("real", out, bothValid(a, b, out.length)), constant };
  });
}

const left = <T extends "decimal" | "real" | "datetime" | "timespan" | "long">(type: T) => required("left", type);
const right = <T extends "decimal" | "real" | "datetime" | "timespan" | "long">(type: T) => required("right", type);

function decimals(kernel: (a: Decimal, b: Decimal) => Decimal | null): Overload {
  return rowwise([left("decimal"), right("decimal")], "decimal", (a, b) => {
    const result = kernel(a, b);
    return result?.isFinite() ? result : null;
  });
}

/** A long as bigint, a real as number. */
function numberOf(value: Dynamic): bigint | number | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (!isTyped(value)) return undefined;
  if (value.typed === "real") return value.value;
  return value.typed === "int" ? BigInt(value.value) : undefined;
}

const wrapped = (value: bigint) => BigInt.asIntN(64, value);

/** A span times or divided by a real; null when it leaves the range. */
function scaled(ticks: number): bigint | null {
  return Number.isFinite(ticks) && Math.abs(ticks) < 2 ** 63 ? BigInt(Math.trunc(ticks)) : null;
}

function wholeTicks(ticks: Decimal): bigint | null {
  const whole = BigInt(ticks.trunc().toFixed());
  return whole === BigInt.asIntN(64, whole) ? whole : null;
}

const spanTimesReal = (span: bigint, factor: number) => scaled(Number(span) * factor);

export const arithmeticFunctions: readonly ScalarFunction[] = [
  define(
    { name: "+", docs },
    "The sum; a datetime and a timespan give a datetime.",
    alike("long", addWords),
    addReals,
    decimals((a, b) => a.plus(b)),
    alike("timespan", addWords),
    integers("datetime", "timespan", "datetime", addWords),
    integers("timespan", "datetime", "datetime", addWords),
  ),

  define(
    { name: "-", docs },
    "The difference; of two datetimes a timespan.",
    alike("long", subtractWords),
    subtractReals,
    decimals((a, b) => a.minus(b)),
    alike("timespan", subtractWords),
    integers("datetime", "datetime", "timespan", subtractWords),
    integers("datetime", "timespan", "datetime", subtractWords),
  ),

  define(
    { name: "*", docs },
    "The product; a timespan can be multiplied by a number.",
    alike("long", multiplyWords),
    multiplyReals,
    decimals((a, b) => a.times(b)),
    integers("timespan", "long", "timespan", multiplyWords),
    integers("long", "timespan", "timespan", multiplyWords),
    rowwise([left("timespan"), right("real")], "timespan", spanTimesReal),
    rowwise([left("real"), right("timespan")], "timespan", (factor, span) => spanTimesReal(span, factor)),
    rowwise([left("timespan"), right("decimal")], "timespan", (span, factor) => wholeTicks(factor.times(`${span}`))),
    rowwise([left("decimal"), right("timespan")], "timespan", (factor, span) => wholeTicks(factor.times(`${span}`))),
  ),

  define(
    { name: "/", docs },
    "The quotient: of integers without its fraction, of timespans a real.",
    alike("long", divideWords),
    divideReals,
    decimals((a, b) => (b.isZero() ? null : a.div(b))),
    quotients("timespan"),
    integers("timespan", "long", "timespan", divideWords),
    rowwise([left("timespan"), right("real")], "timespan", (span, by) => scaled(Number(span) / by)),
    rowwise([left("timespan"), right("decimal")], "timespan", (span, by) =>
      by.isZero() ? null : wholeTicks(new Decimal(`${span}`).div(by)),
    ),
    quotients("datetime"),
  ),

  define(
    { name: "%", docs },
    "The remainder, which is never negative.",
    alike("long", moduloWords),
    rowwise([left("real"), right("real")], "real", realModulo),
    decimals((a, b) =>
      b.isZero() ? null : a.mod(b).isNegative() && !a.mod(b).isZero() ? a.mod(b).plus(b.abs()) : a.mod(b),
    ),
    alike("timespan", moduloWords),
    integers("datetime", "timespan", "timespan", moduloWords),
  ),

  define(
    { name: "negate", docs: timeDocs },
    "The value with the other sign.",
    rowwise([required("value", "long")], "long", (value) => wrapped(-value)),
    columnar([required("value", "real")], "real", ([column]) => {
      const { data, validity, constant } = column as Extract<Column, { type: "real" }>;
      // Of a column the engine takes the value from 0, so 0 has no sign; that a constant has one, `tostring` shows.
      return { type: "real", data: data.map((value) => (constant ? -value : 0 - value)), validity, constant };
    }),
    rowwise([required("value", "decimal")], "decimal", (value) => value.negated()),
    rowwise([required("value", "timespan")], "timespan", (value) => wrapped(-value)),
    rowwise([required("value", "dynamic")], "dynamic", (value) => {
      const number = numberOf(value);
      if (number === undefined) return null;
      return typeof number === "bigint" ? longOf(wrapped(-number)) : realOf(-number);
    }),
  ),
];
