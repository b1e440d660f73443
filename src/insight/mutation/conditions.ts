import type * as ast from "../../parser/ast.ts";
import { type Edit, type MutationOperator, textAt } from "./edit.ts";

/** What each operator is mistaken for, and the kind of mistake. */
const slips: Readonly<Record<string, readonly (readonly [string, MutationOperator])[]>> = {
  "==": [
    ["!=", "comparison"],
    ["=~", "letter case"],
  ],
  "!=": [
    ["==", "comparison"],
    ["!~", "letter case"],
  ],
  "=~": [
    ["!~", "comparison"],
    ["==", "letter case"],
  ],
  "!~": [
    ["=~", "comparison"],
    ["!=", "letter case"],
  ],
  ">": [[">=", "comparison"]],
  ">=": [[">", "comparison"]],
  "<": [["<=", "comparison"]],
  "<=": [["<", "comparison"]],
  in: [["in~", "letter case"]],
  "in~": [["in", "letter case"]],
  "!in": [["!in~", "letter case"]],
  "!in~": [["!in", "letter case"]],
  has_any: [["has_all", "string operator"]],
  has_all: [["has_any", "string operator"]],
};

/** Operators on texts, without `!` and `_cs`, and what each is mistaken for. */
const textSlips: Readonly<Record<string, string>> = {
  has: "contains",
  contains: "has",
  startswith: "contains",
  endswith: "contains",
  hasprefix: "has",
  hassuffix: "has",
};

/** Other operators for the one of a comparison. */
export function operatorEdits({ operator, operatorSpan: span }: ast.Binary | ast.In): readonly Edit[] {
  const known = slips[operator];
  if (known) return known.map(([replacement, name]) => ({ span, replacement, operator: name }));
  const [, not = "", word = "", cs = ""] = /^(!?)([a-z]+?)(_cs)?$/.exec(operator) ?? [];
  const other = textSlips[word];
  if (other === undefined) return [];
  return [
    { span, replacement: `${not}${other}${cs}`, operator: "string operator" },
    { span, replacement: `${not}${word}${cs === "" ? "_cs" : ""}`, operator: "letter case" },
  ];
}

/** `a and b` as `a`, as `b`, and as `a or b`. */
export function connectiveEdits({ operator, operatorSpan, left, right }: ast.Binary): readonly Edit[] {
  if (operator !== "and" && operator !== "or") return [];
  const withoutRight = { start: left.span.end, end: right.span.end };
  const withoutLeft = { start: left.span.start, end: right.span.start };
  // In a chain the left side is several operands: each is dropped where it stands.
  const chain = left.kind === "Binary" && left.operator === operator;
  return [
    ...(chain ? [] : [{ span: withoutLeft, replacement: "", operator: "drop condition" } as const]),
    { span: withoutRight, replacement: "", operator: "drop condition" },
    { span: operatorSpan, replacement: operator === "and" ? "or" : "and", operator: "and/or" },
  ];
}

/** Operators whose negation is another operator: `operatorEdits` has it. */
const negatedByOperator: ReadonlySet<string> = new Set(["==", "!=", "=~", "!~"]);

/** The conditions inside `predicate` that are no and, or or not: each as its own contrary. */
export function negations(predicate: ast.Expr, text: string): readonly Edit[] {
  if (predicate.kind === "Pipeline" && predicate.operators.length === 0) return negations(predicate.source, text);
  if (predicate.kind === "Binary" && (predicate.operator === "and" || predicate.operator === "or")) {
    return [...negations(predicate.left, text), ...negations(predicate.right, text)];
  }
  if (predicate.kind === "Binary" && negatedByOperator.has(predicate.operator)) return [];
  if (predicate.kind === "Literal" || predicate.kind === "Missing" || predicate.kind === "Star") return [];
  const { span } = predicate;
  const [inner] = predicate.kind === "Call" && predicate.name.name === "not" ? predicate.args : [];
  const replacement = inner ? `(${textAt(text, inner.span)})` : `not(${textAt(text, span)})`;
  return [{ span, replacement, operator: "negate condition" }];
}

/** A list without each of its items. */
export function listEdits({ list }: ast.In): readonly Edit[] {
  return list.length < 2 ? [] : withoutEach(list);
}

function withoutEach(items: readonly ast.Expr[]): readonly Edit[] {
  return items.map(({ span }, i): Edit => {
    const [before, after] = [items[i - 1], items[i + 1]];
    const start = before ? before.span.end : span.start;
    const end = before || !after ? span.end : after.span.start;
    return { span: { start, end }, replacement: "", operator: "drop list item" };
  });
}
