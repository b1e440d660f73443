import { compileProgram, type Program, runProgram } from "./machine.ts";
import { asciiRegExp, unicodeRegExp } from "./native.ts";
import { parseRegex } from "./parse.ts";
import { backtrackingDegree, hasEmptyRounds, keepsEarlierCaptures } from "./safety.ts";
import type { RegexNode } from "./syntax.ts";

export interface RegexMatch {
  /** UTF-16 offsets, half-open. */
  readonly start: number;
  readonly end: number;
  /** The text of every group, 0 being the whole match; undefined where a group took no part. */
  readonly groups: readonly (string | undefined)[];
}

/** A compiled pattern: the one way in which kqlite matches regular expressions. */
export interface Regex {
  /** The names of the capture groups; index 0 is the whole match. */
  readonly names: readonly (string | undefined)[];
  test(text: string): boolean;
  /** The first match that starts at UTF-16 offset `from` or later. What is before `from` still counts for `^` and `\b`. */
  exec(text: string, from?: number): RegexMatch | null;
}

const compiled = new Map<string, Regex>();

/**
 * Compiles a pattern; throws `RegexError`. `flags` are letters, as in `(?ims)`.
 *
 * JavaScript's own matcher is used where it gives the same answer and its backtracking is bounded for the text at hand;
 * `machine.ts`, linear but slower, does the rest.
 */
export function compileRegex(pattern: string, flags = ""): Regex {
  const key = `${flags}/${pattern}`;
  const before = compiled.get(key);
  if (before) return before;
  const { node, names } = parseRegex(pattern, flags);
  const regex = build(node, names);
  if (compiled.size >= 500) compiled.clear();
  compiled.set(key, regex);
  return regex;
}

/** Steps that the backtracking matcher may take on one text at the very worst. */
const stepsAllowed = 1e8;

function build(node: RegexNode, names: readonly (string | undefined)[]): Regex {
  // +1: a search tries every place of the text.
  const degree = backtrackingDegree(node) + 1;
  const longest = degree === Number.POSITIVE_INFINITY ? -1 : (stepsAllowed * factorial(degree)) ** (1 / degree);
  const exact = !keepsEarlierCaptures(node) && !hasEmptyRounds(node);
  let program: Program | undefined;
  let ascii: RegExp | undefined;
  let unicode: RegExp | undefined | "none";
  const native = (text: string): RegExp | undefined => {
    if (text.length > longest) return undefined;
    if (isAscii(text)) {
      ascii ??= asciiRegExp(node);
      return ascii;
    }
    unicode ??= unicodeRegExp(node) ?? "none";
    return unicode === "none" ? undefined : unicode;
  };
  const run = (text: string, from: number): number[] | null => {
    program ??= compileProgram(node);
    return runProgram(program, text, from, names.length * 2);
  };
  // A pattern too large for the machine is refused when compiled, not when it first meets a long text.
  if (longest < 0 || hasLargeCounts(node)) program = compileProgram(node);
  return {
    names,
    test: (text) => {
      const matcher = native(text);
      if (!matcher) return run(text, 0) !== null;
      matcher.lastIndex = 0;
      return matcher.test(text);
    },
    exec: (text, from = 0) => {
      const matcher = exact ? native(text) : undefined;
      if (matcher) {
        matcher.lastIndex = from;
        const found = matcher.exec(text);
        // The elements behind the first are undefined where a group took no part, whatever the declaration says.
        const groups: readonly (string | undefined)[] | null = found;
        return found && groups ? { start: found.index, end: found.index + found[0].length, groups } : null;
      }
      const slots = run(text, from);
      return slots ? matchOf(text, slots) : null;
    },
  };
}

function hasLargeCounts(node: RegexNode): boolean {
  if (node.kind === "repeat") return node.min > 1 || node.max > 1 ? hasCounts(node) : hasLargeCounts(node.node);
  if (node.kind === "capture") return hasLargeCounts(node.node);
  if (node.kind === "concat" || node.kind === "alternation") return node.nodes.some(hasLargeCounts);
  return false;
}

function hasCounts(node: RegexNode & { readonly kind: "repeat" }): boolean {
  return node.min > 100 || (node.max > 100 && node.max !== Number.POSITIVE_INFINITY) || hasLargeCounts(node.node);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function matchOf(text: string, slots: readonly number[]): RegexMatch {
  const groups: (string | undefined)[] = [];
  for (let i = 0; i < slots.length; i += 2) {
    groups.push(slots[i]! < 0 || slots[i + 1]! < 0 ? undefined : text.slice(slots[i]!, slots[i + 1]!));
  }
  return { start: slots[0]!, end: slots[1]!, groups };
}

/** All matches from left to right. An empty match that touches the match before it does not count. */
export function allMatches(regex: Regex, text: string): RegexMatch[] {
  const matches: RegexMatch[] = [];
  let from = 0;
  let lastEnd = -1;
  while (from <= text.length) {
    const match = regex.exec(text, from);
    if (!match) break;
    if (match.end === match.start) {
      if (match.end !== lastEnd) matches.push(match);
      from = match.end + ((text.codePointAt(match.end) ?? 0) > 0xffff ? 2 : 1);
    } else {
      matches.push(match);
      from = match.end;
    }
    lastEnd = match.end;
  }
  return matches;
}
