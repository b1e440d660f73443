import type * as ast from "./ast.ts";
import type * as op from "./ast-operators.ts";
import type * as statements from "./ast-statements.ts";

/** Any node of the tree. */
export type Node =
  | statements.Query
  | statements.Statement
  | statements.FunctionDeclaration
  | statements.Parameter
  | statements.PatternMatch
  | ast.ColumnDeclaration
  | ast.Expr
  | op.Operator
  | ast.Option
  | ast.OrderedExpr
  | op.ParsedColumn
  | ast.Steps
  | op.TopLevel
  | op.ScanColumn
  | op.ScanStep;

/** The nodes right below `node`, in the order of the text. */
export function partsOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap(nodesIn);
}

function nodesIn(value: unknown): readonly Node[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : Object.values(value).flatMap(nodesIn);
}

/** `node` and everything below it. */
export function nodesWithin(node: Node): readonly Node[] {
  return [node, ...partsOf(node).flatMap(nodesWithin)];
}

/** Nodes, and nothing else in a tree, have a kind and a span: types have no span, spans no kind. */
function isNode(value: object): value is Node {
  return "kind" in value && "span" in value;
}

/** Calls `visit` for `root` and every node below it, in the order of the text, with the nodes around it, innermost first. */
export function walk(root: Node, visit: (node: Node, around: readonly Node[]) => void): void {
  const descend = (value: unknown, around: readonly Node[]): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) descend(item, around);
      return;
    }
    const node = isNode(value) ? value : undefined;
    if (node) visit(node, around);
    const inner = node ? [node, ...around] : around;
    for (const child of Object.values(value)) descend(child, inner);
  };
  descend(root, []);
}

/**
 * A copy of the tree in which `replace` has had its say on every node, inner ones first; undefined keeps a node. The nodes
 * around are those of the tree as it was.
 */
export function rewritten<T>(value: T, replace: (node: Node, around: readonly Node[]) => unknown): T {
  const copy = (part: unknown, around: readonly Node[]): unknown => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map((item) => copy(item, around));
    // The values of literals, a decimal or a bag, hold no nodes.
    if (Object.getPrototypeOf(part) !== Object.prototype) return part;
    const node = isNode(part) ? part : undefined;
    const inner = node ? [node, ...around] : around;
    const children = Object.fromEntries(Object.entries(part).map(([key, child]) => [key, copy(child, inner)]));
    return node ? (replace(children as unknown as Node, around) ?? children) : children;
  };
  return copy(value, []) as T; // `replace` puts nodes where nodes of the same sort stood
}
