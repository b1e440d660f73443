import type { Span } from "../diagnostics/diagnostic.ts";

/** A node of the syntax tree, of whatever kind: kinds that are added later need nothing here. */
export interface TreeNode {
  readonly kind: string;
  readonly span: Span;
}

export function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}

/** What a property of a node holds: itself when it is a node, or those inside of arrays and plain groups. */
function nodesIn(value: unknown): readonly TreeNode[] {
  if (typeof value !== "object" || value === null) return [];
  if (isNode(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return Object.getPrototypeOf(value) === Object.prototype ? Object.values(value).flatMap(nodesIn) : [];
}

/** The nodes right below `node`, with the property that holds each. */
export function childrenOf(node: TreeNode): readonly { readonly role: string; readonly node: TreeNode }[] {
  return Object.entries(node).flatMap(([role, value]) => {
    // The value of a literal may be an object, but is no part of the tree.
    if (role === "value" && node.kind === "Literal") return [];
    return nodesIn(value).map((child) => ({ role, node: child }));
  });
}

/** Calls `visit` for `node` and everything below it, in order. */
export function walk(
  node: TreeNode,
  visit: (node: TreeNode, role: string, parent: TreeNode | undefined) => void,
): void {
  const pending: { node: TreeNode; role: string; parent: TreeNode | undefined }[] = [
    { node, role: "", parent: undefined },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    visit(next.node, next.role, next.parent);
    const { node: parent } = next;
    pending.push(
      ...childrenOf(parent)
        .map((child) => ({ ...child, parent }))
        .reverse(),
    );
  }
}

/** A property of a node that is itself a node. */
export function nodeAt(node: TreeNode, role: string): TreeNode | undefined {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[role]; // whatever kind it is
  return isNode(value) ? value : undefined;
}

/** A property of a node that is a text. */
export function textAt(node: TreeNode, role: string): string | undefined {
  const value = (node as unknown as Readonly<Record<string, unknown>>)[role]; // whatever kind it is
  return typeof value === "string" ? value : undefined;
}
