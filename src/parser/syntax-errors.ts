import {
  EOF,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from "chevrotain";
import * as problem from "../diagnostics/catalogue/syntax.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import * as t from "./tokens.ts";

/** Chevrotain hands on only the text of a message: ours is the name of the token that was expected, or nothing. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

const spellings = new Map<string, string>([
  [t.Word.name, "a name"],
  [t.Name.name, "a name"],
  [t.Identifier.name, "a name"],
  [t.Text.name, "a string"],
  [t.LParen.name, "`(`"],
  [t.RParen.name, "`)`"],
  [t.LBracket.name, "`[`"],
  [t.RBracket.name, "`]`"],
  [t.LBrace.name, "`{`"],
  [t.RBrace.name, "`}`"],
  [t.Comma.name, "`,`"],
  [t.Colon.name, "`:`"],
  [t.DotDot.name, "`..`"],
  [t.Assign.name, "`=`"],
  [t.Semicolon.name, "`;`"],
]);

const helps = new Map<string, string>([
  ["datatable", 'for example `datatable(a:long, b:string) [1, "x"]`'],
  ["values", 'for example `datatable(a:long, b:string) [1, "x"]`'],
  ["schema", "for example `(a:long, b:string)`"],
  ["columnDeclaration", "a column is declared as `name:type`"],
  ["range", "for example `range x from 1 to 10 step 1`"],
  ["bounds", "for example `x between (1 .. 10)`"],
  ["sort", "for example `sort by Timestamp desc`"],
  ["top", "for example `top 10 by Timestamp desc`"],
  ["typeofType", "for example `typeof(long)`"],
  ["makeSeries", "for example `make-series count() on Timestamp from ago(7d) to now() step 1h`"],
  ["seriesRange", "for example `make-series count() on Timestamp from ago(7d) to now() step 1h`"],
  ["mvApply", 'for example `mv-apply Item = Items to typeof(string) on (where Item has "a")`'],
  ["parseText", 'for example `parse Message with * "user=" User " " *`'],
  ["parseKv", 'for example `parse-kv Message as (user:string) with (pair_delimiter=" ", kv_delimiter="=")`'],
  ["sampleDistinct", "for example `sample-distinct 10 of User`"],
  ["topHitters", "for example `top-hitters 10 of User`"],
  ["invoke", "for example `invoke f(1)`, where `f` is a function of the query"],
  ["evaluate", "for example `evaluate bag_unpack(Properties)`"],
  ["let", "for example `let Limit = 10;`"],
]);

/** The exception in the words of the catalogue. `length` is that of the text. */
export function syntaxError(exception: IRecognitionException, length: number): Diagnostic {
  const { token, context, message } = exception;
  const rule = context.ruleStack.at(-1) ?? "";
  const help = helps.get(rule);
  const atEnd = token.tokenType === EOF || isStop(token.tokenType);
  const span = atEnd ? behind(exception, length) : { start: token.startOffset, end: (token.endOffset ?? 0) + 1 };
  const found = token.tokenType === EOF ? "" : token.image;
  if (message === "") return problem.unreadablePart(span, found, help);
  const what = spellings.get(message) ?? `\`${message.replaceAll('"', "")}\``;
  return problem.expected(span, what, found, help);
}

function isStop(type: TokenType): boolean {
  return type === t.Pipe || type === t.Semicolon || type === t.RParen || type === t.RBracket || type === t.RBrace;
}

/** Behind the token before: there something is missing. */
function behind(exception: IRecognitionException, length: number): Span {
  const { token } = exception;
  const previousToken = "previousToken" in exception ? (exception.previousToken as IToken | undefined) : undefined; // not in the base type
  const end = previousToken?.endOffset;
  const at =
    end === undefined || Number.isNaN(end) ? (Number.isNaN(token.startOffset) ? length : token.startOffset) : end + 1;
  return { start: at, end: at };
}
