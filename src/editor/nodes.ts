import type { Span } from "../diagnostics/diagnostic.ts";

/** A node of the syntax tree, of whatever kind: kinds that are added later need nothing here. */
export interface TreeNode {
  readonly kind: string;
  readonly span: Span;
}

export function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}

interface Visit {
  readonly node: TreeNode;
  /** The property of the parent that holds it. */
  readonly role: string;
  readonly parent: TreeNode | undefined;
}

/** Adds the nodes in `value`: itself when it is one, or those inside of arrays and plain groups. */
function addNodes(value: unknown, role: string, parent: TreeNode, found: Visit[]): void {
  if (typeof value !== "object" || value === null) return;
  if (isNode(value)) found.push({ node: value, role, parent });
  else if (Array.isArray(value)) for (const each of value) addNodes(each, role, parent, found);
  else if (Object.getPrototypeOf(value) === Object.prototype) {
    for (const each of Object.values(value)) addNodes(each, role, parent, found);
  }
}

/** Calls `visit` for `node` and everything below it, in order. Chains of operators are deep: there is no recursion. */
export function walk(
  root: TreeNode,
  visit: (node: TreeNode, role: string, parent: TreeNode | undefined) => void,
): void {
  const pending: Visit[] = [{ node: root, role: "", parent: undefined }];
  const below: Visit[] = [];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node } = next;
    visit(node, next.role, next.parent);
    for (const role in node) {
      // The value of a literal may be an object, but is no part of the tree.
      if (role === "span" || (role === "value" && node.kind === "Literal")) continue;
      addNodes((node as unknown as Readonly<Record<string, unknown>>)[role], role, node, below); // whatever kind it is
    }
    for (let last = below.pop(); last; last = below.pop()) pending.push(last);
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
