import type { Field, Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/binding.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../../parser/ast.ts";
import type * as op from "../../parser/ast-operators.ts";
import type { ColumnRef, Expr, Plan } from "../../plan/nodes.ts";
import { someCall } from "../../plan/walk.ts";
import type { Context } from "../context.ts";
import { OutputColumns, uniqueName } from "../names.ts";
import type { Place } from "../place.ts";
import { rowOf, type Table } from "../scope.ts";
import { bindOutputs } from "./outputs.ts";

/** The full list of output columns over `input`. */
export function projection(input: Table, outputs: readonly Expr[], schema: Schema, origin: Span): Table {
  const whole = outputs.some((output) => someCall(output, (call) => call.fn.volatility === "window"));
  const plan: Plan = { kind: "Project", input: input.plan, outputs, whole, schema, origin };
  return { plan, serialized: input.serialized };
}

/** Column `index` of the schema as an expression. */
export function columnRef(schema: Schema, index: number, span: Span): ColumnRef {
  const field = schema[index];
  if (!field) throw new Error(`the schema has no column ${index}`);
  return { kind: "Column", index, name: field.name, type: field.type, span };
}

export function bindProject(operator: op.Project, input: Table, place: Place): Table {
  const row = rowOf(input);
  const columns = new OutputColumns(place.context);
  const unnamed = { count: 0 };
  for (const entry of operator.columns) {
    for (const { expr, column, span } of bindOutputs(entry, { ...place, row }, unnamed))
      columns.add(expr, column, span);
  }
  return projection(input, columns.outputs, columns.schema, operator.span);
}

/** extend and serialize: a name that exists is replaced in place, any other is appended. */
export function bindExtend(columns: readonly ast.Expr[], origin: Span, input: Table, place: Place): Table {
  const { schema } = input.plan;
  const row = rowOf(input);
  const fields: Field[] = [...schema];
  const outputs: Expr[] = schema.map((_, index) => columnRef(schema, index, origin));
  const declared = new Set<string>();
  const unnamed = { count: 0, taken: new Set(schema.map((field) => field.name)) };
  for (const entry of columns) {
    const results = bindOutputs(entry, { ...place, row }, unnamed);
    // Of a function with several results, extend adds those that have a name, where the query gives any; project all.
    const wanted = entry.kind === "Named" ? results.slice(0, entry.names.length) : results;
    for (const { expr, column, span } of wanted) {
      if (column.declared && declared.has(column.name)) {
        place.context.report(problem.duplicateColumn(span, column.name));
        continue;
      }
      if (column.declared) declared.add(column.name);
      const { name } = column;
      const existing = column.fresh ? -1 : fields.findIndex((field) => field.name === name);
      const position = existing < 0 ? fields.length : existing;
      const taken = new Set(fields.map((field) => field.name));
      fields[position] = { name: column.fresh ? uniqueName(name, taken) : name, type: expr.type };
      outputs[position] = expr;
    }
  }
  return projection(input, outputs, fields, origin);
}

/** project-away drops the named columns, project-keep all others; both keep the order of the input. */
export function bindProjectAway(operator: op.ProjectAway | op.ProjectKeep, input: Table, place: Place): Table {
  const { schema } = input.plan;
  // The service drops what there is: a detection clears away `*_s` and `*1` whether its tables have any or not.
  const idle = operator.kind === "ProjectAway";
  const named = new Set(operator.columns.flatMap((column) => matchingColumns(column, schema, place, idle)));
  const kept = schema
    .map((_, index) => index)
    .filter((index) => named.has(index) === (operator.kind === "ProjectKeep"));
  return picked(kept, input, operator.span);
}

function picked(indices: readonly number[], input: Table, origin: Span): Table {
  const { schema } = input.plan;
  const refs = indices.map((index) => columnRef(schema, index, origin));
  return projection(
    input,
    refs,
    refs.map(({ name, type }) => ({ name, type })),
    origin,
  );
}

/** The positions that a name or a wildcard stands for; an error where there is none, unless a wildcard may be idle. */
function matchingColumns(column: ast.Expr, schema: Schema, { context }: Place, idle = false): readonly number[] {
  switch (column.kind) {
    case "Star":
      return schema.map((_, index) => index);
    case "Wildcard": {
      const matches = wildcard(column.pattern);
      const found = schema.flatMap((field, index) => (matches(field.name) ? [index] : []));
      if (found.length === 0 && !idle) context.report(problem.unknownName(column.span, column.pattern, undefined));
      return found;
    }
    case "Name": {
      const index = schema.findIndex((field) => field.name === column.name);
      if (index >= 0) return [index];
      context.report(
        problem.unknownName(
          column.span,
          column.name,
          closest(
            column.name,
            schema.map((field) => field.name),
          ),
        ),
      );
      return [];
    }
    default:
      context.report(problem.columnExpected(column.span));
      return [];
  }
}

/** A test for names against a pattern with `*`; case-sensitive, linear. */
export function wildcard(pattern: string): (name: string) => boolean {
  const [head = "", ...rest] = pattern.split("*");
  const tail = rest.pop() ?? "";
  return (name) => {
    if (name.length < head.length + tail.length || !name.startsWith(head) || !name.endsWith(tail)) return false;
    let at = head.length;
    for (const part of rest) {
      const found = name.indexOf(part, at);
      if (found < 0 || found + part.length > name.length - tail.length) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** A name that the table has is taken, even where the same operator renames the column that has it. */
export function bindProjectRename(operator: op.ProjectRename, input: Table, place: Place): Table {
  const { context } = place;
  const { schema } = input.plan;
  const fields = [...schema];
  const taken = new Set(schema.map((field) => field.name));
  const renamed = new Set<number>();
  for (const column of operator.columns) {
    const [name] = column.kind === "Named" ? column.names : [];
    if (column.kind !== "Named" || !name || column.value.kind !== "Name") {
      context.report(problem.columnExpected(column.span));
      continue;
    }
    const [index] = matchingColumns(column.value, schema, place);
    const field = index === undefined ? undefined : schema[index];
    if (index === undefined || !field) continue;
    if (taken.has(name.name)) context.report(problem.duplicateColumn(column.span, name.name));
    else if (renamed.has(index)) context.report(problem.notSupported(column.span, "two new names of one column"));
    taken.add(name.name);
    renamed.add(index);
    fields[index] = { name: name.name, type: field.type };
  }
  return projection(
    input,
    schema.map((_, index) => columnRef(schema, index, operator.span)),
    fields,
    operator.span,
  );
}

/** The named columns come first, in the order given; a wildcard keeps the input's order, or sorts by name. */
export function bindProjectReorder(operator: op.ProjectReorder, input: Table, place: Place): Table {
  const { schema } = input.plan;
  const nameOf = (index: number) => schema[index]?.name ?? "";
  const claimed = new Map<number, number>();
  const groups = operator.columns.map(({ column }) => [...matchingColumns(column, schema, place)]);
  // A column goes to the plain name that claims it, else to the first wildcard, `*` last.
  const weight = (column: ast.Expr) => (column.kind === "Name" ? 0 : column.kind === "Wildcard" ? 1 : 2);
  for (const level of [0, 1, 2]) {
    for (const [group, { column }] of operator.columns.entries()) {
      if (weight(column) !== level) continue;
      for (const index of groups[group] ?? []) if (!claimed.has(index)) claimed.set(index, group);
    }
  }
  const order: number[] = [];
  for (const [group, { order: direction }] of operator.columns.entries()) {
    const members = (groups[group] ?? []).filter((index) => claimed.get(index) === group);
    if (direction) members.sort((a, b) => compareNames(nameOf(a), nameOf(b), direction));
    order.push(...members);
  }
  order.push(...schema.map((_, index) => index).filter((index) => !claimed.has(index)));
  return picked(order, input, operator.span);
}

/** Without regard to case; granny: digits compare as numbers, so `a2` stands before `a10`. */
function compareNames(one: string, other: string, direction: "asc" | "desc" | "granny-asc" | "granny-desc"): number {
  // Upper case: `_` stands behind the letters, not before them.
  const a = one.toUpperCase();
  const b = other.toUpperCase();
  const sign = direction.endsWith("desc") ? -1 : 1;
  if (!direction.startsWith("granny")) return sign * (a < b ? -1 : a > b ? 1 : 0);
  const parts = (name: string) => name.split(/(\d+)/);
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const x = left[i] ?? "";
    const y = right[i] ?? "";
    if (x === y) continue;
    const difference = i % 2 === 1 ? Number(x) - Number(y) : 0;
    return sign * (difference || (x < y ? -1 : 1));
  }
  return 0;
}

/** Whether the table has these columns; reports what is missing. */
export function hasColumns(
  context: Context,
  { plan: { schema } }: Table,
  columns: readonly ast.ColumnDeclaration[],
  span: Span,
): boolean {
  let complete = true;
  for (const { name, type } of columns) {
    const field = schema.find((one) => one.name === name.name);
    if (field?.type === type) continue;
    complete = false;
    const names = schema.map((one) => one.name);
    context.report(
      field
        ? problem.wrongType(span, `${type} for column \`${name.name}\``, field.type)
        : problem.unknownName(span, name.name, closest(name.name, names)),
    );
  }
  return complete;
}
