import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Plan, UnnestItem } from "../../plan/nodes.ts";
import { isBroken } from "../coerce.ts";
import { columnName } from "../column-names.ts";
import { uniqueName } from "../names.ts";
import { knownOptions, wordOption } from "../options.ts";
import { bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { bindCount } from "./sort.ts";

/** Rows that `mvexpand` makes of one when it says no limit. */
const legacyLimit = 128;

export function bindMvExpand(operator: op.MvExpand, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const options = knownOptions("mv-expand", operator.options, ["kind", "bagexpansion", "with_itemindex"], place);
  const spelling = options.has("kind") ? "kind" : "bagexpansion";
  const bagExpansion = wordOption(options, spelling, ["bag", "array"] as const, "bag", place);
  const fields: Field[] = [...input.plan.schema];
  const items: UnnestItem[] = [];
  const unnamed = { count: 0 };
  for (const { column, to } of operator.columns) {
    const value = column.kind === "Named" ? column.value : column;
    const expr = bindExpr(value, { ...place, row: rowOf(input) });
    if (isBroken(expr)) return undefined;
    if (expr.type !== "dynamic") {
      context.report(problem.wrongType(value.span, "dynamic", expr.type, "mv-expand takes arrays and bags"));
      return undefined;
    }
    if (to && to.type === undefined) {
      context.report(problem.notSupported(to.span, "`to typeof` of several columns"));
      return undefined;
    }
    const { name } = columnName(column, unnamed, expr);
    const existing = fields.findIndex((field) => field.name === name);
    const output = existing < 0 ? fields.length : existing;
    fields[output] = { name, type: to?.type ?? "dynamic" };
    items.push({ expr, output });
  }
  const unsaid = operator.legacy ? legacyLimit : undefined;
  const rowLimit = operator.limit ? bindCount(operator.limit, place, "the limit of `mv-expand`") : unsaid;
  const indexName = options.get("with_itemindex")?.value;
  let itemIndex: number | undefined;
  if (typeof indexName === "string") {
    itemIndex = fields.length;
    fields.push({ name: uniqueName(indexName, new Set(fields.map((field) => field.name))), type: "long" });
  }
  const { plan } = input;
  const unnest: Plan = {
    kind: "Unnest",
    input: plan,
    items,
    itemIndex,
    rowLimit,
    bagExpansion,
    schema: fields,
    origin: operator.span,
  };
  return { plan: unnest, serialized: input.serialized };
}
