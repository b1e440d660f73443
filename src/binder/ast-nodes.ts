import type * as ast from "../parser/ast.ts";

/** Fields that hold what is no expression of its own: the name of a call, of a member, of a result. */
const labels: Readonly<Partial<Record<string, readonly string[]>>> = {
  Call: ["name"],
  Path: ["name"],
  Named: ["names"],
  Option: ["name"],
  Literal: ["value"],
};

/** Every expression inside `tree`, itself included, in the order of the text. */
export function* expressionsIn(tree: unknown): Iterable<ast.Expr> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* expressionsIn(item);
    return;
  }
  if (typeof tree !== "object" || tree === null) return;
  const kind = "kind" in tree && typeof tree.kind === "string" ? tree.kind : undefined;
  if (kind !== undefined) yield tree as ast.Expr; // nodes are the only objects with a kind; who asks tests it
  for (const [field, value] of Object.entries(tree)) {
    if (kind === undefined || !labels[kind]?.includes(field)) yield* expressionsIn(value);
  }
}
