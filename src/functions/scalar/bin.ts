import { inDatetimeRange } from "../../data/calendar.ts";
import { cellAt, constantColumn } from "../../data/cells.ts";
import type { Cell, Column } from "../../data/column.ts";
import { binStarts } from "../algorithms/word-arithmetic.ts";
import { bothValid } from "../column-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Overload, required, type ScalarFunction } from "../signature.ts";
import { untyped } from "../untyped.ts";

/* Rounding down to a multiple of the bin size: towards -∞, and null for a bin size that is not positive. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const resultName = "firstArgument";

type Counted = "long" | "timespan" | "datetime";

export const binFunctions: readonly ScalarFunction[] = [
  define(
    { name: "bin", aliases: ["floor"], resultName },
    "The start of the bin that holds the value: the nearest multiple of `roundTo` below it.",
    counted("long", "long"),
    counted("datetime", "timespan"),
    counted("timespan", "timespan"),
    realBin(),
    rowwise([required("value", "decimal"), required("roundTo", "decimal")], "decimal", (value, size) =>
      size.isPositive() && !size.isZero() ? value.div(size).floor().times(size) : null,
    ),
    untyped([required("value", "dynamic"), required("roundTo", "scalar")]),
  ),

  define(
    { name: "bin_at", resultName },
    "The start of the bin that holds the value, where bins are laid out so that one starts at `fixed_point`.",
    countedAt("long", "long"),
    countedAt("datetime", "timespan"),
    countedAt("timespan", "timespan"),
    rowwise(
      [required("value", "real"), required("bin_size", "real"), required("fixed_point", "real")],
      "real",
      (value, size, point) => (size > 0 ? point + Math.floor((value - point) / size) * size : null),
    ),
    rowwise(
      [required("value", "decimal"), required("bin_size", "decimal"), required("fixed_point", "decimal")],
      "decimal",
      (value, size, point) =>
        size.isPositive() && !size.isZero() ? point.plus(value.minus(point).div(size).floor().times(size)) : null,
    ),
    untyped([required("value", "dynamic"), required("bin_size", "scalar"), required("fixed_point", "scalar")]),
  ),

  define(
    { name: "bin_auto", resultName },
    "The start of the bin that holds the value; how wide and where the bins are, `set query_bin_auto_size` and `set query_bin_auto_at` say.",
    columnar([required("value", "scalar")], { sameAs: 0 }, () => {
      throw new Refusal(0, "no `set query_bin_auto_size = …` stands before it: set it, or use `bin(value, size)`");
    }),
  ),
];

/** The widest multiple of `size` that is not above `value`; undefined where it leaves the range of 64 bits. */
function floorTo(value: bigint, size: bigint): bigint | null {
  const rest = value % size;
  const start = value - (rest < 0n ? rest + size : rest);
  return start === BigInt.asIntN(64, start) ? start : null;
}

function counted(type: Counted, sizeType: "long" | "timespan"): Overload {
  const params = [required("value", type), required("roundTo", sizeType)] as const;
  // All three types of `type` have bigint cells.
  const each = rowwise(
    params,
    type as "long",
    ((value: bigint, size: bigint) => (size > 0n ? floorTo(value, size) : null)) as never,
  );
  return columnar(params, type, (args, call) => {
    const [values, size] = args as readonly [Extract<Column, { type: Counted }>, Column];
    if (values.constant || !size.constant) return each.eval(args, call);
    const width = cellAt(size, 0) as bigint | null; // the signature says so
    if (width === null || width <= 0n) return constantColumn(type, null);
    const { starts, valid } = binStarts(values.data, width);
    return { type, data: starts, validity: bothValid(values, size, starts.length, valid) };
  });
}

function realBin(): Overload {
  const params = [required("value", "real"), required("roundTo", "real")] as const;
  const each = rowwise(params, "real", (value, size) => (size > 0 ? Math.floor(value / size) * size : null));
  return columnar(params, "real", (args, call) => {
    const [values, size] = args as readonly [Extract<Column, { type: "real" }>, Column];
    if (values.constant || !size.constant) return each.eval(args, call);
    const width = cellAt(size, 0) as number | null; // the signature says so
    if (width === null || !(width > 0)) return constantColumn("real", null);
    return {
      type: "real",
      data: values.data.map((value) => Math.floor(value / width) * width),
      validity: values.validity,
    };
  });
}

function countedAt(type: Counted, sizeType: "long" | "timespan"): Overload {
  const kernel = (value: bigint, size: bigint, point: bigint): Cell => {
    if (size <= 0n) return null;
    const offset = floorTo(value - point, size);
    if (offset === null) return null;
    const start = point + offset;
    if (type === "datetime") return inDatetimeRange(start);
    return start === BigInt.asIntN(64, start) ? start : null;
  };
  const params = [required("value", type), required("bin_size", sizeType), required("fixed_point", type)] as const;
  // All three types of `type` have bigint cells.
  return rowwise(params, type as "long", kernel as never);
}
