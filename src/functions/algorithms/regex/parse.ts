import { classChars, literalChars } from "./chars.ts";
import { readClass, readClassEscape } from "./classes.ts";
import { type Cursor, cursorOver } from "./cursor.ts";
import { readCodePointEscape } from "./escapes.ts";
import { type Chars, type Look, RegexError, type RegexNode, type RegexTree } from "./syntax.ts";

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly R: boolean;
  readonly U: boolean;
  readonly u: boolean;
  readonly x: boolean;
}
type Flag = keyof Flags;

const noFlags: Flags = { i: false, m: false, s: false, R: false, U: false, u: true, x: false };

/** Reads a pattern; throws `RegexError` where Kusto would refuse it. `flags` are letters, as in `(?ims)`. */
export function parseRegex(pattern: string, flags = ""): RegexTree {
  const names: (string | undefined)[] = [undefined];
  const cursor = cursorOver(pattern);
  const start = flags === "" ? noFlags : withFlags(noFlags, flags);
  const { node } = alternatives(cursor, start, names);
  if (!cursor.done()) throw new RegexError("the `)` has no `(` before it");
  return { node, names };
}

/** Reads up to `)` or the end. Flags set inside hold to the end of the group. */
function alternatives(cursor: Cursor, flags: Flags, names: (string | undefined)[]): { readonly node: RegexNode } {
  const branches: RegexNode[] = [];
  let items: RegexNode[] = [];
  let current = flags;
  for (;;) {
    if (current.x) skipVerbose(cursor);
    if (cursor.done() || cursor.peek() === ")") break;
    if (cursor.take("|")) {
      branches.push(concat(items));
      items = [];
      continue;
    }
    if (cursor.take("(")) {
      const group = readGroup(cursor, current, names);
      if ("flags" in group) current = group.flags;
      else items.push(quantified(cursor, group.node, current));
      continue;
    }
    if (cursor.take("\\Q")) {
      for (const literal of readQuoted(cursor, current)) items.push(literal);
      const last = items.pop();
      if (last) items.push(quantified(cursor, last, current));
      continue;
    }
    items.push(quantified(cursor, readAtom(cursor, current), current));
  }
  branches.push(concat(items));
  return { node: branches.length === 1 ? branches[0]! : { kind: "alternation", nodes: branches } };
}

function concat(nodes: readonly RegexNode[]): RegexNode {
  if (nodes.length === 0) return { kind: "empty" };
  return nodes.length === 1 ? nodes[0]! : { kind: "concat", nodes };
}

function skipVerbose(cursor: Cursor): void {
  for (;;) {
    if (/\s/.test(cursor.peek())) cursor.next();
    else if (cursor.peek() === "#") while (!cursor.done() && cursor.next() !== "\n");
    else return;
  }
}

function readQuoted(cursor: Cursor, flags: Flags): RegexNode[] {
  const nodes: RegexNode[] = [];
  while (!cursor.done() && !cursor.take("\\E")) nodes.push(chars(literalChars(cursor.nextCode(), flags.i)));
  return nodes;
}

function chars(set: Chars): RegexNode {
  return { kind: "chars", chars: set };
}

function look(at: Look): RegexNode {
  return { kind: "look", at };
}

function readAtom(cursor: Cursor, flags: Flags): RegexNode {
  const first = cursor.peek();
  switch (first) {
    case "*":
    case "+":
    case "?":
      throw new RegexError(`the \`${first}\` has nothing before it to repeat`);
    case "^":
      cursor.next();
      return look(flags.m ? (flags.R ? "crlfStart" : "lineStart") : "start");
    case "$":
      cursor.next();
      return look(flags.m ? (flags.R ? "crlfEnd" : "lineEnd") : "end");
    case ".":
      cursor.next();
      return chars(classChars(dotClass(flags), false));
    case "[":
      cursor.next();
      return chars(classChars(readClass(cursor, flags), flags.i));
    case "\\":
      return readEscape(cursor, flags);
    default:
      return chars(literalChars(cursor.nextCode(), flags.i));
  }
}

function dotClass(flags: Flags): string {
  if (flags.s) return "[\\u{0}-\\u{10ffff}]";
  return flags.R ? "[^\\u{a}\\u{d}]" : "[^\\u{a}]";
}

const looks: readonly (readonly [string, Look])[] = [
  ["\\b{start}", "wordStart"],
  ["\\b{end}", "wordEnd"],
  ["\\b{start-half}", "notWordBefore"],
  ["\\b{end-half}", "notWordAfter"],
  ["\\<", "wordStart"],
  ["\\>", "wordEnd"],
  ["\\A", "start"],
  ["\\z", "end"],
];

function readEscape(cursor: Cursor, flags: Flags): RegexNode {
  for (const [text, at] of looks) if (cursor.take(text)) return look(at);
  if (cursor.match(/\\b\{(?=[A-Za-z-])/y)) {
    throw new RegexError("`\\b{…}` is one of `\\b{start}`, `\\b{end}`, `\\b{start-half}` and `\\b{end-half}`");
  }
  if (cursor.take("\\b")) return look(flags.u ? "word" : "asciiWord");
  if (cursor.take("\\B")) return look(flags.u ? "notWord" : "notAsciiWord");
  const set = readClassEscape(cursor, flags.u);
  if (set !== undefined) return chars(classChars(set, flags.i));
  return chars(literalChars(readCodePointEscape(cursor), flags.i));
}

const groupRefusals: readonly (readonly [string, string])[] = [
  ["?=", "look-ahead `(?=…)` is not part of Kusto's regular expressions"],
  ["?!", "negative look-ahead `(?!…)` is not part of Kusto's regular expressions"],
  ["?<=", "look-behind `(?<=…)` is not part of Kusto's regular expressions"],
  ["?<!", "negative look-behind `(?<!…)` is not part of Kusto's regular expressions"],
  ["?>", "the atomic group `(?>…)` is not part of Kusto's regular expressions"],
  ["?#", "the comment `(?#…)` is not part of Kusto's regular expressions"],
  ["?P=", "the backreference `(?P=…)` is not part of Kusto's regular expressions"],
  ["?|", "the branch reset `(?|…)` is not part of Kusto's regular expressions"],
  ["?(", "the conditional `(?(…)…)` is not part of Kusto's regular expressions"],
];

/** Reads behind a `(`. A group of flags alone, `(?i)`, gives the flags that hold from here on. */
function readGroup(
  cursor: Cursor,
  flags: Flags,
  names: (string | undefined)[],
): { readonly node: RegexNode } | { readonly flags: Flags } {
  for (const [text, refusal] of groupRefusals) if (cursor.take(text)) throw new RegexError(refusal);
  if (cursor.take("?P<") || cursor.take("?<"))
    return { node: readCapture(cursor, flags, names, readName(cursor, names)) };
  if (!cursor.take("?")) return { node: readCapture(cursor, flags, names, undefined) };
  let letters = "";
  while (!cursor.done() && cursor.peek() !== ":" && cursor.peek() !== ")") letters += cursor.next();
  const inner = withFlags(flags, letters);
  if (cursor.take(")")) {
    if (letters === "") throw new RegexError("the group `(?)` sets no flag");
    return { flags: inner };
  }
  cursor.take(":");
  const { node } = alternatives(cursor, inner, names);
  closeGroup(cursor);
  return { node };
}

function readCapture(cursor: Cursor, flags: Flags, names: (string | undefined)[], name: string | undefined): RegexNode {
  const index = names.length;
  names.push(name);
  const { node } = alternatives(cursor, flags, names);
  closeGroup(cursor);
  return { kind: "capture", node, index };
}

function readName(cursor: Cursor, names: readonly (string | undefined)[]): string {
  let name = "";
  while (!cursor.done() && cursor.peek() !== ">") name += cursor.next();
  if (!cursor.take(">")) throw new RegexError(`the group name \`${name}\` is not closed by \`>\``);
  if (!/^[\p{Alphabetic}_][\p{Alphabetic}\p{Nd}\p{Nl}\p{No}_.[\]]*$/u.test(name)) {
    throw new RegexError(`\`${name}\` is not a name for a capture group`);
  }
  if (names.includes(name)) throw new RegexError(`two capture groups have the name \`${name}\``);
  return name;
}

function closeGroup(cursor: Cursor): void {
  if (!cursor.take(")")) throw new RegexError("a `(` is not closed");
}

function withFlags(flags: Flags, letters: string): Flags {
  const next: Record<Flag, boolean> = { ...flags };
  let on = true;
  for (const letter of letters) {
    if (letter === "-") on = false;
    else if (letter in next) next[letter as Flag] = on;
    else throw new RegexError(`\`${letter}\` is not a flag of Kusto's regular expressions (i, m, s, R, U, u, x are)`);
  }
  return next;
}

const largestCount = 1000;

function quantified(cursor: Cursor, node: RegexNode, flags: Flags): RegexNode {
  if (flags.x) skipVerbose(cursor);
  const counts = readCounts(cursor);
  if (!counts) return node;
  const { min, max } = counts;
  const lazy = cursor.take("?");
  const second = cursor.peek();
  if (second === "+" && !lazy) {
    throw new RegexError("possessive repetition (`*+`, `++`, `?+`) is not part of Kusto's regular expressions");
  }
  if (second === "*" || second === "+" || second === "?") {
    throw new RegexError(`the \`${second}\` repeats a repetition; put the first one in \`(?:…)\``);
  }
  return { kind: "repeat", node, min, max, greedy: lazy === flags.U };
}

function readCounts(cursor: Cursor): { readonly min: number; readonly max: number } | undefined {
  if (cursor.take("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (cursor.take("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (cursor.take("?")) return { min: 0, max: 1 };
  if (cursor.match(/\{\s*,\s*\d+\s*\}/y)) throw new RegexError("the repetition `{,n}` needs a lower bound: `{0,n}`");
  const counted = cursor.match(/\{\s*(\d+)\s*(?:(,)\s*(\d*)\s*)?\}/y);
  // A brace that counts nothing is a brace.
  if (!counted) return undefined;
  const min = Number(counted[1]);
  const max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY;
  if (max < min) throw new RegexError(`the repetition \`${counted[0]}\` counts from more to less`);
  if (min > largestCount || (max !== Number.POSITIVE_INFINITY && max > largestCount)) {
    throw new RegexError(`the repetition \`${counted[0]}\` counts beyond ${largestCount}`);
  }
  return { min, max };
}
