import { inDatetimeRange } from "../../data/calendar.ts";
import type { Cell, CellOf, Column } from "../../data/column.ts";
import { parseDatetime } from "../../data/datetime.ts";
import { Decimal } from "../../data/decimal.ts";
import { isTyped } from "../../data/dynamic.ts";
import { leadingGuid } from "../../data/guid.ts";
import { parseInt32, parseLong } from "../../data/integers.ts";
import { parseReal } from "../../data/real.ts";
import { boolOf, fromDynamic, parseDecimal, tostringText } from "../../data/text.ts";
import { parseTimespan, timespanWithUnit } from "../../data/timespan.ts";
import { type ScalarType, scalarTypes } from "../../data/types.ts";
import { longsOfInts, realsOfLongs } from "../../data/words.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise } from "../lift.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";

/*
 * The casts that a query calls by name, which are also the conversions that the binder adds. What cannot be converted
 * is null; a fraction is cut off on the way to an integer; datetime and timespan are their ticks. A long that does not
 * fit an int keeps its lower 32 bits, a real becomes the nearest integer that there is, and a text is null.
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const resultName = "firstArgument";

/** The bounds of long as reals: the upper one is the first real that does not fit. */
const longLimit = 2 ** 63;

export const convertFunctions: readonly ScalarFunction[] = [
  define(
    { name: "tobool", aliases: ["toboolean"], resultName },
    "The value as a bool: numbers and ticks are true unless zero, text is `true`, `false` or an integer.",
    same("bool"),
    cast("int", "bool", (value) => value !== 0),
    cast("long", "bool", (value) => value !== 0n),
    cast("real", "bool", (value) => value !== 0),
    cast("decimal", "bool", (value) => !value.isZero()),
    cast("datetime", "bool", (value) => value !== 0n),
    cast("timespan", "bool", (value) => value !== 0n),
    ...fromText("bool", boolOf),
  ),

  define(
    { name: "toint", resultName },
    "The value as an int, without its fraction; of a long that does not fit, its lower 32 bits.",
    same("int"),
    cast("bool", "int", Number),
    cast("long", "int", intOfLong),
    cast("real", "int", intOfReal),
    cast("decimal", "int", intOfDecimal),
    cast("datetime", "int", intOfLong),
    cast("timespan", "int", intOfLong),
    ...fromText("int", parseInt32, (value) => {
      const real = realInside(value);
      if (real !== undefined) return intOfReal(real);
      const long = fromDynamic(value, "long") as bigint | null; // asked for a long
      return long === null ? null : intOfLong(long);
    }),
  ),

  define(
    { name: "tolong", resultName },
    "The value as a long, without its fraction. Of datetime and timespan, the ticks of 100 ns.",
    same("long"),
    columnar([required("value", "int")], "long", ([column]) => {
      const { data, validity, constant } = column as Extract<Column, { type: "int" }>;
      return { type: "long", data: longsOfInts(data), validity, constant };
    }),
    cast("bool", "long", (value) => (value ? 1n : 0n)),
    cast("real", "long", nearestLong),
    cast("decimal", "long", longOfDecimal),
    relabelled("datetime", "long"),
    relabelled("timespan", "long"),
    ...fromText("long", parseLong, (value) => {
      const real = realInside(value);
      return real === undefined ? fromDynamic(value, "long") : nearestLong(real);
    }),
  ),

  define(
    { name: "toreal", aliases: ["todouble"], resultName },
    "The value as a real. Of datetime and timespan, the ticks of 100 ns.",
    same("real"),
    columnar([required("value", "int")], "real", ([column]) => {
      const { data, validity, constant } = column as Extract<Column, { type: "int" }>;
      return { type: "real", data: Float64Array.from(data), validity, constant };
    }),
    realOf64("long"),
    cast("bool", "real", Number),
    cast("decimal", "real", (value) => value.toNumber()),
    realOf64("datetime"),
    realOf64("timespan"),
    ...fromText("real", parseReal),
  ),

  define(
    { name: "todecimal", resultName },
    "The value as a decimal of at most 34 digits; null for NaN and infinities. Of datetime and timespan, the ticks.",
    same("decimal"),
    cast("bool", "decimal", (value) => new Decimal(value ? 1 : 0)),
    cast("int", "decimal", (value) => new Decimal(value)),
    cast("long", "decimal", (value) => new Decimal(String(value))),
    cast("real", "decimal", (value) => (Number.isFinite(value) ? new Decimal(value) : null)),
    cast("datetime", "decimal", (value) => new Decimal(String(value))),
    cast("timespan", "decimal", (value) => new Decimal(String(value))),
    ...fromText("decimal", parseDecimal),
  ),

  define(
    { name: "todatetime", resultName },
    "The datetime that the text writes, in any of the documented forms; of a number or a timespan, the datetime with those ticks.",
    ...datetimeCasts(),
  ),

  define(
    { name: "totimespan", aliases: ["totime"], resultName },
    "The timespan that the text writes; of a number or a datetime, the timespan with those ticks.",
    ...timespanCasts(),
  ),

  define(
    { name: "toguid", resultName },
    "The guid that the text begins with; null for other text.",
    same("guid"),
    ...fromText("guid", leadingGuid),
  ),

  define(
    { name: "tostring", resultName },
    "The value as text; null as the empty text.",
    same("string"),
    ...scalarTypes.filter((type) => type !== "string").map(textOf),
  ),

  define(
    { name: "dynamic()", docs: "https://learn.microsoft.com/kusto/query/scalar-data-types/dynamic" },
    "The value as it stands inside an array or a bag.",
    same("dynamic"),
    overDynamics([required("value", "scalar")], "dynamic", ([value]) => value!),
  ),
];

/** The overloads of `todatetime`, which `make_datetime` shares. */
export function datetimeCasts(): [Overload, ...Overload[]] {
  const ofLong = (value: bigint | null) => (value === null ? null : inDatetimeRange(value));
  return [
    same("datetime"),
    cast("int", "datetime", (value) => inDatetimeRange(BigInt(value))),
    cast("long", "datetime", ofLong),
    cast("real", "datetime", (value) => ofLong(longOfReal(value))),
    cast("decimal", "datetime", (value) => ofLong(longOfDecimal(value))),
    cast("timespan", "datetime", ofLong),
    ...fromText("datetime", parseDatetime),
  ];
}

/** The overloads of `totimespan`, which `make_timespan` shares. */
export function timespanCasts(): [Overload, ...Overload[]] {
  return [
    same("timespan"),
    cast("int", "timespan", BigInt),
    relabelled("long", "timespan"),
    relabelled("datetime", "timespan"),
    cast("real", "timespan", longOfReal),
    cast("decimal", "timespan", longOfDecimal),
    ...fromText("timespan", (text) => parseTimespan(text) ?? timespanWithUnit(text) ?? null),
  ];
}

function cast<F extends ScalarType, T extends ScalarType>(
  from: F,
  to: T,
  convert: (value: CellOf[F]) => CellOf[T] | null,
): Overload {
  // The parameter has type F, so its cells are CellOf[F]; TypeScript does not resolve that for a generic F.
  return rowwise([required("value", from)], to, convert as never);
}

function same(type: ScalarType): Overload {
  return columnar([required("value", type)], type, ([column]) => column!);
}

/** The three 64-bit types have the same storage. */
function relabelled(from: "long" | "datetime" | "timespan", to: "long" | "timespan"): Overload {
  return columnar([required("value", from)], to, ([column]) => {
    const { data, validity, constant } = column as Extract<Column, { type: "long" }>;
    return { type: to, data, validity, constant };
  });
}

function realOf64(from: "long" | "datetime" | "timespan"): Overload {
  return columnar([required("value", from)], "real", ([column]) => {
    const { data, validity, constant } = column as Extract<Column, { type: "long" }>;
    return { type: "real", data: realsOfLongs(data), validity, constant };
  });
}

/** From text, and from dynamic: a string inside a dynamic is read as any other. */
function fromText<T extends ScalarType>(
  to: T,
  parse: (text: string) => CellOf[T] | null,
  ofOthers = (value: CellOf["dynamic"]): Cell => fromDynamic(value, to),
): [Overload, Overload] {
  const ofDynamic = (value: CellOf["dynamic"]): Cell => (typeof value === "string" ? parse(value) : ofOthers(value));
  return [cast("string", to, parse), cast("dynamic", to, ofDynamic as (value: CellOf["dynamic"]) => CellOf[T] | null)];
}

function textOf(type: ScalarType): Overload {
  return rowwise([required("value", type)], "string", ((value: NonNullable<Cell>) =>
    tostringText(type, value)) as never);
}

/** The number in a dynamic, when it is a real. */
function realInside(value: CellOf["dynamic"]): number | undefined {
  if (isTyped(value) ? value.typed !== "real" : typeof value !== "number" || Number.isInteger(value)) return;
  return Number(isTyped(value) ? value.value : value);
}

function intOfLong(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

function intOfReal(value: number): number | null {
  return !Number.isFinite(value) ? null : Math.max(-0x8000_0000, Math.min(Math.trunc(value), 0x7fff_ffff));
}

function intOfDecimal(value: Decimal): number | null {
  const long = longOfDecimal(value);
  return long === null || long !== BigInt.asIntN(32, long) ? null : Number(long);
}

function nearestLong(value: number): bigint | null {
  if (!Number.isFinite(value)) return null;
  return longOfReal(value) ?? (value < 0 ? -(1n << 63n) : (1n << 63n) - 1n);
}

function longOfReal(value: number): bigint | null {
  return value >= -longLimit && value < longLimit ? BigInt(Math.trunc(value)) : null;
}

function longOfDecimal(value: Decimal): bigint | null {
  const whole = BigInt(value.trunc().toFixed());
  return whole === BigInt.asIntN(64, whole) ? whole : null;
}
