import type { Field } from "../../data/types.ts";
import { isNumeric } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import * as patterns from "../../diagnostics/catalogue/patterns.ts";
import { aggregateFunction, scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { AggregateCallExpr, Expr, Plan } from "../../plan/nodes.ts";
import { callFunction, coerce, isBroken } from "../coerce.ts";
import { impliedName } from "../column-names.ts";
import { matchOverload } from "../overloads.ts";
import { bindExpr, type Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { columnRef, projection } from "./project.ts";
import { bindCount } from "./sort.ts";

/** Every row draws a number; the lowest win. */
export function bindSample(operator: op.Sample, input: Table, place: Place): Table | undefined {
  const count = bindCount(operator.count, place, "the number of rows of `sample`");
  const rand = scalarFunction("rand");
  if (!rand) throw new Error("the function library lacks `rand`");
  if (count === undefined) return undefined;
  const expr = callFunction(place.context, rand, [], operator.span);
  const keys = [{ expr, descending: false, nullsFirst: false }];
  const { schema } = input.plan;
  const plan: Plan = { kind: "Sort", input: input.plan, keys, limit: count, schema, origin: operator.span };
  return { plan, serialized: false };
}

/** Kusto promises no fair choice: the values that come first are taken, and no more rows are read. */
export function bindSampleDistinct(operator: op.SampleDistinct, input: Table, place: Place): Table | undefined {
  const count = bindCount(operator.count, place, "the number of values of `sample-distinct`");
  const column = bindColumn(operator.of, "in `sample-distinct`", input, place);
  if (count === undefined || !column) return undefined;
  const { schema } = input.plan;
  const origin = operator.span;
  const first: Plan = { kind: "FirstPerKey", input: input.plan, keys: [column], schema, origin };
  const limited: Plan = { kind: "Limit", input: first, count, schema, origin };
  const field: Field = { name: column.name, type: column.type };
  return projection({ plan: limited, serialized: false }, [column], [field], origin);
}

/** The counts, or the sums, are exact here: Kusto calls them approximate. */
export function bindTopHitters(operator: op.TopHitters, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const count = bindCount(operator.count, place, "the number of values of `top-hitters`");
  const column = bindColumn(operator.of, "in `top-hitters`", input, place);
  const weight = operator.by && bindExpr(operator.by, { ...place, row: rowOf(input) });
  if (count === undefined || !column || (weight && isBroken(weight))) return undefined;
  if (weight && !isNumeric(weight.type)) {
    context.report(patterns.numberExpected(weight.span, weight.type));
    return undefined;
  }
  const origin = operator.span;
  const call = aggregateCall(weight ? "sum" : "count", weight ? [weight] : []);
  const [total = "long"] = call.outputs;
  const name = operator.by
    ? `approximate_sum_${impliedName(operator.by) ?? ""}`
    : `approximate_count_${impliedName(operator.of) ?? ""}`;
  const grouped: readonly Field[] = [
    { name: column.name, type: column.type },
    { name, type: total },
  ];
  const groups: Plan = {
    kind: "Aggregate",
    input: input.plan,
    keys: [column],
    aggregates: [call],
    schema: grouped,
    origin,
  };
  const keys = [{ expr: columnRef(grouped, 1, origin), descending: true, nullsFirst: false }];
  const plan: Plan = { kind: "Sort", input: groups, keys, limit: count, schema: grouped, origin };
  const type = weight?.type ?? total;
  const outputs = [columnRef(grouped, 0, origin), coerce(context, columnRef(grouped, 1, origin), type)];
  return projection(
    { plan, serialized: true },
    outputs,
    [
      { name: column.name, type: column.type },
      { name, type },
    ],
    origin,
  );
}

function bindColumn(of: ast.Expr, where: string, input: Table, place: Place) {
  if (of.kind !== "Name") {
    place.context.report(problem.columnExpected(of.span));
    return undefined;
  }
  const column = bindExpr(of, { ...place, row: rowOf(input) });
  if (isBroken(column)) return undefined;
  if (column.kind !== "Column") {
    place.context.report(problem.columnExpected(of.span));
    return undefined;
  }
  if (column.type !== "dynamic") return column;
  place.context.report(problem.dynamicNotAllowed(of.span, where));
  return undefined;
}

function aggregateCall(name: string, args: readonly Expr[]): AggregateCallExpr {
  const fn = aggregateFunction(name);
  const match =
    fn &&
    matchOverload(
      fn.overloads,
      args.map((arg) => arg.type),
    );
  if (!fn || !match) throw new Error(`the function library lacks \`${name}\``);
  return { fn, overload: match.overload, args, outputs: [match.type] };
}
