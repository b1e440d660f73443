import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";

/** The nodes that somebody here looks at. Others – a ScanStep, a Parameter – are passed through. */
export type SyntaxNode =
  | statements.Query
  | statements.Statement
  | statements.FunctionDeclaration
  | ast.Expr
  | op.Operator
  | ast.Option
  | ast.OrderedExpr
  | op.ScanStep;

/** The nodes right below `node`, in the order of the text. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Object.values(node).flatMap(nodesIn);
}

function nodesIn(value: unknown): readonly SyntaxNode[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  // Nodes, and nothing else in a tree, have a span; who looks at one tests its kind.
  if ("kind" in value && "span" in value) return [value as SyntaxNode];
  return value instanceof Map ? [] : Object.values(value).flatMap(nodesIn);
}

/** `node` and everything below it. */
export function nodesWithin(node: SyntaxNode): readonly SyntaxNode[] {
  return [node, ...partsOf(node).flatMap(nodesWithin)];
}
