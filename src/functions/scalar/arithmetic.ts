import { inDatetimeRange } from "../../data/calendar.ts";
import { columnOf } from "../../data/cells.ts";
import { type Column, rowMask } from "../../data/column.ts";
import type { Decimal } from "../../data/decimal.ts";
import { type Dynamic, isTyped } from "../../data/dynamic.ts";
import { longOf, realOf } from "../../data/json.ts";
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

type Ticks = "long" | "timespan";

/** A loop over 64-bit integers: written out per operator, since a shared one that calls a kernel costs 20 times as much. */
function integers(type: Ticks, loop: (a: Column, b: Column, out: BigInt64Array) => Uint8Array | undefined): Overload {
  return columnar([required("left", type), required("right", type)], type, (args, call) => {
    const [a, b] = args;
    if (!a || !b) throw new Error("an operator has two sides");
    const constant = a.constant === true && b.constant === true;
    const out = new BigInt64Array(constant ? 1 : call.rows);
    const undefinedRows = loop(a, b, out);
    const validity = bothValid(a, b, out.length, undefinedRows);
    return { ...columnOf(call.returns as "long", out, validity), constant };
  });
}

const data64 = (column: Column) => column.data as BigInt64Array; // the signature says so
const data = (column: Column) => column.data as Float64Array; // the signature says so

function addLoop(a: Column, b: Column, out: BigInt64Array): undefined {
  const [x, y, m, n] = [data64(a), data64(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = BigInt.asIntN(64, x[i & m]! + y[i & n]!);
}

function subtractLoop(a: Column, b: Column, out: BigInt64Array): undefined {
  const [x, y, m, n] = [data64(a), data64(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = BigInt.asIntN(64, x[i & m]! - y[i & n]!);
}

function multiplyLoop(a: Column, b: Column, out: BigInt64Array): undefined {
  const [x, y, m, n] = [data64(a), data64(b), rowMask(a), rowMask(b)];
  for (let i = 0; i < out.length; i++) out[i] = BigInt.asIntN(64, x[i & m]! * y[i & n]!);
}

/** Rows with a divisor of zero are marked 0 in the result. */
function divideLoop(a: Column, b: Column, out: BigInt64Array): Uint8Array | undefined {
  const [x, y, m, n] = [data64(a), data64(b), rowMask(a), rowMask(b)];
  let valid: Uint8Array | undefined;
  for (let i = 0; i < out.length; i++) {
    const divisor = y[i & n]!;
    if (divisor !== 0n) out[i] = BigInt.asIntN(64, x[i & m]! / divisor);
    else {
      valid ??= new Uint8Array(out.length).fill(1);
      valid[i] = 0;
    }
  }
  return valid;
}

function moduloLoop(a: Column, b: Column, out: BigInt64Array): Uint8Array | undefined {
  const [x, y, m, n] = [data64(a), data64(b), rowMask(a), rowMask(b)];
  let valid: Uint8Array | undefined;
  for (let i = 0; i < out.length; i++) {
    const divisor = y[i & n]!;
    if (divisor !== 0n) out[i] = modulo(x[i & m]!, divisor);
    else {
      valid ??= new Uint8Array(out.length).fill(1);
      valid[i] = 0;
    }
  }
  return valid;
}

/** Never negative: 0 ≤ result < |divisor|. */
function modulo(value: bigint, divisor: bigint): bigint {
  const rest = value % divisor;
  return rest >= 0n ? rest : divisor < 0n ? rest - divisor : rest + divisor;
}

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

const left = <T extends "decimal" | "real" | "datetime" | "timespan" | "dynamic" | "long">(type: T) =>
  required("left", type);
const right = <T extends "decimal" | "real" | "datetime" | "timespan" | "dynamic" | "long">(type: T) =>
  required("right", type);

function decimals(kernel: (a: Decimal, b: Decimal) => Decimal | null): Overload {
  return rowwise([left("decimal"), right("decimal")], "decimal", (a, b) => {
    const result = kernel(a, b);
    return result?.isFinite() ? result : null;
  });
}

/** Both sides out of a bag or array: numbers calculate as their own types would; what is no number has no result. */
function dynamics(
  onLongs: (a: bigint, b: bigint) => bigint | null,
  onReals: (a: number, b: number) => number,
): Overload {
  return rowwise([left("dynamic"), right("dynamic")], "dynamic", (a, b) => {
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === undefined || y === undefined) return null;
    if (typeof x === "bigint" && typeof y === "bigint") {
      const result = onLongs(x, y);
      return result === null ? null : longOf(BigInt.asIntN(64, result));
    }
    return realOf(onReals(Number(x), Number(y)));
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

const spanTimesReal = (span: bigint, factor: number) => scaled(Number(span) * factor);

export const arithmeticFunctions: readonly ScalarFunction[] = [
  define(
    { name: "+", docs },
    "The sum; a datetime and a timespan give a datetime.",
    integers("long", addLoop),
    addReals,
    decimals((a, b) => a.plus(b)),
    integers("timespan", addLoop),
    rowwise([left("datetime"), right("timespan")], "datetime", (time, span) => inDatetimeRange(time + span)),
    rowwise([left("timespan"), right("datetime")], "datetime", (span, time) => inDatetimeRange(time + span)),
    dynamics(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
  ),

  define(
    { name: "-", docs },
    "The difference; of two datetimes a timespan.",
    integers("long", subtractLoop),
    subtractReals,
    decimals((a, b) => a.minus(b)),
    integers("timespan", subtractLoop),
    rowwise([left("datetime"), right("datetime")], "timespan", (a, b) => a - b),
    rowwise([left("datetime"), right("timespan")], "datetime", (time, span) => inDatetimeRange(time - span)),
    dynamics(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ),

  define(
    { name: "*", docs },
    "The product; a timespan can be multiplied by a number.",
    integers("long", multiplyLoop),
    multiplyReals,
    decimals((a, b) => a.times(b)),
    rowwise([left("timespan"), right("long")], "timespan", (span, factor) => wrapped(span * factor)),
    rowwise([left("long"), right("timespan")], "timespan", (factor, span) => wrapped(span * factor)),
    rowwise([left("timespan"), right("real")], "timespan", spanTimesReal),
    rowwise([left("real"), right("timespan")], "timespan", (factor, span) => spanTimesReal(span, factor)),
    dynamics(
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ),

  define(
    { name: "/", docs },
    "The quotient: of integers without its fraction, of timespans a real.",
    integers("long", divideLoop),
    divideReals,
    decimals((a, b) => (b.isZero() ? null : a.div(b))),
    rowwise([left("timespan"), right("timespan")], "real", (a, b) => Number(a) / Number(b)),
    rowwise([left("timespan"), right("long")], "timespan", (span, by) => (by === 0n ? null : span / by)),
    rowwise([left("timespan"), right("real")], "timespan", (span, by) => scaled(Number(span) / by)),
    rowwise([left("datetime"), right("timespan")], "real", (time, span) => Number(time) / Number(span)),
    dynamics(
      (a, b) => (b === 0n ? null : a / b),
      (a, b) => a / b,
    ),
  ),

  define(
    { name: "%", docs },
    "The remainder, which is never negative.",
    integers("long", moduloLoop),
    rowwise([left("real"), right("real")], "real", realModulo),
    decimals((a, b) =>
      b.isZero() ? null : a.mod(b).isNegative() && !a.mod(b).isZero() ? a.mod(b).plus(b.abs()) : a.mod(b),
    ),
    integers("timespan", moduloLoop),
    rowwise([left("datetime"), right("timespan")], "timespan", (time, span) =>
      span === 0n ? null : modulo(time, span),
    ),
    dynamics((a, b) => (b === 0n ? null : modulo(a, b)), realModulo),
  ),

  define(
    { name: "negate", docs: timeDocs },
    "The value with the other sign.",
    rowwise([required("value", "long")], "long", (value) => wrapped(-value)),
    rowwise([required("value", "real")], "real", (value) => -value),
    rowwise([required("value", "decimal")], "decimal", (value) => value.negated()),
    rowwise([required("value", "timespan")], "timespan", (value) => wrapped(-value)),
    rowwise([required("value", "dynamic")], "dynamic", (value) => {
      const number = numberOf(value);
      if (number === undefined) return null;
      return typeof number === "bigint" ? longOf(wrapped(-number)) : realOf(-number);
    }),
  ),
];
