import { cellAt } from "../../data/cells.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { ColumnRef, Literal, Plan } from "../../plan/nodes.ts";
import { expressionsIn } from "../ast-nodes.ts";
import { callFunction, isBroken, literal } from "../coerce.ts";
import { NeedsGiven } from "../context.ts";
import { knownOptions } from "../options.ts";
import { bindExpr, bindSteps, bindTable, type Place, shared } from "../place.ts";
import { rowOf, Scope, type Table } from "../scope.ts";
import { unitedTables } from "./union.ts";

const strategies = ["native", "shuffle", "legacy"] as const;
/** As many values as the strategy `legacy`, which is the default, takes. */
const legacyLimit = 64;

/** partition: what the subquery makes of the rows of each value of the key. */
export function bindPartition(operator: op.Partition, input: Table, place: Place): Table | undefined {
  const { context } = place;
  knownOptions(operator.keyword, operator.options, [], place);
  const strategy = operator.keyword === "partition" ? strategyOf(operator, place) : "native";
  if (operator.id) {
    context.report(problem.notSupported(operator.id.span, "an id"));
    return undefined;
  }
  const key = bindExpr(operator.by, { ...place, row: rowOf(input) });
  if (isBroken(key) || strategy === undefined) return undefined;
  if (key.kind !== "Column") {
    context.report(problem.columnExpected(operator.by.span));
    return undefined;
  }
  if (key.type === "dynamic") {
    context.report(problem.dynamicNotAllowed(operator.by.span, "as the key of `partition`"));
    return undefined;
  }
  const { body } = operator;
  if (strategy !== "legacy") {
    if (body.kind === "Steps") return once(operator, body, key, undefined, input, place);
    context.report(problem.notSupported(body.span, `a subquery in braces with \`hint.strategy=${strategy}\``));
    return undefined;
  }
  if (body.kind !== "Steps" || takesKey(body, key.name)) return perValue(operator, key, input, place);
  try {
    return once(operator, body, key, legacyLimit, input, place);
  } catch (thrown) {
    if (!(thrown instanceof NeedsGiven)) throw thrown;
    return perValue(operator, key, input, place);
  }
}

function strategyOf(operator: op.Partition, { context }: Place): (typeof strategies)[number] | undefined {
  const option = operator.options.find(({ name }) => name.name.toLowerCase() === "hint.strategy");
  if (!option) return "legacy";
  const { value } = option;
  const text = value.kind === "Name" ? value.name : value.kind === "Literal" ? value.value : undefined;
  const strategy = strategies.find((one) => one === text);
  if (!strategy) context.report(problem.unknownOptionValue(value.span, "hint.strategy", String(text), strategies));
  return strategy;
}

/** Whether the subquery has `toscalar(Key)`, the value of its partition. */
function takesKey(body: ast.Steps, key: string): boolean {
  for (const node of expressionsIn(body)) {
    const [argument] = node.kind === "Call" && node.name.name === "toscalar" ? node.args : [];
    if (argument?.kind === "Name" && argument.name === key) return true;
  }
  return false;
}

/** The subquery is bound once, over rows that each partition puts in. */
function once(
  operator: op.Partition,
  body: ast.Steps,
  key: ColumnRef,
  limit: number | undefined,
  input: Table,
  place: Place,
): Table | undefined {
  const given = place.context.nextShared();
  const { schema } = input.plan;
  const rows: Table = { plan: { kind: "Given", id: given, schema, origin: operator.span }, serialized: false };
  const table = bindSteps(body.operators, rows, place);
  if (!table) return undefined;
  const plan: Plan = {
    kind: "Partition",
    input: input.plan,
    key,
    given,
    body: table.plan,
    limit,
    schema: table.plan.schema,
    origin: operator.span,
  };
  return { plan, serialized: false };
}

/** The subquery is bound for each value of the key, which it may look at while it is bound. */
function perValue(operator: op.Partition, key: ColumnRef, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const origin = operator.span;
  const source = shared(input.plan, "partition", place);
  const values = context.rowsOf({
    kind: "Aggregate",
    input: source,
    keys: [key],
    aggregates: [],
    schema: [{ name: key.name, type: key.type }],
    origin,
  });
  if (values.length > legacyLimit) {
    context.report(problem.tooManyPartitions(origin, legacyLimit));
    return undefined;
  }
  const equal = scalarFunction("==");
  if (!equal) throw new Error("the function library lacks `==`");
  const tables: Table[] = [];
  // Without a value there are no rows, but columns all the same.
  for (let row = 0; row < Math.max(values.length, 1); row++) {
    const value = literal(key.type, values.length === 0 ? null : cellAt(values.column(0), row), origin);
    if (value.value === null && values.length > 0) {
      context.report(problem.nullPartition(origin));
      return undefined;
    }
    const predicate = callFunction(context, equal, [key, value], origin);
    const part: Plan = { kind: "Filter", input: source, predicate, schema: source.schema, origin };
    const table = bindFor(operator, value, key.name, { plan: part, serialized: false }, place);
    if (!table) return undefined;
    tables.push(table);
  }
  const plan = unitedTables(tables, origin);
  return {
    plan: values.length > 0 ? plan : { kind: "Limit", input: plan, count: 0, schema: plan.schema, origin },
    serialized: false,
  };
}

function bindFor({ body }: op.Partition, value: Literal, key: string, part: Table, place: Place): Table | undefined {
  const scope = new Scope(place.scope);
  scope.set(key, { kind: "scalar", expr: value, row: undefined });
  const inner: Place = { ...place, scope, row: undefined };
  return body.kind === "Steps" ? bindSteps(body.operators, part, inner) : bindTable(body, inner);
}
