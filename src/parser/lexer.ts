import type { IToken, TokenType } from "chevrotain";
import * as problem from "../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import * as t from "./tokens.ts";

export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

const literalTypes = new Set(
  "bool boolean int int32 long int64 real double decimal datetime date timespan time guid uniqueid".split(" "),
);
const wordPattern = /[A-Za-z_$][\w$]*/y;
const timespanUnits =
  "d|days?|h|hrs?|hours?|m|min|minutes?|s|sec|seconds?|ms|milli|millis|millisec|milliseconds?|" +
  "micro|micros|microsec|microseconds?|nano|nanos|nanosec|nanoseconds?|ticks?";
/** In this order: a real, a timespan or hexadecimal number, a name that begins with digits, a whole number. */
const numberPattern = new RegExp(
  [
    "(?:\\d+\\.\\d+|\\d+\\.(?!\\.)|\\d+)[eE][+-]?\\d+(?![\\w.])",
    `\\d+(?:\\.\\d+)?(?:${timespanUnits})(?!\\w)`,
    "0[xX][0-9a-fA-F]+(?!\\w)",
    "\\d+\\.\\d+",
    "\\d+[A-Za-z_]\\w*",
    "\\d+\\.(?!\\.)",
    "\\d+",
  ].join("|"),
  "y",
);
const nameWithDigits = /^\d+[A-Za-z_]/;
const numberWord = new RegExp(`^(?:\\d+[eE][+-]?\\d+|0[xX][0-9a-fA-F]+|\\d+(?:${timespanUnits}))$`);
const negatedWord =
  /!(?:between|in~?|has(?:_cs|prefix(?:_cs)?|suffix(?:_cs)?)?|(?:contains|startswith|endswith|like)(?:_cs)?)(?!\w)/y;
const blanks = /\s*/y;
/** Directives that say where a query runs: here it runs over the tables at hand. */
const placing = /^#\s*(?:connect|database)(?!\w)/;
const matchesRegex = /matches\s+regex(?!\w)/y;

/** Text into tokens without blanks and comments. What is none of KQL's is reported and left out. Takes linear time. */
export function tokenize(text: string): Lexed {
  const tokens: IToken[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  let unclosed = 0;
  const end = text.length;

  const push = (tokenType: TokenType, to: number) => {
    tokens.push(tokenOf(tokenType, text.slice(at, to), at));
    at = to;
  };

  while (at < end) {
    const char = text.charCodeAt(at);
    if (isBlank(char)) at++;
    else if (char === slash && text.charCodeAt(at + 1) === slash) at = lineEnd(text, at);
    else if (char === hash && isLineStart(text, at)) {
      const to = lineEnd(text, at);
      const line = text.slice(at, to).trim();
      const span = { start: at, end: to };
      if (tokens.length > 0) diagnostics.push(problem.lateDirective(span, line));
      else if (!placing.test(line)) diagnostics.push(problem.directive(span, line));
      at = to;
    } else if (isQuote(text, at)) string(at);
    else if (isDigit(char)) number();
    else if (isWordStart(char)) word();
    else if (char === bang) negation();
    else mark();
  }
  return { tokens, diagnostics };

  /** The string whose quote, or @ before it, stands at `quote`; the token may have begun with an h. */
  function string(quote: number): void {
    const found = stringEnd(text, quote);
    const opening = text.slice(quote, quote + found.fence);
    if (!found.closed) diagnostics.push(problem.unterminatedString({ start: at, end: found.end }, opening));
    push(t.Text, found.end);
  }

  function number(): void {
    const match = matchAt(numberPattern, text, at) ?? text.charAt(at);
    const isName = nameWithDigits.test(match) && !numberWord.test(match);
    push(isName ? t.Identifier : t.Digits, at + match.length);
  }

  function word(): void {
    const found = matchAt(wordPattern, text, at) ?? text.charAt(at);
    const next = at + found.length;
    if ((found === "h" || found === "H") && isQuote(text, next)) string(next);
    else if (text.charAt(next) === "(" && literalTypes.has(found)) typed(t.TypedLiteral, next, gooEnd);
    else if (found === "dynamic" && text.charAt(behindBlanks(next)) === "(") {
      typed(t.DynamicLiteral, behindBlanks(next), dynamicEnd);
    } else {
      const longer = longerKeyword(found);
      push(t.wordNamed(longer), at + longer.length);
    }
  }

  /** Alone among the typed literals, `dynamic` may stand apart from its parenthesis. */
  function behindBlanks(from: number): number {
    return from + (matchAt(blanks, text, from)?.length ?? 0);
  }

  /** The keyword that begins with `found` and goes on with what no name may hold. */
  function longerKeyword(found: string): string {
    const next = text.charAt(at + found.length);
    if (found === "in" && next === "~") return "in~";
    if (found === "matches") return matchAt(matchesRegex, text, at) ?? found;
    if (next !== "-") return found;
    const fits = (word: string) => text.startsWith(word, at) && !isWordPart(text.charCodeAt(at + word.length));
    return t.hyphenated.get(found)?.find(fits) ?? found;
  }

  /** A literal up to its closing parenthesis; without one it ends with the line. */
  function typed(type: TokenType, open: number, closing: (text: string, open: number) => number | undefined): void {
    // Each search may run to the end of the text: a few in vain are enough.
    const to = unclosed < 20 ? closing(text, open) : undefined;
    if (to === undefined) {
      unclosed++;
      diagnostics.push(problem.unclosed({ start: open, end: open + 1 }, "(", ")"));
    }
    push(type, to ?? lineEnd(text, open));
  }

  function negation(): void {
    const found = matchAt(negatedWord, text, at);
    if (found) push(t.wordNamed(found), at + found.length);
    else mark();
  }

  function mark(): void {
    for (const length of [2, 1]) {
      const type = t.markNamed(text.slice(at, at + length));
      if (!type) continue;
      push(type, at + length);
      return;
    }
    const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
    diagnostics.push(problem.unexpectedCharacter({ start: at, end: at + found.length }, found));
    at += found.length;
  }
}

export function tokenOf(tokenType: TokenType, image: string, startOffset: number): IToken {
  return {
    image,
    startOffset,
    endOffset: startOffset + image.length - 1,
    tokenType,
    tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
  };
}

const [slash, hash, bang, backslash] = [0x2f, 0x23, 0x21, 0x5c];

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function isBlank(char: number): boolean {
  return char === 0x20 || (char >= 0x09 && char <= 0x0d) || char === 0xa0 || char === 0xfeff;
}

const isDigit = (char: number) => char >= 0x30 && char <= 0x39;
const isLetter = (char: number) => (char >= 0x41 && char <= 0x5a) || (char >= 0x61 && char <= 0x7a);
const isWordStart = (char: number) => isLetter(char) || char === 0x5f || char === 0x24;
const isWordPart = (char: number) => isWordStart(char) || isDigit(char);

/** A string begins here, perhaps with @ before its quote. */
function isQuote(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (char === '"' || char === "'") return true;
  if (char === "@") return text.charAt(at + 1) === '"' || text.charAt(at + 1) === "'";
  return text.startsWith("```", at) || text.startsWith("~~~", at);
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charAt(end) !== "\n" && text.charAt(end) !== "\r") end++;
  return end;
}

function isLineStart(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && (text.charAt(start - 1) === " " || text.charAt(start - 1) === "\t")) start--;
  return start === 0 || text.charAt(start - 1) === "\n" || text.charAt(start - 1) === "\r";
}

/** Where the string whose quote (or @) stands at `at` ends. `fence`: length of what opens it. */
export function stringEnd(
  text: string,
  at: number,
): { readonly end: number; readonly closed: boolean; readonly fence: number } {
  const verbatim = text.charAt(at) === "@";
  const start = verbatim ? at + 1 : at;
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") {
    const close = text.indexOf(quote.repeat(3), at + 3);
    return close < 0 ? { end: text.length, closed: false, fence: 3 } : { end: close + 3, closed: true, fence: 3 };
  }
  const fence = verbatim ? 2 : 1;
  for (let end = start + 1; end < text.length; end++) {
    const char = text.charAt(end);
    if (char === "\n" || char === "\r") return { end, closed: false, fence };
    if (char === quote) {
      if (!verbatim || text.charAt(end + 1) !== quote) return { end: end + 1, closed: true, fence };
      end++;
    } else if (!verbatim && text.charCodeAt(end) === backslash) {
      if (text.charAt(end + 1) === "\n" || text.charAt(end + 1) === "\r") return { end: end + 1, closed: false, fence };
      end++;
    }
  }
  return { end: text.length, closed: false, fence };
}

/** After the parenthesis that closes `long(`, `datetime(`, …; undefined when the line has none. */
function gooEnd(text: string, open: number): number | undefined {
  let at = open + 1;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  if (isQuote(text, at)) at = stringEnd(text, at).end;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === ")") return at + 1;
    if (char === "\n" || char === "|" || char === ";") return undefined;
  }
  return undefined;
}

/** After the parenthesis that closes `dynamic(`; undefined when none does. */
function dynamicEnd(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (isQuote(text, at)) {
      const found = stringEnd(text, at);
      if (!found.closed) return undefined;
      at = found.end - 1;
      continue;
    }
    const char = text.charAt(at);
    if (char === "/" && text.charAt(at + 1) === "/") at = lineEnd(text, at);
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return at + 1;
  }
  return undefined;
}
