import { type Dynamic, isArray } from "../../../data/dynamic.ts";
import { longOf, realOf } from "../../../data/json.ts";
import { isWhole, numberIn } from "../../algorithms/series/numbers.ts";
import { overDynamics } from "../../dynamic-kernels.ts";
import { family } from "../../family.ts";
import { Refusal } from "../../refusal.ts";
import { type Overload, optional, type Param, required, type ScalarFunction } from "../../signature.ts";
import { series } from "./kernels.ts";

/*
 * Something in the place of missing items. Missing is null, or the number given as placeholder; the other items stay
 * what they are.
 */

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const resultName = "firstArgument";
const placeholder = optional("missing_value_placeholder", "number");

export const seriesFillFunctions: readonly ScalarFunction[] = [
  define(
    { name: "series_fill_const", resultName },
    "The series with a constant in the place of missing items.",
    filling([series, required("constant_value", "number"), placeholder], (items, [, value, missing = null]) =>
      items.map((item) => (isMissing(item, missing) ? value! : item)),
    ),
  ),
  define(
    { name: "series_fill_forward", resultName },
    "The series with the item before it in the place of each missing one; nothing comes before the first.",
    filling([series, placeholder], (items, [, missing = null]) => carried(items, missing)),
  ),
  define(
    { name: "series_fill_backward", resultName },
    "The series with the item behind it in the place of each missing one; nothing comes behind the last.",
    filling([series, placeholder], (items, [, missing = null]) => carried([...items].reverse(), missing).reverse()),
  ),
  define(
    { name: "series_fill_linear", resultName },
    "The series with missing items on straight lines between their neighbours; those at the edges as the nearest item, unless `fill_edges` is false.",
    filling(
      [series, placeholder, optional("fill_edges", "bool"), optional("constant_value", "number")],
      (items, [, missing = null, edges = true, value = realOf(0)]) => {
        if (edges === null) throw new Refusal(2, "it is true or false");
        return interpolated(items, missing, edges === true, value);
      },
    ),
  ),
];

function filling(
  params: readonly Param[],
  fill: (items: readonly Dynamic[], args: readonly (Dynamic | undefined)[]) => readonly Dynamic[],
): Overload {
  return overDynamics(params, "dynamic", (args) => {
    const [items] = args as [Dynamic];
    if (!isArray(items)) return null;
    if (items.some((item) => item !== null && numberIn(item) === undefined)) {
      throw new Refusal(0, "an item of the series is no number");
    }
    return fill(items, args);
  });
}

function isMissing(item: Dynamic, placeholder: Dynamic): boolean {
  if (item === null || placeholder === null) return item === placeholder;
  const [a, b] = [numberIn(item), numberIn(placeholder)];
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** Each missing item as the one before it. */
function carried(items: readonly Dynamic[], placeholder: Dynamic): Dynamic[] {
  const filled: Dynamic[] = [];
  for (const [i, item] of items.entries()) {
    filled.push(i > 0 && isMissing(item, placeholder) ? filled[i - 1]! : item);
  }
  return filled;
}

function interpolated(
  items: readonly Dynamic[],
  placeholder: Dynamic,
  edges: boolean,
  constant: Dynamic,
): readonly Dynamic[] {
  const known = [...items.keys()].filter((i) => !isMissing(items[i]!, placeholder));
  if (known.some((i) => items[i] === null)) {
    throw new Refusal(1, "the series holds nulls beside the placeholder, and no line goes through them");
  }
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return items.map(() => constant);
  const whole = known.every((i) => isWhole(items[i]!));
  const filled = [...items];
  for (let next = 1; next < known.length; next++) {
    const [left, right] = [known[next - 1]!, known[next]!];
    const [from, to] = [numberIn(items[left]!)!, numberIn(items[right]!)!];
    for (let i = left + 1; i < right; i++) {
      const [step, steps] = [i - left, right - left];
      filled[i] = whole
        ? longOf(BigInt(Math.trunc(from + ((to - from) * step) / steps)))
        : realOf(from + (to - from) * (step / steps)); // so the emulator's last digit
    }
  }
  if (!edges) return filled;
  return filled.map((item, i) => (i < first ? items[first]! : i > last ? items[last]! : item));
}
