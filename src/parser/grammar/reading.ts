import {
  EmbeddedActionsParser,
  type IRecognitionException,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type * as ast from "../ast.ts";
import { messages } from "../syntax-errors.ts";
import * as t from "../tokens.ts";
import { lookaheadWhenAsked } from "./lookahead.ts";

export type Rule<T> = ParserMethod<[], T>;

/**
 * What every layer of the grammar stands on: where it is in the text, and how it reports. Rules look
 * one token ahead; where Kusto needs more, a GATE looks itself. What is missing or left over is reported and stepped over here, so that exceptions (syntax-errors.ts) stay few.
 */
export abstract class ReadingGrammar extends EmbeddedActionsParser {
  protected text = "";
  /** Reports about the order of tokens: one of them is often the cause of the next. */
  protected structure: Diagnostic[] = [];
  /** Reports about single words, which disturb nothing else. */
  protected words: Diagnostic[] = [];

  constructor(recoveryEnabled: boolean) {
    super([...t.vocabulary], {
      recoveryEnabled,
      maxLookahead: 1,
      lookaheadStrategy: lookaheadWhenAsked(1),
      skipValidations: true,
      nodeLocationTracking: "none",
      errorMessageProvider: messages,
    });
  }

  // ------------------------------------------------------------ places

  /** Where the next token begins. */
  protected begin(): number {
    const next = this.LA(1);
    return Number.isNaN(next.startOffset) ? this.text.length : next.startOffset;
  }

  /** From `start` to the end of the token consumed last. */
  protected spanFrom(start: number): ast.Name["span"] {
    return { start, end: Math.max(start, this.lastEnd()) };
  }

  protected lastEnd(): number {
    const end = this.LA(0).endOffset;
    return end === undefined || Number.isNaN(end) ? 0 : end + 1;
  }

  protected is(type: TokenType, ahead = 1): boolean {
    const { tokenTypeIdx } = this.LA(ahead);
    return type.tokenTypeIdx === tokenTypeIdx || type.categoryMatchesMap?.[tokenTypeIdx] === true;
  }

  protected spanOf(token: IToken): Span {
    if (Number.isNaN(token.startOffset)) return { start: this.text.length, end: this.text.length };
    return { start: token.startOffset, end: (token.endOffset ?? token.startOffset) + 1 };
  }

  /** Nothing that could be read before the next bracket, `|`, `;` or comma. */
  protected atStop(): boolean {
    const { tokenType, startOffset } = this.LA(1);
    return Number.isNaN(startOffset) || stops.has(tokenType);
  }

  // ------------------------------------------------------------ reports

  /** Where something is missing: at the wrong token, or behind the last one when nothing else follows. */
  protected missing(report: (span: Span, found: string) => Diagnostic): ast.Missing {
    const behind = this.lastEnd();
    const gap: Span = { start: behind, end: behind };
    const stop = this.atStop();
    const next = this.LA(1);
    this.structure.push(stop ? report(gap, "") : report(this.spanOf(next), next.image));
    return { kind: "Missing", span: gap };
  }

  protected fallback<T>(value: T): { recoveryValueFunc: (error: IRecognitionException) => T } {
    return { recoveryValueFunc: () => value };
  }

  /** Nodes that exceptions leave unread; `span` says where. */
  protected readonly unread = {
    recoveryValueFunc: (): ast.Missing => {
      const at = this.lastEnd();
      return { kind: "Missing", span: { start: at, end: at } };
    },
  };
}

const stops: ReadonlySet<TokenType> = new Set([t.Pipe, t.Semicolon, t.Comma, t.RParen, t.RBracket, t.RBrace]);

export const nowhere: Span = { start: 0, end: 0 };
export const nothing: ast.Missing = { kind: "Missing", span: nowhere };
export const nobody: ast.Name = { kind: "Name", name: "", span: nowhere };
