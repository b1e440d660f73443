import type { Field, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { Expr, Literal, Plan, SequenceStep } from "../../plan/nodes.ts";
import { expressionsIn } from "../ast-nodes.ts";
import { coerce, isBroken } from "../coerce.ts";
import { knownOptions } from "../options.ts";
import { commonType } from "../overloads.ts";
import { bindConstant, bindExpr, bindPredicate, type Place } from "../place.ts";
import { type Row, type RowPart, rowOf, Scope, type Table } from "../scope.ts";
import { bindKey } from "./sort.ts";
import { missing } from "./union.ts";

const outputs = ["all", "last", "none"] as const;

/** scan: the rows that take a step of a sequence, with the columns that the steps fill. */
export function bindScan(operator: op.Scan, input: Table, place: Place): Table | undefined {
  const { context } = place;
  const origin = operator.span;
  const options = knownOptions("scan", operator.options, ["with_match_id"], place);
  const id = options.get("with_match_id")?.value;
  const sorted = operator.order.length === 0 ? input : ordered(operator, input, place);
  if (!sorted) return undefined;
  if (!sorted.serialized) {
    context.report(problem.notSerialized(origin, "scan"));
    return undefined;
  }
  const partition = bindPartitionKeys(operator, sorted, place);
  if (!partition) return undefined;
  if (partition.length > 0 && id !== undefined) {
    const help = "number the matches of each partition with `partition by … (scan …)`";
    context.report(problem.notSupported(origin, "`with_match_id` beside `partition by`", help));
    return undefined;
  }
  const declared = bindDeclared(operator, sorted, place);
  if (!declared) return undefined;
  const own: Schema = [...sorted.plan.schema, ...declared.fields];
  const schema: Schema = typeof id === "string" ? [...own, { name: id, type: "long" }] : own;
  const double = schema.find((field, index) => schema.findIndex((other) => other.name === field.name) < index);
  if (double) {
    context.report(problem.duplicateColumn(origin, double.name));
    return undefined;
  }
  const steps = bindSteps(operator, own, declared, sorted, place);
  if (!steps) return undefined;
  const plan: Plan = {
    kind: "Sequences",
    input: sorted.plan,
    partition,
    declared: declared.defaults,
    steps,
    numbered: typeof id === "string",
    schema,
    origin,
  };
  // When the last row of a run comes out, beside those of other sequences, is not documented.
  return { plan, serialized: partition.length === 0 && steps.every((step) => step.output !== "last") };
}

function ordered(operator: op.Scan, input: Table, place: Place): Table | undefined {
  const keys = operator.order.map((by) => bindKey(by, input, place));
  const known = keys.filter((key) => key !== undefined);
  if (known.length < keys.length) return undefined;
  const { schema } = input.plan;
  return {
    plan: { kind: "Sort", input: input.plan, keys: known, schema, origin: operator.span },
    serialized: true,
  };
}

function bindPartitionKeys(operator: op.Scan, input: Table, place: Place): readonly Expr[] | undefined {
  const keys = operator.partition.map((key) => bindExpr(key, { ...place, row: rowOf(input) }));
  if (keys.some(isBroken)) return undefined;
  const dynamic = keys.findIndex((key) => key.type === "dynamic");
  if (dynamic < 0) return keys;
  place.context.report(
    problem.dynamicNotAllowed(operator.partition[dynamic]?.span ?? operator.span, "in `partition by`"),
  );
  return undefined;
}

interface Declared {
  readonly fields: readonly Field[];
  readonly defaults: readonly Literal[];
}

function bindDeclared(operator: op.Scan, input: Table, place: Place): Declared | undefined {
  const { context } = place;
  const fields: Field[] = [];
  const defaults: Literal[] = [];
  for (const { name, type, default: fallback, span } of operator.declared) {
    const known = [...input.plan.schema, ...fields].some((field) => field.name === name.name);
    if (known) {
      context.report(problem.duplicateColumn(name.span, name.name));
      return undefined;
    }
    const given = fallback ? bindConstant(fallback, place, "a default") : missing(type, span);
    if (!given) return undefined;
    const fits = commonType([given.type, type]) !== undefined;
    const value = fits ? coerce(context, given, type) : given;
    if (!fits || value.kind !== "Literal") {
      context.report(problem.wrongType(given.span, type, given.type));
      return undefined;
    }
    if (isBroken(value)) return undefined;
    fields.push({ name: name.name, type });
    defaults.push(value);
  }
  return { fields, defaults };
}

function bindSteps(
  operator: op.Scan,
  own: Schema,
  declared: Declared,
  input: Table,
  place: Place,
): readonly SequenceStep[] | undefined {
  const { context } = place;
  const { schema } = input.plan;
  const parts = new Map<string, RowPart>();
  const steps: SequenceStep[] = [];
  if (operator.steps.length === 0) {
    context.report(problem.badArgument(operator.span, "scan", "it has no steps"));
    return undefined;
  }
  for (const [at, step] of operator.steps.entries()) {
    const name = step.name.name;
    if (parts.has(name) || own.some((field) => field.name === name)) {
      context.report(problem.duplicateColumn(step.name.span, name));
      return undefined;
    }
    if (step.optional) {
      context.report(problem.notSupported(step.span, "`optional` in a step of `scan`", "it is not documented"));
      return undefined;
    }
    // A step sees itself and the steps before it: what they took last.
    parts.set(name, { schema: own, start: schema.length + at * own.length });
    const row: Row = { schema, serialized: false, parts: new Map(parts) };
    const bound = bindStep(step, declared, operator.steps.length === 1, { ...place, row });
    if (!bound) return undefined;
    steps.push(bound);
  }
  return steps;
}

/** `alone`: the scan has no other step. */
function bindStep(
  step: op.ScanStep,
  { fields, defaults }: Declared,
  alone: boolean,
  place: Place,
): SequenceStep | undefined {
  const { context } = place;
  const output = step.output ? outputs.find((word) => word === step.output?.name) : "all";
  if (output === undefined) {
    const { name, span } = step.output ?? step.name;
    context.report(problem.unknownOptionValue(span, "output", name, outputs));
    return undefined;
  }
  // In what the only step assigns, the engine takes a column that it has not assigned yet as its default: seen there alone.
  const asDefault = (name: string, at: number) =>
    alone && at >= 0 && !step.assignments.slice(0, at).some(({ column }) => column.name === name);
  for (const [i, expr] of [step.condition, ...step.assignments.map(({ value }) => value)].entries()) {
    for (const node of expressionsIn(expr)) {
      if (node.kind !== "Name" || !fields.some((field) => field.name === node.name)) continue;
      if (asDefault(node.name, i - 1)) continue;
      const help = `\`${step.name.name}.${node.name}\` is what the step took last`;
      context.report(problem.notSupported(node.span, "a declared column without its step", help));
      return undefined;
    }
  }
  const condition = bindPredicate(step.condition, place);
  const assignments: (Expr | undefined)[] = fields.map(() => undefined);
  let failed = isBroken(condition);
  const scope = new Scope(place.scope);
  for (const [i, expr] of defaults.entries()) {
    const field = fields[i];
    if (field) scope.set(field.name, { kind: "scalar", expr, row: undefined });
  }
  for (const { column, value } of step.assignments) {
    const index = fields.findIndex((field) => field.name === column.name);
    const field = fields[index];
    const bound = bindExpr(value, { ...place, scope });
    if (isBroken(bound)) failed = true;
    else if (!field) {
      context.report(problem.badArgument(column.span, "scan", `\`${column.name}\` is not among the declared columns`));
      failed = true;
    } else if (assignments[index]) {
      context.report(problem.duplicateColumn(column.span, column.name));
      failed = true;
    } else if (bound.type !== field.type && commonType([bound.type, field.type]) !== field.type) {
      context.report(problem.wrongType(value.span, field.type, bound.type));
      failed = true;
    } else {
      assignments[index] = coerce(context, bound, field.type);
    }
  }
  return failed ? undefined : { condition, assignments, output };
}
