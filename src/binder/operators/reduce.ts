import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as op from "../../parser/ast-operators.ts";
import { isBroken } from "../coerce.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindExpr, type Place, refused } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";

const groups: readonly Field[] = [
  { name: "Pattern", type: "string" },
  { name: "Count", type: "long" },
  { name: "Representative", type: "string" },
];

/** reduce: its columns are known, its rows are not. */
export function bindReduce(operator: op.Reduce, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const options = knownOptions("reduce", operator.options, ["kind"], place);
  const kind = options.has("kind") ? wordOption(options, "kind", ["source"], "source", place) : undefined;
  const settings = knownOptions("reduce", operator.settings, ["threshold", "characters"], place);
  for (const [name, { value, option }] of settings) {
    const expected = name === "threshold" ? "number" : "string";
    if (typeof value !== expected && !(expected === "number" && typeof value === "bigint")) {
      context.report(problem.wrongType(option.value.span, name === "threshold" ? "real" : "string", "another"));
    }
  }
  const named = operator.by.kind === "Named" ? operator.by.value : operator.by;
  const by = bindExpr(named, { ...place, row: rowOf(input) });
  if (isBroken(by)) return undefined;
  if (by.type !== "string") {
    context.report(problem.wrongType(named.span, "string", by.type, "`tostring(…)` makes it a text"));
    return undefined;
  }
  const help =
    "its documentation names a paper that it is largely based on, and not where it differs: its answer cannot be reproduced";
  const schema = [...(kind === "source" ? input.plan.schema : []), ...groups];
  return { plan: refused("the operator `reduce`", operator.span, schema, help), serialized: false };
}
