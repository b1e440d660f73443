import type * as ast from "../parser/ast.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";

/** Any node of the tree. */
export type Node =
  | statements.Query
  | statements.Statement
  | statements.FunctionDeclaration
  | statements.Parameter
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

/** Calls `visit` for `root` and every node below it, in the order of the text, with the nodes around it, innermost first. */
export function walk(root: Node, visit: (node: Node, around: readonly Node[]) => void): void {
  const descend = (value: unknown, around: readonly Node[]): void => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) descend(item, around);
      return;
    }
    // Types and spans are objects too, but no nodes.
    const node = "kind" in value && "span" in value ? (value as Node) : undefined;
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
    const node = "kind" in part && "span" in part ? (part as Node) : undefined;
    const inner = node ? [node, ...around] : around;
    const children = Object.fromEntries(Object.entries(part).map(([key, child]) => [key, copy(child, inner)]));
    return node ? (replace(children as unknown as Node, around) ?? children) : children;
  };
  return copy(value, []) as T; // `replace` puts nodes where nodes of the same sort stood
}

/** Without the parentheses around a scalar, which may have been read as a pipeline of no operators. */
export function bare(expr: ast.Expr): ast.Expr {
  return expr.kind === "Pipeline" && expr.operators.length === 0 ? bare(expr.source) : expr;
}

/** What `find` says of each node below `root`. */
export function findings<T>(root: Node, find: (node: Node, around: readonly Node[]) => readonly T[]): readonly T[] {
  const found: T[] = [];
  walk(root, (node, around) => {
    found.push(...find(node, around));
  });
  return found;
}

/** `tolower(x)` or `toupper(x)`, and what it does to a text. */
export function caseCall(
  expr: ast.Expr,
): { readonly call: ast.Call; readonly arg: ast.Expr; readonly fold: (text: string) => string } | undefined {
  const call = bare(expr);
  if (call.kind !== "Call" || call.args.length !== 1) return undefined;
  const [arg] = call.args;
  const { name } = call.name;
  if (!arg || (name !== "tolower" && name !== "toupper")) return undefined;
  return { call, arg, fold: (text) => (name === "tolower" ? text.toLowerCase() : text.toUpperCase()) };
}
