import type { Span } from "../diagnostics/diagnostic.ts";
import type * as statements from "../parser/ast-statements.ts";
import { parse } from "../parser/parse.ts";
import * as t from "../parser/tokens.ts";
import { type Bound, boundQuery } from "./bound.ts";
import { calledNamed } from "./definitions.ts";
import { isOf, type Lexeme, lexemesOf } from "./lexemes.ts";
import { nodeAt, type TreeNode, textAt, walk } from "./nodes.ts";
import { operatorNamed } from "./operators.ts";
import type { EditorSchema } from "./schema.ts";
import { columnsText, parameterText } from "./scope.ts";

/** What there is to say about a place in the query. */
export interface Hover {
  /** What it is said about. */
  readonly span: Span;
  /** As code: `Port: int`, `strlen(text: string): long`; a line for each way to call a function. */
  readonly signature: string;
  readonly documentation?: string | undefined;
  /** The official page. */
  readonly docs?: string | undefined;
}

/** The operator, function, table, column or expression at `offset`; undefined where there is nothing to say. */
export function hover(text: string, offset: number, schema?: EditorSchema): Hover | undefined {
  const { lexemes } = lexemesOf(text);
  const at = lexemes.findIndex(({ start, end }) => start <= offset && offset < end);
  // Behind the last letter of a word is still the word.
  const index = at >= 0 && isOf(lexemes[at], t.Word) ? at : lexemes.findIndex(({ end }) => end === offset);
  const lexeme = lexemes[index >= 0 ? index : at];
  if (!lexeme) return undefined;
  const operator = operatorAt(lexeme, lexemes[lexemes.indexOf(lexeme) - 1]);
  if (operator) return operator;
  const { tree } = parse(text);
  return calledAt(lexeme, tree) ?? namedAt(lexeme, tree, schema);
}

function operatorAt(lexeme: Lexeme, before: Lexeme | undefined): Hover | undefined {
  const info = isOf(lexeme, t.Word) ? operatorNamed(lexeme.image) : undefined;
  if (!info) return undefined;
  const begins = before === undefined || [t.Semicolon, t.LParen, t.LBrace, t.Assign].includes(before.type);
  const stands = info.places.some((place) =>
    place === "pipe" ? before?.type === t.Pipe || before?.type === t.LParen : begins,
  );
  // A soft keyword may be the name of a table or of a column: `(count)`.
  if (!stands || (before?.type !== t.Pipe && isOf(lexeme, t.Name) && !info.places.includes("statement")))
    return undefined;
  return { span: spanOf(lexeme), signature: info.name, documentation: info.summary, docs: info.docs };
}

/** A call of the library; those of the query's own functions are names that it declares. */
function calledAt(lexeme: Lexeme, tree: statements.Query): Hover | undefined {
  let found: Hover | undefined;
  const declared = declaredNames(tree);
  walk(tree, (node, _, parent) => {
    const name = node.kind === "Call" ? nodeAt(node, "name") : undefined;
    if (!name || !covers(name, lexeme)) return;
    const called = textAt(name, "name") ?? "";
    if (declared.has(called)) return;
    const [first, ...others] = calledNamed(called, parent?.kind === "Evaluate");
    if (!first) return;
    const signature = [first, ...others].flatMap(({ signatures }) => signatures).join("\n");
    found = { span: name.span, signature, documentation: first.summary, docs: first.docs };
  });
  return found;
}

function declaredNames(tree: statements.Query): ReadonlySet<string> {
  return new Set(tree.statements.flatMap((statement) => (statement.kind === "Let" ? [statement.name.name] : [])));
}

function namedAt(lexeme: Lexeme, tree: statements.Query, schema: EditorSchema | undefined): Hover | undefined {
  const bound = boundQuery(tree, schema);
  return declarationAt(lexeme, tree, bound) ?? tableAt(lexeme, bound) ?? exprAt(lexeme, bound);
}

/** Where the query gives a name: `let x = …`, `extend x = …`; or calls a function of its own. */
function declarationAt(lexeme: Lexeme, tree: statements.Query, bound: Bound): Hover | undefined {
  let found: Hover | undefined;
  const functions = new Map<string, statements.FunctionDeclaration>();
  walk(tree, (node) => {
    const name = nodeAt(node, "name");
    const value = nodeAt(node, "value");
    const known = textAt(name ?? node, "name") ?? "";
    if (node.kind === "Let" && value?.kind === "Function") {
      functions.set(known, value as unknown as statements.FunctionDeclaration); // of that kind
    }
    if (node.kind === "Call" || node.kind === "Let") {
      const own = name && covers(name, lexeme) ? functions.get(known) : undefined;
      const parameters = own?.parameters.map(parameterText).join(", ");
      if (own && name) found = { span: name.span, signature: `${known}(${parameters})` };
    }
    const names = node.kind === "Named" && "names" in node ? (node.names as readonly TreeNode[]) : name ? [name] : []; // as in the tree
    const target = names.find((one) => covers(one, lexeme));
    if (found || !target || !value || (node.kind !== "Let" && node.kind !== "Named")) return;
    const text = textAt(target, "name") ?? "";
    const table = bound.tables.find((one) => one.node === value)?.table;
    const expr = bound.exprs.find((one) => one.node === value)?.bound;
    const type = table ? columnsText(table.plan.schema) : (expr?.type ?? columnType(bound, node, text));
    if (type !== undefined) found = { span: target.span, signature: `${text}: ${type}` };
  });
  return found;
}

/** The type of the column that `declaration` makes: aggregates are no expressions of a row. */
function columnType({ stages }: Bound, declaration: TreeNode, name: string): string | undefined {
  const inside = ({ span }: TreeNode) => span.start <= declaration.span.start && declaration.span.end <= span.end;
  const stage = stages.findLast(({ operator }) => inside(operator));
  return stage?.output?.plan.schema.find((field) => field.name === name)?.type;
}

function tableAt(lexeme: Lexeme, { tables }: Bound): Hover | undefined {
  const found = tables.find(({ node }) => node.kind === "Name" && covers(node, lexeme));
  if (found?.node.kind !== "Name") return undefined;
  return { span: found.node.span, signature: `${found.node.name}: ${columnsText(found.table.plan.schema)}` };
}

/** The smallest expression around the word. */
function exprAt(lexeme: Lexeme, { exprs, stages }: Bound): Hover | undefined {
  let best: Bound["exprs"][number] | undefined;
  for (const one of exprs) {
    const { span } = one.node;
    if (!covers(one.node, lexeme)) continue;
    if (!best || span.end - span.start <= best.node.span.end - best.node.span.start) best = one;
  }
  if (best && best.node.kind !== "Missing") {
    const { node, bound } = best;
    const name = node.kind === "Name" ? `${node.name}: ` : "";
    return { span: node.span, signature: `${name}${bound.type}` };
  }
  // Columns that are named and not computed, as in project-away.
  const stage = stages.findLast(({ operator }) => covers(operator, lexeme));
  const field = stage?.input.plan.schema.find(({ name }) => name === lexeme.image);
  return field && { span: spanOf(lexeme), signature: `${field.name}: ${field.type}` };
}

function covers({ span }: { readonly span: Span }, { start, end }: Lexeme): boolean {
  return span.start <= start && end <= span.end;
}

function spanOf({ start, end }: Lexeme): Span {
  return { start, end };
}
