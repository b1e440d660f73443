import type { Column } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import type { ScalarFunction } from "../../functions/signature.ts";
import type { Call, Expr } from "../../plan/nodes.ts";

/**
 * A call that looks at its arguments while the query runs, and gives the column that `look` makes of them. To the
 * optimizer it is as good as `rand()`: it is left where it stands, and runs once for each row that comes by.
 */
export function observer(
  args: readonly Expr[],
  like: Expr,
  look: (args: readonly Column[], call: Parameters<Call["overload"]["eval"]>[1]) => Column,
): Call {
  return { kind: "Call", fn: observed, overload: { ...signature, eval: look }, args, type: like.type, span: like.span };
}

const signature = { params: [], returns: "bool" satisfies ScalarType } as const;

const observed: ScalarFunction = {
  kind: "scalar",
  name: "observed",
  aliases: [],
  summary: "Looks at rows as they come by.",
  docs: "",
  volatility: "row",
  resultName: "none",
  overloads: [{ ...signature, eval: ([column]) => column! }],
};
