import type * as ast from "../parser/ast.ts";
import { type Node, walk } from "../parser/walk.ts";

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
