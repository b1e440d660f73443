import { type Schema, scalarTypes } from "../data/types.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import { parse } from "../parser/parse.ts";
import { type Bound, boundQuery } from "./bound.ts";
import { behindParentheses } from "./lexemes.ts";
import type { Input, Position } from "./position.ts";
import type { EditorSchema } from "./schema.ts";

/** A name that the query declares. */
export interface Declared {
  readonly name: string;
  readonly kind: "scalar" | "table" | "function" | "parameter";
  /** The type of a value, the columns of a table, the parameters of a function; where known. */
  readonly detail: string;
}

/** What is known at the caret. */
export interface Known {
  /** The columns of the table that the operator works on; undefined where it works on none. */
  readonly columns: Schema | undefined;
  readonly declared: readonly Declared[];
  readonly bound: Bound;
}

/** What the text up to the `|` before the caret says. */
export function knownAt(text: string, { input, word }: Pick<Position, "input" | "word">, schema?: EditorSchema): Known {
  const prefix = text.slice(0, input?.end ?? word.start);
  const tree = withOpenFunction(parse(prefix).tree, prefix.trimEnd().length);
  const bound = boundQuery(tree, schema);
  return { columns: input && columnsOf(bound, input, prefix), declared: declaredIn(tree, bound), bound };
}

function columnsOf({ stages, tables }: Bound, { kind, start }: Input, text: string): Schema | undefined {
  if (kind === "given") return stages.find(({ operator: { span } }) => span.start >= start)?.input.plan.schema;
  // Where an operator has mistakes, what it got is the best that is known.
  const stage = stages.findLast(({ operator: { span } }) => span.start === start);
  if (stage) return (stage.output ?? stage.input).plan.schema;
  const begins = (at: number) => at === start || behindParentheses(text, at) === start;
  const table = tables.findLast(({ node: { span } }) => begins(span.start));
  return (table?.table ?? stages.at(-1)?.input)?.plan.schema;
}

/**
 * The query with a function that is still being written turned inside out: its parameters become variables, its body the
 * statement at hand. Else nobody calls it, and nobody would look into it.
 */
function withOpenFunction(tree: statements.Query, end: number): statements.Query {
  const last = tree.statements.at(-1);
  if (last?.kind !== "Let" || last.value.kind !== "Function" || last.value.span.end < end) return tree;
  const { parameters, statements, body, span } = last.value;
  const values = parameters.map(
    (parameter): statements.Let => ({
      kind: "Let",
      name: parameter.name,
      value: standIn(parameter),
      span: parameter.span,
    }),
  );
  const rest: readonly statements.Statement[] =
    body.kind === "Missing" ? [] : [{ kind: "ExpressionStatement", expression: body, span: body.span }];
  const inner: statements.Query = { ...tree, statements: [...statements, ...rest] };
  const { statements: unfolded } = withOpenFunction(inner, Math.min(end, span.end - 1));
  return { ...tree, statements: [...tree.statements.slice(0, -1), ...values, ...unfolded] };
}

function standIn({ type, span }: statements.Parameter): ast.Expr {
  if (type.kind === "scalar") return { kind: "Literal", type: type.type, value: null, text: "", span };
  const columns = type.columns === "any" ? [] : type.columns;
  return { kind: "Datatable", columns, values: [], options: [], span };
}

function declaredIn(tree: statements.Query, { tables, exprs }: Bound): readonly Declared[] {
  return tree.statements.flatMap((statement): readonly Declared[] => {
    if (statement.kind === "DeclareParameters") return statement.parameters.map(parameterOf);
    if (statement.kind !== "Let") return [];
    const { name, value } = statement;
    if (value.kind === "Function") {
      return [
        {
          name: name.name,
          kind: "function",
          detail: `${name.name}(${value.parameters.map(parameterText).join(", ")})`,
        },
      ];
    }
    const table = tables.find(({ node }) => node === value)?.table;
    if (table) return [{ name: name.name, kind: "table", detail: columnsText(table.plan.schema) }];
    const expr = exprs.find(({ node }) => node === value)?.bound;
    return [{ name: name.name, kind: "scalar", detail: expr?.type ?? "" }];
  });
}

function parameterOf(parameter: statements.Parameter): Declared {
  const { name, type } = parameter;
  return { name: name.name, kind: "parameter", detail: type.kind === "scalar" ? type.type : "table" };
}

export function parameterText({ name, type }: statements.Parameter): string {
  if (type.kind === "scalar") return `${name.name}: ${type.type}`;
  const columns = type.columns === "any" ? "*" : type.columns.map((one) => `${one.name.name}: ${one.type}`).join(", ");
  return `${name.name}: (${columns})`;
}

export function columnsText(schema: Schema): string {
  return `(${schema.map(({ name, type }) => `${name}: ${type}`).join(", ")})`;
}

export const typeNames: readonly string[] = scalarTypes;
