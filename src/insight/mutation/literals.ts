import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { kqlLiteral } from "../../data/text.ts";
import type * as ast from "../../parser/ast.ts";
import type { Edit } from "./edit.ts";

/** Values beside the one that is written. */
export function literalEdits({ type, value, text, span }: ast.Literal): readonly Edit[] {
  if (value === null) return [];
  switch (type) {
    case "bool":
      return [{ span, replacement: value === true ? "false" : "true", operator: "truth value" }];
    case "int":
    case "long":
    case "real":
      return [1, -1].flatMap((step) => {
        const replacement = text.replace(/-?\d+(?:\.\d+)?(?!\w)/, (digits) => shifted(digits, step));
        return replacement === text ? [] : [{ span, replacement, operator: "number" } as const];
      });
    case "timespan":
      return [2, 0.5].flatMap((factor) => {
        const replacement = text.replace(/\d+(?:\.\d+)?(?=[a-z]+\)?$)/i, (digits) => String(Number(digits) * factor));
        return replacement === text ? [] : [{ span, replacement, operator: "timespan" } as const];
      });
    case "dynamic":
      return shorterLists(value as Dynamic).map((shorter) => ({
        // the literal's type
        span,
        replacement: kqlLiteral("dynamic", shorter),
        operator: "drop list item",
      }));
    default:
      return [];
  }
}

/** Digits of any length, one up or down; a number with a point keeps its places. */
function shifted(digits: string, step: number): string {
  if (!digits.includes(".")) return String(BigInt(digits) + BigInt(step));
  return (Number(digits) + step).toFixed(digits.length - digits.indexOf(".") - 1);
}

/** A list without each of its items. */
function shorterLists(list: Dynamic): readonly Dynamic[] {
  if (!isArray(list) || list.length < 2) return [];
  return list.map((_, dropped) => list.filter((_, i) => i !== dropped));
}
