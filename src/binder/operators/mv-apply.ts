import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Apply, Given } from "../../plan/nodes.ts";
import { isBroken } from "../coerce.ts";
import { columnName } from "../column-names.ts";
import { uniqueName } from "../names.ts";
import { knownOptions } from "../options.ts";
import { bindExpr, bindSteps, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { bindCount } from "./sort.ts";

type Item = Field & Apply["items"][number];

/** The subquery sees the columns of the row and the items; its result stands beside the row that it comes from. */
export function bindMvApply(operator: op.MvApply, input: Table, place: Place): Table | undefined {
  const { schema } = input.plan;
  const options = knownOptions("mv-apply", operator.options, ["with_itemindex"], place);
  if (operator.id) place.context.report(problem.notSupported(operator.id.span, "an id in `mv-apply`"));
  const items = bindItems(operator, input, place);
  const rowLimit = operator.limit ? bindCount(operator.limit, place, "the limit of `mv-apply`") : undefined;
  if (!items || (operator.limit && rowLimit === undefined)) return undefined;
  const indexOption = options.get("with_itemindex")?.value;
  const taken = new Set([...schema, ...items].map((field) => field.name));
  const indexName = typeof indexOption === "string" ? uniqueName(indexOption, taken) : undefined;
  const kept = schema.flatMap((field, index) => (items.some((item) => item.name === field.name) ? [] : [index]));
  const given: Given = {
    kind: "Given",
    id: place.context.nextShared(),
    schema: [
      ...kept.flatMap((index) => schema[index] ?? []),
      ...items.map(({ name, type }) => ({ name, type })),
      ...(indexName === undefined ? [] : [{ name: indexName, type: "long" } as const]),
    ],
    origin: operator.span,
  };
  const body = bindSteps(operator.steps.operators, { plan: given, serialized: input.serialized }, place);
  if (!body) return undefined;
  const { fields, outputs } = beside(operator, input, body);
  const plan: Apply = {
    kind: "Apply",
    input: input.plan,
    kept,
    items: items.map(({ expr, type }) => ({ expr, type })),
    indexed: indexName !== undefined,
    rowLimit,
    given: given.id,
    body: body.plan,
    outputs,
    schema: fields,
    origin: operator.span,
  };
  return { plan, serialized: false };
}

function bindItems(operator: op.MvApply, input: Table, place: Place): readonly Item[] | undefined {
  const { context } = place;
  const items: Item[] = [];
  const unnamed = { count: 0 };
  for (const { column, to } of operator.columns) {
    const value = column.kind === "Named" ? column.value : column;
    const expr = bindExpr(value, { ...place, row: rowOf(input) });
    if (isBroken(expr)) return undefined;
    if (expr.type !== "dynamic") {
      context.report(problem.wrongType(value.span, "dynamic", expr.type, "mv-apply takes arrays and bags"));
      return undefined;
    }
    if (to && to.type === undefined) {
      context.report(problem.notSupported(to.span, "`to typeof` of several columns"));
      return undefined;
    }
    const { name } = columnName(column, unnamed, expr);
    if (items.some((item) => item.name === name)) {
      context.report(problem.duplicateColumn(column.span, name));
      return undefined;
    }
    items.push({ name, expr, type: to?.type ?? "dynamic" });
  }
  return items;
}

/**
 * The columns of the row, but for arrays that are expanded under their own name; where the subquery has a column of the
 * same name, that one. Then what else the subquery has.
 */
function beside(operator: op.MvApply, input: Table, body: Table) {
  const expanded = new Set(operator.columns.flatMap(({ column }) => (column.kind === "Name" ? [column.name] : [])));
  const fields: Field[] = [];
  const outputs: Apply["outputs"][number][] = [];
  for (const [index, field] of input.plan.schema.entries()) {
    if (expanded.has(field.name)) continue;
    fields.push(field);
    outputs.push({ from: "input", index });
  }
  for (const [index, field] of body.plan.schema.entries()) {
    const existing = fields.findIndex((other) => other.name === field.name);
    const place = existing < 0 ? fields.length : existing;
    fields[place] = field;
    outputs[place] = { from: "body", index };
  }
  return { fields, outputs };
}
