import type { IToken } from "chevrotain";
import * as problem from "../diagnostics/catalogue/syntax.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Query } from "./ast-statements.ts";
import { balance } from "./brackets.ts";
import { type ReadResult, StatementGrammar } from "./grammar/statements.ts";
import { tokenize } from "./lexer.ts";
import { syntaxError } from "./syntax-errors.ts";
import * as t from "./tokens.ts";

/** The deepest nesting of brackets: each level takes stack, here and in whoever walks the tree. */
const maxDepth = 150;
/** A text that is no KQL at all should not fill the screen. */
const maxDiagnostics = 20;

/** Gives up at the first token that fits nowhere, and is made in half the time of `patient`. */
let strict: StatementGrammar | undefined;
/** Steps over what fits nowhere and reads on: its tree and its reports are those of a text with mistakes. */
let patient: StatementGrammar | undefined;

export interface Parsed {
  readonly tree: Query;
  readonly diagnostics: readonly Diagnostic[];
}

/** Who asks for a tree soon asks again: to bind it to other tables, to look for its conditions. */
const recent = new Map<string, Parsed>();
const mostRecent = 16;

/** Text in, tree and diagnostics out; whatever the text, and in time that grows with its length alone. */
export function parse(text: string): Parsed {
  const known = recent.get(text);
  const parsed = known ?? read(text);
  recent.delete(text);
  recent.set(text, parsed);
  for (const [oldest] of recent) {
    if (recent.size <= mostRecent) break;
    recent.delete(oldest);
  }
  return parsed;
}

function read(text: string): Parsed {
  const nothing: Query = { kind: "Query", statements: [], span: { start: 0, end: text.length } };
  const lexed = tokenize(text);
  const first = lexed.tokens[0];
  const [command] = first?.tokenType === t.Dot ? (/^\.\s*[\w.-]+/.exec(text.slice(first.startOffset)) ?? []) : [];
  if (first && command !== undefined) {
    const span = { start: first.startOffset, end: first.startOffset + command.length };
    return { tree: nothing, diagnostics: [problem.managementCommand(span, command)] };
  }
  const balanced = balance(lexed.tokens, text.length);
  if (balanced.depth > maxDepth) {
    return { tree: nothing, diagnostics: [problem.nestedTooDeeply(balanced.deepest, maxDepth)] };
  }
  const { tree, structure, words, exceptions } = readTokens(text, balanced.tokens);

  const breaks = balanced.tokens.filter(({ tokenType }) => tokenType === t.Pipe || tokenType === t.Semicolon);
  const bounds = breaks.map(({ startOffset }) => startOffset);
  const orderly = [...structure, ...exceptions.map((exception) => syntaxError(exception, text.length))];
  const lexical = [...lexed.diagnostics, ...balanced.diagnostics];
  const diagnostics = [...withoutEchoes(lexical, orderly, bounds), ...words].sort((a, b) => startOf(a) - startOf(b));
  return { tree, diagnostics: diagnostics.slice(0, maxDiagnostics) };
}

function readTokens(text: string, tokens: readonly IToken[]): ReadResult {
  strict ??= new StatementGrammar(false);
  const result = strict.read(text, tokens);
  if (result.exceptions.length === 0) return result;
  patient ??= new StatementGrammar(true);
  return patient.read(text, tokens);
}

/**
 * One report about the order of tokens between two of `|` and `;`: the first. The others only say again that the rest
 * makes no sense. Characters and brackets that are wrong in themselves are all worth a report, and come first.
 */
function withoutEchoes(
  certain: readonly Diagnostic[],
  order: readonly Diagnostic[],
  bounds: readonly number[],
): readonly Diagnostic[] {
  const taken = new Set(certain.map((diagnostic) => segmentOf(startOf(diagnostic), bounds)));
  const kept = [...certain];
  // At one place, what is expected says more than that something is unexpected.
  const vague = ({ code }: Diagnostic) => (code === "KS198" ? 1 : 0);
  for (const diagnostic of [...order].sort((a, b) => startOf(a) - startOf(b) || vague(a) - vague(b))) {
    const segment = segmentOf(startOf(diagnostic), bounds);
    if (taken.has(segment)) continue;
    taken.add(segment);
    kept.push(diagnostic);
  }
  return kept;
}

/** How many bounds stand before `offset`. */
function segmentOf(offset: number, bounds: readonly number[]): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startOf(diagnostic: Diagnostic): number {
  return diagnostic.labels[0].span.start;
}
