import { batchOf } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import type { Field, Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/binding.ts";
import { KqlError, type Span } from "../diagnostics/diagnostic.ts";
import type * as ast from "../parser/ast.ts";
import type { Range, Values } from "../plan/nodes.ts";
import { coerce, isBroken } from "./coerce.ts";
import { OutputColumns } from "./names.ts";
import { bindOutputs } from "./operators/outputs.ts";
import { knownOptions } from "./options.ts";
import { commonType } from "./overloads.ts";
import { bindConstant, type Place, refused } from "./place.ts";
import type { Table } from "./scope.ts";

export function bindPrint(expr: ast.Print, place: Place): Table | undefined {
  const row = { schema: [], serialized: true };
  const columns = new OutputColumns(place.context);
  for (const [index, entry] of expr.columns.entries()) {
    // What the query does not name is numbered by its place, whatever name it would have elsewhere.
    const outputs = bindOutputs(entry, { ...place, row }, { count: 0 });
    // Of a call with several results, `print` shows those that have a name in the query, or all when none has.
    const shown = entry.kind === "Named" ? outputs.slice(0, entry.names.length) : outputs;
    for (const { expr: value, column, span } of shown) {
      const unnamed = entry.kind !== "Named" && outputs.length === 1;
      columns.add(value, unnamed ? { name: `print_${index}`, declared: false } : column, span);
    }
  }
  const one: Values = { kind: "Values", rows: batchOf([], [], 1), schema: [], origin: expr.span };
  const { schema, outputs } = columns;
  return { plan: { kind: "Project", input: one, outputs, whole: false, schema, origin: expr.span }, serialized: true };
}

export function bindRange(expr: ast.RangeSource, place: Place): Table | undefined {
  const { context } = place;
  const from = bindConstant(expr.from, place, "the start of `range`");
  const to = bindConstant(expr.to, place, "the end of `range`");
  const step = bindConstant(expr.step, place, "the step of `range`");
  if (!from || !to || !step) return undefined;
  const temporal = from.type === "datetime" || from.type === "timespan";
  const type = temporal ? from.type : commonType([from.type, to.type, step.type]);
  if (type === undefined || (!temporal && !["int", "long", "real", "decimal"].includes(type))) {
    context.report(problem.operatorNotDefined(expr.span, "range", [from.type, to.type, step.type]));
    return undefined;
  }
  if (temporal && (to.type !== type || step.type !== "timespan")) {
    context.report(problem.operatorNotDefined(expr.span, "range", [from.type, to.type, step.type]));
    return undefined;
  }
  const bounds = [
    coerce(context, from, type),
    coerce(context, to, type),
    temporal ? step : coerce(context, step, type),
  ];
  const [first, last, by] = bounds;
  if (first?.kind !== "Literal" || last?.kind !== "Literal" || by?.kind !== "Literal") return undefined;
  const schema: Schema = [{ name: expr.name.name, type }];
  const plan: Range = { kind: "Range", from: first, to: last, step: by, schema, origin: expr.span };
  return { plan, serialized: true };
}

export function bindDatatable(expr: ast.Datatable, place: Place): Table | undefined {
  const { context } = place;
  knownOptions("datatable", expr.options, [], place);
  const schema = declaredSchema(expr.columns, place);
  if (!schema) return undefined;
  if (schema.length === 0 || expr.values.length % schema.length !== 0) {
    context.report(problem.datatableShape(expr.span, schema.length, expr.values.length));
    return undefined;
  }
  const cells: Cell[][] = schema.map(() => []);
  let failed = false;
  for (const [i, value] of expr.values.entries()) {
    const bound = bindConstant(value, place, "a value of `datatable`");
    const field = schema[i % schema.length];
    const coerced = bound && field ? coerce(context, bound, field.type) : undefined;
    if (coerced?.kind !== "Literal" || isBroken(coerced)) failed = true;
    else cells[i % schema.length]?.push(coerced.value === 0 ? 0 : coerced.value); // -0 loses its sign
  }
  if (failed) return undefined;
  const columns = schema.map((field, i) => columnFromCells(field.type, cells[i] ?? []));
  const rows = batchOf(schema, columns, expr.values.length / schema.length);
  return { plan: { kind: "Values", rows, schema, origin: expr.span }, serialized: false };
}

export function declaredSchema(columns: readonly ast.ColumnDeclaration[], place: Place): Schema | undefined {
  const schema: Field[] = [];
  for (const { name, type } of columns) {
    if (schema.some((field) => field.name === name.name)) {
      place.context.report(problem.duplicateColumn(name.span, name.name));
      return undefined;
    }
    schema.push({ name: name.name, type });
  }
  return schema;
}

export function bindExternal(expr: ast.ExternalData, place: Place): Table | undefined {
  const { context } = place;
  const columns = declaredSchema(expr.columns, place);
  const uris: string[] = [];
  for (const uri of expr.uris) {
    const text = bindConstant(uri, place, "the address of external data");
    if (text?.type === "string" && typeof text.value === "string") uris.push(text.value);
    else if (text) context.report(problem.wrongType(uri.span, "string", text.type));
  }
  const options = new Map<string, Cell>();
  for (const { name, value } of expr.options) {
    const bound =
      value.kind === "Name" ? { value: value.name } : bindConstant(value, place, `the option \`${name.name}\``);
    if (bound) options.set(name.name, bound.value);
  }
  if (!columns || uris.length !== expr.uris.length || options.size !== expr.options.length) return undefined;
  const source = external(context, { uris, columns, options }, expr.span);
  if (!source) return undefined;
  return {
    plan: { kind: "Scan", name: "externaldata", source, schema: source.schema, origin: expr.span },
    serialized: false,
  };
}

export function bindInlineExternal(expr: ast.InlineExternalTable, place: Place): Table | undefined {
  const schema = declaredSchema(expr.columns, place);
  return schema && { plan: refused(`\`${expr.keyword}\``, expr.span, schema), serialized: false };
}

/** What there is at addresses; undefined after a report. */
export function external(
  context: Place["context"],
  request: Parameters<Place["context"]["catalog"]["external"]>[0],
  span: Span,
) {
  try {
    return context.catalog.external(request);
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    // The reader does not know the query: the errors get their place here.
    for (const diagnostic of thrown.diagnostics) context.report({ ...diagnostic, labels: [{ span, text: "" }] });
    return undefined;
  }
}
