import { typeNamed } from "../data/types.ts";
import { aggregateFunction, scalarFunction } from "../functions/registry.ts";
import { stringEnd } from "../parser/lexer.ts";
import { parse } from "../parser/parse.ts";
import * as t from "../parser/tokens.ts";
import { behindParentheses, isOf, type Lexeme, lexemesOf, skipped } from "./lexemes.ts";
import { nodeAt, type TreeNode, textAt, walk } from "./nodes.ts";

/** What a range of the text is, for a colour. */
export type TokenKind =
  | "comment"
  /** Words of the language: `where`, `by`, `kind`. */
  | "keyword"
  /** Marks and words that compute: `+`, `==`, `has`, `and`. */
  | "operator"
  | "function"
  | "aggregate"
  | "plugin"
  | "table"
  | "column"
  /** Declared by `let`. */
  | "variable"
  /** Declared by a function or by `declare query_parameters`. */
  | "parameter"
  /** The name of an option: `kind=`, `hint.strategy=`. */
  | "option"
  | "type"
  | "string"
  | "number"
  | "datetime"
  | "timespan"
  /** Other literals: `true`, `guid(…)`, `long(null)`. */
  | "literal"
  | "punctuation"
  /** What is none of KQL's. */
  | "unknown";

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: TokenKind;
}

/** Everything but blanks, in order. Takes any text, in linear time; what has mistakes is classified as far as it reads. */
export function tokens(text: string): readonly Token[] {
  const { lexemes, asides } = lexemesOf(text);
  const names = namesOf(text);
  const found: Token[] = asides.map(({ start, end, kind }) => ({
    start,
    end,
    kind: kind === "comment" ? "comment" : "unknown",
  }));
  for (const [i, lexeme] of lexemes.entries()) {
    const { start, end, type, image } = lexeme;
    // dynamic(…) is one token for the parser; a reader sees texts, numbers and comments in it.
    if (type === t.DynamicLiteral) found.push(...insideDynamic(image, start));
    else found.push({ start, end, kind: names.get(start) ?? kindOf(lexeme, lexemes[i - 1], lexemes[i + 1]) });
  }
  return found.sort((a, b) => a.start - b.start);
}

const word = "dynamic".length;

function insideDynamic(image: string, offset: number): readonly Token[] {
  const inner = lexemesOf(image.slice(word));
  const at = offset + word;
  const parts = inner.lexemes.map((lexeme, i): Token => {
    const kind = kindOf(lexeme, inner.lexemes[i - 1], inner.lexemes[i + 1]);
    return { start: at + lexeme.start, end: at + lexeme.end, kind: kind === "column" ? "literal" : kind };
  });
  const asides = inner.asides.map(
    ({ start, end, kind }): Token => ({
      start: at + start,
      end: at + end,
      kind: kind === "comment" ? "comment" : "unknown",
    }),
  );
  return [{ start: offset, end: at, kind: "type" }, ...parts, ...asides];
}

/** What a token is by itself and its neighbours. */
function kindOf(lexeme: Lexeme, before: Lexeme | undefined, after: Lexeme | undefined): TokenKind {
  const { type, image } = lexeme;
  if (type === t.Text) return "string";
  if (type === t.Digits) return /^\d.*[a-z]$/i.test(image) && !/^0x/i.test(image) ? "timespan" : "number";
  if (type === t.Bool) return "literal";
  if (type === t.TypedLiteral) return kindOfTyped(image);
  if (isOf(lexeme, t.Infix) || type === t.In || type === t.Between) return "operator";
  if (!isOf(lexeme, t.Word)) return "punctuation";
  if (before?.type === t.Colon && typeNamed(image) !== undefined) return "type";
  if (after?.type === t.LParen && callKind(image)) return callKind(image) ?? "function";
  return type === t.Identifier ? "column" : "keyword";
}

function kindOfTyped(image: string): TokenKind {
  switch (typeNamed(image.slice(0, image.indexOf("(")))) {
    case "datetime":
      return "datetime";
    case "timespan":
      return "timespan";
    case "int":
    case "long":
    case "real":
    case "decimal":
      return "number";
    default:
      return "literal";
  }
}

function callKind(name: string): TokenKind | undefined {
  if (scalarFunction(name)) return "function";
  return aggregateFunction(name) ? "aggregate" : undefined;
}

/** Properties of nodes whose names are tables. */
const tableRoles: ReadonlySet<string> = new Set(["source", "right", "tables"]);

/** What the syntax tree says of names, by where they begin. */
function namesOf(text: string): ReadonlyMap<number, TokenKind> {
  const kinds = new Map<number, TokenKind>();
  const declared = new Map<string, TokenKind>();
  const put = (node: TreeNode | undefined, kind: TokenKind) => {
    if (!node || node.span.end === node.span.start) return;
    const start = behindParentheses(text, node.span.start);
    if (kinds.has(start)) return;
    kinds.set(start, kind);
    if (text[start] !== "[") return;
    // ['odd name'] is three tokens.
    const { end } = stringEnd(text, skipped(text, start + 1));
    kinds.set(skipped(text, start + 1), kind).set(skipped(text, end), kind);
  };
  walk(parse(text).tree, (node, role, parent) => {
    const name = nodeAt(node, "name");
    switch (node.kind) {
      case "Let": {
        const kind = nodeAt(node, "value")?.kind === "Function" ? "function" : "variable";
        put(name, kind);
        declared.set(textAt(name ?? node, "name") ?? "", kind);
        return;
      }
      case "Parameter":
        put(name, "parameter");
        declared.set(textAt(name ?? node, "name") ?? "", "parameter");
        return;
      case "Option":
      case "Set":
        put(name, "option");
        // hint.strategy is three tokens.
        if (name) for (const part of dotted(text, name)) kinds.set(part, "option");
        if (nodeAt(node, "value")?.kind === "Name") put(nodeAt(node, "value"), "literal");
        return;
      case "Call": {
        const called = textAt(name ?? node, "name") ?? "";
        if (parent?.kind === "Evaluate") put(name, "plugin");
        else put(name, declared.get(called) ?? callKind(called) ?? "function");
        return;
      }
      case "Wildcard":
        put(node, tableRoles.has(role) ? "table" : "column");
        return;
      case "Name": {
        const known = declared.get(textAt(node, "name") ?? "");
        const isTable = tableRoles.has(role) || (role === "expression" && parent?.kind === "ExpressionStatement");
        put(node, role === "chart" ? "literal" : isTable ? (known ?? "table") : (known ?? "column"));
      }
    }
  });
  return kinds;
}

function dotted(text: string, { span }: TreeNode): readonly number[] {
  const parts = text.slice(span.start, span.end).matchAll(/\.\s*(?=\w)/g);
  return [...parts].map((match) => span.start + match.index + match[0].length);
}
