import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Literal, TopLevel } from "../../plan/nodes.ts";
import { coerce, isBroken } from "../coerce.ts";
import { impliedName } from "../column-names.ts";
import { uniqueName } from "../names.ts";
import { commonType } from "../overloads.ts";
import { bindConstant, bindExpr, type Place } from "../place.ts";
import { type Aggregation, rowOf, type Table } from "../scope.ts";
import { bindCount } from "./sort.ts";

/** top-nested: two columns per level, its value and the aggregate by which the best are chosen. */
export function bindTopNested(operator: op.TopNested, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const schema: Field[] = [];
  const levels: TopLevel[] = [];
  const taken = new Set<string>();
  const nameFor = (name: string) => {
    const unique = uniqueName(name, taken);
    taken.add(unique);
    return unique;
  };
  for (const level of operator.levels) {
    const bound = bindLevel(level, input, place);
    if (!bound) return undefined;
    const of = nameOf(level.of);
    if (of === undefined) {
      context.report(problem.badArgument(level.of.span, "top-nested", "this needs a name: `name = …`"));
      return undefined;
    }
    const name = nameFor(of);
    const by = level.by.expression;
    schema.push({ name, type: bound.key.type });
    schema.push({
      name: nameFor(by.kind === "Named" ? (by.names[0]?.name ?? "") : `aggregated_${name}`),
      type: bound.value.type,
    });
    levels.push(bound);
  }
  return {
    plan: { kind: "TopNested", input: input.plan, levels, schema, origin: operator.span },
    serialized: false,
  };
}

function nameOf(column: ast.Expr): string | undefined {
  return column.kind === "Named" ? column.names[0]?.name : impliedName(column);
}

function bindLevel(level: op.TopLevel, input: Table, place: Place): TopLevel | undefined {
  const { context } = place;
  const row = rowOf(input);
  const limit = level.count && bindCount(level.count, place, "the number of values of `top-nested`");
  const key = bindExpr(level.of.kind === "Named" ? level.of.value : level.of, { ...place, row });
  const others = level.others && bindConstant(level.others, place, "the value for all others");
  const aggregation: Aggregation = { input: row, keyCount: 0, calls: [], spans: [] };
  const by = level.by.expression;
  const value = bindExpr(by.kind === "Named" ? by.value : by, {
    ...place,
    row: { schema: [], serialized: false, aggregation },
  });
  if (isBroken(key) || isBroken(value)) return undefined;
  if ((level.count && limit === undefined) || (level.others && !others)) return undefined;
  for (const [expr, ast, where] of [
    [key, level.of, "as a value of `top-nested`"],
    [value, by, "as what `top-nested` compares"],
  ] as const) {
    if (expr.type !== "dynamic") continue;
    context.report(problem.dynamicNotAllowed(ast.span, where));
    return undefined;
  }
  const descending = level.by.order !== "asc";
  const named = others && asKey(others, key.type, place);
  if (others && !named) return undefined;
  return {
    key,
    calls: aggregation.calls,
    value,
    descending,
    nullsFirst: level.by.nulls === undefined ? !descending : level.by.nulls === "first",
    limit,
    others: named,
  };
}

/** The name of all others stands in the column of the values, and has their type. */
function asKey(others: Literal, type: Literal["type"], { context }: Place): Literal | undefined {
  const coerced = commonType([others.type, type]) === undefined ? undefined : coerce(context, others, type);
  if (coerced?.kind === "Literal" && !isBroken(coerced)) return coerced;
  context.report(problem.wrongType(others.span, type, others.type));
  return undefined;
}
