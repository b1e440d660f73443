import { columnFromCells, constantColumn } from "../../data/cells.ts";
import { type Column, rowMask } from "../../data/column.ts";
import { type Dynamic, isArray, isBag, isTyped } from "../../data/dynamic.ts";
import { type ScalarType, scalarTypes } from "../../data/types.ts";
import { emptyFlags } from "../choose.ts";
import { boolColumn } from "../column-kernels.ts";
import { family } from "../family.ts";
import { columnar, rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, type Overload, required, type ScalarFunction } from "../signature.ts";

/* What a value is, and whether it is there. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });
const value = required("value", "scalar");
const number = required("number", "real");

export const predicateFunctions: readonly ScalarFunction[] = [
  define("isnull", "True where the value is null; a string never is.", presence(0, "null")),
  define({ name: "isnotnull", aliases: ["notnull"] }, "True where the value is not null.", presence(1, "null")),
  define("isempty", "True where the value is null or an empty string.", presence(0, "empty")),
  define(
    { name: "isnotempty", aliases: ["notempty"] },
    "True where the value is neither null nor an empty string.",
    presence(1, "empty"),
  ),

  define(
    "not",
    "True where the condition is false.",
    columnar([required("expression", "bool")], "bool", ([column]) => {
      const { data, validity, constant: fixed } = column as Extract<Column, { type: "bool" }>;
      return boolColumn(
        data.map((bit) => 1 - bit),
        validity,
        fixed,
      );
    }),
    // A number is the condition that it is not zero.
    rowwise([required("expression", "int")], "bool", (value) => value === 0),
    rowwise([required("expression", "long")], "bool", (value) => value === 0n),
  ),

  define("isnan", "True where the number is not a number (NaN).", rowwise([number], "bool", Number.isNaN)),
  define(
    "isinf",
    "True where the number is infinite, of either sign.",
    rowwise([number], "bool", (x) => Math.abs(x) === Number.POSITIVE_INFINITY),
  ),
  define("isfinite", "True where the number is neither infinite nor NaN.", rowwise([number], "bool", Number.isFinite)),

  define(
    "around",
    "True where the value lies within `delta` of `center`, the ends included.",
    near("long", "long"),
    near("real", "real"),
    rowwise(
      [required("value", "decimal"), required("center", "decimal"), required("delta", "decimal")],
      "bool",
      (x, center, delta) => x.gte(center.minus(delta)) && x.lte(center.plus(delta)),
    ),
    near("datetime", "timespan"),
    near("timespan", "timespan"),
  ),

  define(
    { name: "gettype", resultName: { prefix: "type" } },
    "The name of the value's type; of a dynamic, the type of what it holds.",
    rowwiseTypes(),
    ...scalarTypes.filter((type) => type !== "dynamic").map(typeName),
  ),

  define(
    "assert",
    "True; where the condition is false, the query fails with the message.",
    columnar(
      [constant(required("predicate", "bool")), constant(required("message", "string"))],
      "bool",
      ([condition, message]) => {
        const holds = condition as Extract<Column, { type: "bool" }>;
        if (holds.data[0] === 1 && holds.validity?.[0] !== 0) return constantColumn("bool", true);
        const { codes, dictionary } = (message as Extract<Column, { type: "string" }>).data;
        throw new Refusal(0, `the assertion has failed with the message \`${dictionary.text(codes[0]!)}\``);
      },
    ),
  ),
];

/** isnull and isempty (`there` = 0) and their opposites. */
function presence(there: 0 | 1, absent: "null" | "empty"): Overload {
  return columnar([value], "bool", ([column], call) => {
    const fixed = column!.constant;
    const out = new Uint8Array(fixed ? 1 : call.rows).fill(there);
    markAbsent(column!, absent === "empty", out, 1 - there);
    return boolColumn(out, undefined, fixed);
  });
}

function markAbsent(column: Column, emptyToo: boolean, out: Uint8Array, mark: number): void {
  const mask = rowMask(column);
  if (column.type === "string") {
    if (!emptyToo) return;
    const { codes, dictionary } = column.data;
    const empty = emptyFlags(dictionary);
    for (let i = 0; i < out.length; i++) if (empty[codes[i & mask]!] === 1) out[i] = mark;
  } else if (column.type === "dynamic") {
    const { data } = column;
    for (let i = 0; i < out.length; i++) {
      const item = data[i & mask];
      if (item === null || (emptyToo && item === "")) out[i] = mark;
    }
  } else if (column.validity) {
    const { validity } = column;
    for (let i = 0; i < out.length; i++) if (validity[i & mask] === 0) out[i] = mark;
  }
}

function near(type: "long" | "real" | "datetime" | "timespan", reach: "long" | "real" | "timespan"): Overload {
  // Center and delta have the kind of number that the value has; bigint sums do not overflow.
  const kernel = (x: number, center: number, delta: number) => x >= center - delta && x <= center + delta;
  return rowwise(
    [required("value", type), required("center", type), required("delta", reach)],
    "bool",
    kernel as never,
  );
}

function typeName(type: ScalarType): Overload {
  return columnar([required("value", type)], "string", () => constantColumn("string", type));
}

function rowwiseTypes(): Overload {
  return columnar([required("value", "dynamic")], "string", ([column]) => {
    const { data, constant: fixed } = column as Extract<Column, { type: "dynamic" }>;
    if (fixed) return constantColumn("string", typeOf(data[0]!));
    return columnFromCells("string", data.map(typeOf));
  });
}

/** As Kusto calls them, which is not always as a schema does. */
function typeOf(item: Dynamic): string {
  if (item === null) return "null";
  switch (typeof item) {
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "bigint":
      return "long";
    case "number":
      return Number.isInteger(item) ? "long" : "double";
    default:
  }
  if (isArray(item)) return "array";
  if (isBag(item)) return "dictionary";
  if (!isTyped(item)) return "dictionary";
  return item.typed === "real" ? "double" : item.typed;
}
