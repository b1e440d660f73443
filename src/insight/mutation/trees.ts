import type * as ast from "../../parser/ast.ts";
import type { Operator } from "../../parser/ast-operators.ts";
import type { Query } from "../../parser/ast-statements.ts";
import { type Parsed, parse } from "../../parser/parse.ts";
import { type Node, partsOf } from "../../parser/walk.ts";
import { sameForm } from "../same-plan.ts";
import type { Mutant } from "./edit.ts";

/*
 * The trees of mutants. A mutant differs from its query in a few tokens, inside one operator or one statement: that part is
 * read by itself, and set into the tree of the query in the place of the part that it stands for. The rest is one object
 * in all trees. Spans behind the change are those of the query, not of the mutant.
 *
 *     let a = 5; T | where x > 1 | take 3
 *                │ where x >= 1 │              read as `T|where x >= 1`, with blanks before it
 *
 * A part is set in only where reading it by itself gives what reading the whole text gave for the query, which says that
 * nothing around it has a say in how it is read.
 */

/** Gives the tree of a mutant of `text`; undefined where its text must be read as a whole. */
export function treesOfMutants(text: string): (mutant: Mutant) => Parsed | undefined {
  const { tree, diagnostics } = parse(text);
  const readAlone = new Map<Node, boolean>();
  const standsAlone = (part: Part): boolean => {
    const known = readAlone.get(part.node);
    if (known !== undefined) return known;
    const alone = read(part, text.slice(part.node.span.start, part.node.span.end));
    const found = alone !== undefined && sameForm(alone, part.node);
    readAlone.set(part.node, found);
    return found;
  };
  return (mutant) => {
    const whole = (query: Query): Parsed => ({ tree: query, diagnostics });
    const path = pathTo(tree, mutant.span);
    const dropped = mutant.operator === "drop operator" ? withoutOperator(path, mutant) : undefined;
    if (dropped) return whole(replacedAlong(path.slice(0, -1), path.at(-1), dropped) as Query); // the root is one
    for (const part of partsAlong(path)) {
      const { span } = part.node;
      const inside = text.slice(span.start, mutant.span.start) + mutant.replacement;
      const changed = standsAlone(part) && read(part, inside + text.slice(mutant.span.end, span.end));
      if (changed) return whole(replacedAlong(part.above, part.node, changed) as Query); // as above
    }
    return undefined;
  };
}

type Place = Mutant["span"];

interface Part {
  readonly node: Node;
  readonly kind: "operator" | "statement";
  /** The nodes around it, outermost first. */
  readonly above: readonly Node[];
}

/** The nodes that hold all of `span`, outermost first. */
function pathTo(root: Node, span: Place): readonly Node[] {
  const path: Node[] = [];
  let node: Node | undefined = root;
  while (node) {
    path.push(node);
    node = partsOf(node).find((part) => part.span.start <= span.start && part.span.end >= span.end);
  }
  return path;
}

/** Operators and statements along `path` that may be read by themselves, innermost first. */
function partsAlong(path: readonly Node[]): readonly Part[] {
  const parts = path.flatMap((node, at): readonly Part[] => {
    const above = path.slice(0, at);
    const parent = above.at(-1);
    if (parent?.kind === "Query") return [{ node, kind: "statement", above }];
    return parent && operatorsOf(parent)?.includes(node as Operator) ? [{ node, kind: "operator", above }] : []; // compared as objects
  });
  return parts.reverse();
}

function operatorsOf(node: Node): readonly Operator[] | undefined {
  return node.kind === "Pipeline" || node.kind === "Steps" ? node.operators : undefined;
}

/** The part as `text` has it, where it begins in the query; undefined when that is not all of such a part. */
function read({ node: { span }, kind }: Part, text: string): Node | undefined {
  const before = kind === "operator" ? "T|" : "";
  if (span.start < before.length) return undefined;
  const { tree, diagnostics } = parse(" ".repeat(span.start - before.length) + before + text);
  const [statement, ...more] = tree.statements;
  if (!statement || more.length > 0 || diagnostics.length > 0) return undefined;
  const found = kind === "operator" ? onlyOperator(statement) : statement;
  // What is left over at the end, a comment or a `;`, may reach further in the query.
  return found?.span.start === span.start && found.span.end === span.start + text.trimEnd().length ? found : undefined;
}

function onlyOperator(statement: Node): Operator | undefined {
  const expression: ast.Expr | undefined = statement.kind === "ExpressionStatement" ? statement.expression : undefined;
  if (expression?.kind !== "Pipeline" || expression.source.kind !== "Name") return undefined;
  const [operator, ...others] = expression.operators;
  return others.length === 0 ? operator : undefined;
}

/** The pipeline at the end of `path` without the operator that the mutant drops; undefined when there is no such. */
function withoutOperator(path: readonly Node[], { span, replacement }: Mutant): Node | undefined {
  const pipeline = path.at(-1);
  if (pipeline?.kind !== "Pipeline" || replacement !== "" || pipeline.operators.length < 2) return undefined;
  const { source, operators } = pipeline;
  const at = operators.findIndex(
    (operator, i) => operator.span.end === span.end && (operators[i - 1] ?? source).span.end === span.start,
  );
  return at < 0 ? undefined : { ...pipeline, operators: operators.filter((_, i) => i !== at) };
}

/** The outermost node of `above`, with `next` where `node` stood. */
function replacedAlong(above: readonly Node[], node: Node | undefined, next: Node): Node {
  let [old, made] = [node, next];
  for (const parent of [...above].reverse()) {
    made = withChild(parent, old, made) as Node; // a copy of a node
    old = parent;
  }
  return made;
}

/** A copy of `value` with `next` in the place of `child`; the same object where it does not hold it. */
function withChild(value: object, child: Node | undefined, next: Node): object {
  const replaced = (part: unknown): unknown => {
    if (part === child) return next;
    if (typeof part !== "object" || part === null || ("kind" in part && "span" in part)) return part;
    return withChild(part, child, next);
  };
  if (Array.isArray(value)) {
    const items = value.map(replaced);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, replaced(part)] as const);
  const same = entries.every(([key, part]) => part === (value as Readonly<Record<string, unknown>>)[key]); // its own keys
  return same ? value : Object.fromEntries(entries);
}
