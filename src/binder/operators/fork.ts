import type { Field } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { aggregateFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Plan } from "../../plan/nodes.ts";
import { isBroken } from "../coerce.ts";
import { bindExpr, bindSteps, type Place, shared } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";

/** Operators that may not stand in the subqueries of `fork`. */
const refused: Readonly<Partial<Record<string, string>>> = {
  Join: "join",
  Lookup: "lookup",
  Union: "union",
  Evaluate: "evaluate",
  Serialize: "serialize",
  Getschema: "getschema",
  Render: "render",
  Search: "search",
  Partition: "partition",
  Fork: "fork",
  Facet: "facet",
  Scan: "scan",
  MakeSeries: "make-series",
  MvApply: "mv-apply",
  Consume: "consume",
};

/** The tables that `fork` gives: what each subquery makes of the input. */
export function bindFork(operator: op.Fork, input: Table, place: Place): readonly (Table | undefined)[] {
  const rows: Table = { ...input, plan: shared(input.plan, "fork", place) };
  return operator.legs.map(({ steps }) => {
    return allowed(steps, "in a subquery of `fork`", place) ? bindSteps(steps.operators, rows, place) : undefined;
  });
}

/** The tables that `facet` gives: what its subquery makes of the input, then the values of each column with their counts. */
export function bindFacet(operator: op.Facet, input: Table, place: Place): readonly (Table | undefined)[] {
  const rows: Table = { ...input, plan: shared(input.plan, "facet", place) };
  const { steps } = operator;
  const single = steps?.operators.length === 1;
  const own = steps && (!single || allowed(steps, "here", place)) ? [bindSteps(steps.operators, rows, place)] : [];
  return [...own, ...operator.by.map((column) => counted(column, operator, rows, place))];
}

function allowed({ operators }: ast.Steps, where: string, { context }: Place): boolean {
  const wrong = operators.find((operator) => refused[operator.kind] !== undefined);
  if (wrong) context.report(problem.notHere(wrong.span, refused[wrong.kind] ?? "", where));
  return wrong === undefined;
}

function counted(column: ast.Name, { span: origin }: op.Facet, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const key = bindExpr(column, { ...place, row: rowOf(input) });
  if (isBroken(key)) return undefined;
  if (key.kind !== "Column" || key.type === "dynamic") {
    context.report(
      key.kind === "Column"
        ? problem.dynamicNotAllowed(column.span, "in `facet`")
        : problem.columnExpected(column.span),
    );
    return undefined;
  }
  const fn = aggregateFunction("count");
  const [overload] = fn?.overloads ?? [];
  if (!fn || !overload) throw new Error("the function library lacks `count`");
  const schema: readonly Field[] = [
    { name: key.name, type: key.type },
    { name: `count_${key.name}`, type: "long" },
  ];
  const plan: Plan = {
    kind: "Aggregate",
    input: input.plan,
    keys: [key],
    aggregates: [{ fn, overload, args: [], outputs: ["long"] }],
    schema,
    origin,
  };
  return { plan, serialized: false };
}
