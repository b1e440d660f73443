import { Decimal } from "../../data/decimal.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { toDynamic } from "../../data/text.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { type Overload, optional, required, type ScalarFunction } from "../signature.ts";

/* Arrays that grow out of a few scalars. */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

/** Kusto cuts a range off here. */
const maxElements = 1_048_576;
const hour = 36_000_000_000n;

export const generatorFunctions: readonly ScalarFunction[] = [
  define(
    "range",
    "The values `start`, `start` + `step`, … up to `stop`; the step is 1, or an hour where time is counted.",
    integers("long", "long", 1n),
    rowwise([required("start", "real"), required("stop", "real"), optional("step", "real")], "dynamic", reals),
    rowwise(
      [required("start", "decimal"), required("stop", "decimal"), optional("step", "decimal")],
      "dynamic",
      decimals,
    ),
    integers("datetime", "timespan", hour),
    integers("timespan", "timespan", hour),
  ),

  define(
    { name: "repeat", resultName: { prefix: "repeat" } },
    "An array of `count` times the value; null when the count is negative.",
    repeating(),
  ),
];

function repeating(): Overload {
  const repeated = overDynamics(
    [required("value", "scalar"), required("count", "long")],
    "dynamic",
    ([value, count]) => {
      if (count === null || Number(count) < 0) return null;
      if (Number(count) > maxElements) throw new Refusal(1, `an array has at most ${maxElements} elements`);
      return new Array<Dynamic>(Number(count)).fill(value!);
    },
  );
  return {
    ...repeated,
    eval: (args, call) => {
      if (args[0]!.type === "dynamic")
        throw new Refusal(0, "the value is not of type dynamic: say which type it holds");
      return repeated.eval(args, call);
    },
  };
}

/** The element type is that of `start`. */
function integers<T extends "long" | "datetime" | "timespan">(
  type: T,
  step: "long" | "timespan",
  byDefault: bigint,
): Overload {
  const params = [required("start", type), required("stop", type), optional("step", step)] as const;
  const kernel = (start: bigint, stop: bigint, by: bigint = byDefault): Dynamic => {
    if (by === 0n) return null;
    const items: Dynamic[] = [];
    for (let value = start; by > 0n ? value <= stop : value >= stop; value += by) {
      if (items.length === maxElements) break;
      items.push(toDynamic(type, value));
    }
    return items;
  };
  // The three types of T all have bigint cells.
  return rowwise(params, "dynamic", kernel as never);
}

function reals(start: number, stop: number, by: number | undefined = 1): Dynamic {
  if (!(by > 0 || by < 0)) return null;
  const items: Dynamic[] = [];
  for (let i = 0; i < maxElements; i++) {
    const value = start + i * by;
    if (!(by > 0 ? value <= stop : value >= stop)) break;
    items.push(toDynamic("real", value));
  }
  return items;
}

function decimals(start: Decimal, stop: Decimal, by: Decimal = new Decimal(1)): Dynamic {
  const items: Dynamic[] = [];
  if (by.isZero()) return null;
  for (let value = start; by.isPositive() ? value.lte(stop) : value.gte(stop); value = value.plus(by)) {
    if (items.length === maxElements) break;
    items.push(toDynamic("decimal", value));
  }
  return items;
}
