import type { TokenType } from "chevrotain";
import type * as statements from "../parser/ast-statements.ts";
import * as t from "../parser/tokens.ts";
import { isOf, type Lexeme } from "./lexemes.ts";
import { nodeAt, type TreeNode, walk } from "./nodes.ts";

/** What the syntax tree says about single tokens. Offsets into the text. */
export interface Marks {
  /** Where operators with two sides begin: a `-` that is not here is a sign. */
  readonly infix: ReadonlySet<number>;
  /** Where the names of calls end: their parenthesis follows at once. */
  readonly calls: ReadonlySet<number>;
  /** Where the `=` of options begin: `kind=inner`. */
  readonly options: ReadonlySet<number>;
  /** Where the `:` of stated schemas begin: `evaluate f() : (a:long)`. */
  readonly schemas: ReadonlySet<number>;
  /** Where what an index is taken of ends: `a[0]`. */
  readonly indexed: ReadonlySet<number>;
  /** Where the conditions of the steps of `scan` begin. */
  readonly conditions: ReadonlySet<number>;
  /** How many columns a datatable has, by where its first value begins. */
  readonly rows: ReadonlyMap<number, number>;
  /** What is not read yet: it keeps its spacing. */
  readonly unread: readonly TreeNode["span"][];
}

export function marksOf(tree: statements.Query, lexemes: readonly Lexeme[]): Marks {
  const infix = new Set<number>();
  const calls = new Set<number>();
  const optionNames = new Set<number>();
  const outputs = new Set<number>();
  const indexed = new Set<number>();
  const conditions = new Set<number>();
  const rows = new Map<number, number>();
  const unread: TreeNode["span"][] = [];
  walk(tree, (node) => {
    if ("operatorSpan" in node) infix.add((node.operatorSpan as TreeNode["span"]).start); // a span wherever there is one
    if (node.kind.startsWith("Unsupported")) unread.push(node.span);
    const name = nodeAt(node, "name");
    if (node.kind === "Call" && name) calls.add(name.span.end);
    if (node.kind === "Option" && name) optionNames.add(name.span.end);
    const object = nodeAt(node, "object");
    if (node.kind === "Element" && object) indexed.add(object.span.end);
    const output = nodeAt(node, "output");
    if (node.kind === "ScanStep" && output) outputs.add(output.span.start);
    const condition = nodeAt(node, "condition");
    if (node.kind === "ScanStep" && condition) conditions.add(condition.span.start);
    if (node.kind === "Datatable" && "values" in node && "columns" in node) {
      const [first] = node.values as readonly TreeNode[]; // as in the syntax tree
      if (first) rows.set(first.span.start, (node.columns as readonly unknown[]).length);
    }
  });
  const options = new Set<number>();
  const schemas = new Set<number>();
  for (const [i, { type, start }] of lexemes.entries()) {
    const before = lexemes[i - 1];
    const isOption = (before && optionNames.has(before.end)) || outputs.has(lexemes[i + 1]?.start ?? -1);
    if (type === t.Assign && isOption) options.add(start);
    if (type === t.Colon && before?.type === t.RParen) schemas.add(start);
  }
  return { infix, calls, options, schemas, indexed, conditions, rows, unread };
}

const tight: ReadonlySet<TokenType> = new Set([t.Typeof, t.Datatable, t.ExternalData]);

/** Whether a blank stands between two tokens on one line. */
export function isSpaced(before: Lexeme, after: Lexeme, marks: Marks): boolean {
  const asWritten = before.end < after.start;
  if (marks.unread.some(({ start, end }) => before.start >= start && after.end <= end)) return asWritten;
  if (after.type === t.Comma || after.type === t.Semicolon) return false;
  if (before.type === t.Dot || after.type === t.Dot) return false;
  if (isStar(before, marks) || isStar(after, marks)) return asWritten || before.type === t.Comma;
  if (isSign(before, marks)) return false;
  if (after.type === t.Colon) return marks.schemas.has(after.start);
  if (before.type === t.Colon) return marks.schemas.has(before.start) || marks.conditions.has(after.start);
  if (after.type === t.Assign) return !marks.options.has(after.start);
  if (before.type === t.Assign) return !marks.options.has(before.start);
  if (after.type === t.LBracket) return !marks.indexed.has(before.end);
  if (after.type !== t.LParen) return true;
  if (marks.calls.has(before.end) || tight.has(before.type)) return false;
  return before.image !== "query_parameters";
}

function isStar(lexeme: Lexeme, marks: Marks): boolean {
  return lexeme.type === t.Star && !marks.infix.has(lexeme.start);
}

function isSign(lexeme: Lexeme, marks: Marks): boolean {
  return isOf(lexeme, t.Sign) && !marks.infix.has(lexeme.start);
}
