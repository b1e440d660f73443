import type { IToken, TokenType } from "chevrotain";
import * as problem from "../diagnostics/catalogue/syntax.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { tokenOf } from "./lexer.ts";
import * as t from "./tokens.ts";

export interface Balanced {
  readonly tokens: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
  /** Nesting of the deepest bracket, and where it opens. */
  readonly depth: number;
  readonly deepest: Span;
}

const closers = new Map<TokenType, { readonly type: TokenType; readonly image: string }>([
  [t.LParen, { type: t.RParen, image: ")" }],
  [t.LBracket, { type: t.RBracket, image: "]" }],
  [t.LBrace, { type: t.RBrace, image: "}" }],
]);
const isCloser = (type: TokenType) => type === t.RParen || type === t.RBracket || type === t.RBrace;

/**
 * Makes brackets match, so that the grammar meets no cascade after a forgotten one: missing closers are added, stray
 * ones left out, each with one diagnostic. A `;` closes what a statement has left open, where that helps.
 */
export function balance(tokens: readonly IToken[], length: number): Balanced {
  const whole = match(tokens, length, false);
  return whole.diagnostics.length === 0 ? whole : match(tokens, length, true);
}

function match(tokens: readonly IToken[], length: number, statements: boolean): Balanced {
  const out: IToken[] = [];
  const diagnostics: Diagnostic[] = [];
  const open: { readonly token: IToken; readonly closer: { readonly type: TokenType; readonly image: string } }[] = [];
  // How often each closer could match: decides in constant time whether one is stray.
  const waiting = new Map<TokenType, number>();
  let depth = 0;
  let deepest: Span = { start: 0, end: 0 };

  const wait = (type: TokenType, by: number) => waiting.set(type, (waiting.get(type) ?? 0) + by);
  const abandon = (at: number) => {
    const top = open.pop();
    if (!top) return;
    wait(top.closer.type, -1);
    diagnostics.push(problem.unclosed(spanOf(top.token), top.token.image, top.closer.image));
    out.push({ ...tokenOf(top.closer.type, "", at), image: top.closer.image });
  };

  for (const token of tokens) {
    const closer = closers.get(token.tokenType);
    if (closer) {
      open.push({ token, closer });
      wait(closer.type, 1);
      if (open.length > depth) {
        depth = open.length;
        deepest = spanOf(token);
      }
    } else if (isCloser(token.tokenType)) {
      if (!waiting.get(token.tokenType)) {
        diagnostics.push(problem.strayCloser(spanOf(token), token.image));
        continue;
      }
      while (open.at(-1)?.closer.type !== token.tokenType) abandon(token.startOffset);
      open.pop();
      wait(token.tokenType, -1);
    } else if (statements && token.tokenType === t.Semicolon) {
      while (open.length > 0 && open.at(-1)?.closer.type !== t.RBrace) abandon(token.startOffset);
    }
    out.push(token);
  }
  while (open.length > 0) abandon(length);
  return { tokens: out, diagnostics, depth, deepest };
}

function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
}
