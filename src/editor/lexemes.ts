import type { IToken, TokenType } from "chevrotain";
import { tokenize } from "../parser/lexer.ts";

/** A token of the query. */
export interface Lexeme {
  readonly start: number;
  readonly end: number;
  readonly image: string;
  readonly type: TokenType;
}

/** A comment, from its slashes to the end of the line, or a directive; or text that is none of KQL's. */
export interface Aside {
  readonly start: number;
  readonly end: number;
  readonly kind: "comment" | "other";
}

/** The tokens of a text, and what stands between them: whatever the text, in linear time. */
export function lexemesOf(text: string): { readonly lexemes: readonly Lexeme[]; readonly asides: readonly Aside[] } {
  const lexemes = tokenize(text).tokens.map(lexemeOf);
  const asides: Aside[] = [];
  let at = 0;
  for (const { start, end } of lexemes) {
    asides.push(...asidesIn(text, at, start));
    at = end;
  }
  asides.push(...asidesIn(text, at, text.length));
  return { lexemes, asides };
}

function lexemeOf({ image, startOffset, tokenType }: IToken): Lexeme {
  return { start: startOffset, end: startOffset + image.length, image, type: tokenType };
}

const none: readonly Aside[] = [];

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const char = text.charCodeAt(at);
    if (char !== 0x20 && (char < 0x09 || char > 0x0d)) return false;
  }
  return true;
}

function asidesIn(text: string, from: number, to: number): readonly Aside[] {
  if (isBlank(text, from, to)) return none;
  return [...text.slice(from, to).matchAll(from === 0 ? headParts : parts)].map((match) => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
    kind: /^(\/\/|#)/.test(match[0]) && match[0].length > 1 ? "comment" : "other",
  }));
}

const parts = /\/\/[^\r\n]*|[^\s\u00a0\ufeff]+?(?=\/\/|[\s\u00a0\ufeff]|$)/g;
/** Directives, too, which stand before the first token alone. */
const headParts = /(?:\/\/|(?<=(?:^|[\r\n])[ \t]*)#)[^\r\n]*|[^\s\u00a0\ufeff]+?(?=\/\/|[\s\u00a0\ufeff]|$)/g;

/** Whether a token is of `type`, or of a type in that category. */
export function isOf(lexeme: Lexeme | undefined, type: TokenType): boolean {
  if (!lexeme) return false;
  const index = lexeme.type.tokenTypeIdx ?? -1;
  return type.tokenTypeIdx === index || type.categoryMatchesMap?.[index] === true;
}

const blanks = /(?:\s|\/\/[^\r\n]*)*/y;
const opening = /(?:[\s(]|\/\/[^\r\n]*)*/y;

/** Behind the blanks and comments that stand at `at`. */
export function skipped(text: string, at: number, pattern = blanks): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** The span of a node begins with the parentheses around it: where the node itself does. */
export function behindParentheses(text: string, at: number): number {
  return skipped(text, at, opening);
}
