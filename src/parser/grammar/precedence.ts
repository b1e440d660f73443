import type { IToken } from "chevrotain";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../ast.ts";
import { infixWords } from "../tokens.ts";

/** An operator and what stands to its right. `end`: where the step ends. */
export type Step =
  | { readonly kind: "Binary"; readonly operator: IToken; readonly right: ast.Expr }
  | { readonly kind: "In"; readonly operator: IToken; readonly list: readonly ast.Expr[]; readonly end: number }
  | {
      readonly kind: "Between";
      readonly operator: IToken;
      readonly low: ast.Expr;
      readonly high: ast.Expr;
      readonly end: number;
    };

const equality = 3;
const stringLevel = 7;
/** Kusto's levels, loosest first. The string operators bind tighter than arithmetic: `a + b has c` is `a + (b has c)`. */
export function precedence(operator: string): number {
  switch (operator) {
    case "or":
      return 1;
    case "and":
      return 2;
    case "==":
    case "!=":
    case "<>":
    case "in":
    case "!in":
    case "in~":
    case "!in~":
    case "has_any":
    case "has_all":
    case "between":
    case "!between":
      return equality;
    case "<":
    case "<=":
    case ">":
    case ">=":
      return 4;
    case "+":
    case "-":
      return 5;
    case "*":
    case "/":
    case "%":
      return 6;
    default:
      return stringLevel;
  }
}

/** Operators that may have `*` to their left. */
export function comparesText(operator: string): boolean {
  return operator === "==" || precedence(operator) === stringLevel;
}

/** Comparisons do not chain: `a == b == c` is an error, `a == b < c` is not. */
export function chains(level: number): boolean {
  return level !== equality && level !== 4 && level !== stringLevel;
}

/** Operands and operators in the order of the text, into a tree. Time is linear; long chains lean to the left. */
export function fold(first: ast.Expr, steps: readonly Step[], chained: (at: Span, operator: string) => void): ast.Expr {
  const operands: ast.Expr[] = [first];
  const waiting: { readonly operator: IToken; readonly level: number }[] = [];
  let closed = 0; // the level of a comparison just built: another of it would be a chain
  let listed: ast.Expr | undefined; // the `in` or `between` just built

  const reduce = () => {
    const top = waiting.pop();
    const right = operands.pop();
    const left = operands.pop();
    if (top && left && right) operands.push(binary(top.operator, left, right));
    closed = top?.level ?? 0;
  };

  for (const step of steps) {
    const level = precedence(step.operator.image);
    closed = 0;
    while ((waiting.at(-1)?.level ?? 0) >= level) reduce();
    const left = operands.at(-1);
    if ((closed === level && !chains(level)) || (left === listed && level === equality)) {
      chained(spanOf(step.operator), step.operator.image);
    }
    if (step.kind === "Binary") {
      waiting.push({ operator: step.operator, level });
      operands.push(step.right);
      continue;
    }
    operands.pop();
    listed = listNode(left ?? first, step);
    operands.push(listed);
  }
  while (waiting.length > 0) reduce();
  return operands[0] ?? first;
}

function spanOf(operator: IToken): Span {
  return { start: operator.startOffset, end: (operator.endOffset ?? operator.startOffset) + 1 };
}

function binary(token: IToken, left: ast.Expr, right: ast.Expr): ast.Expr {
  const { image } = token;
  const operator =
    image === "<>" ? "!=" : image.startsWith("matches") ? "matches regex" : (infixWords.get(image) ?? image);
  return {
    kind: "Binary",
    operator: operator as ast.BinaryOperator, // the lexer knows no other infix
    operatorSpan: spanOf(token),
    left,
    right,
    span: { start: left.span.start, end: Math.max(left.span.end, right.span.end) },
  };
}

function listNode(operand: ast.Expr, step: Exclude<Step, { kind: "Binary" }>): ast.Expr {
  const span = { start: operand.span.start, end: step.end };
  const { image } = step.operator;
  if (step.kind === "Between") {
    return { kind: "Between", negated: image.startsWith("!"), operand, low: step.low, high: step.high, span };
  }
  const operator = image as ast.In["operator"]; // the spellings that the lexer gives t.In
  return { kind: "In", operator, operatorSpan: spanOf(step.operator), operand, list: step.list, span };
}
