import { Refusal } from "../../refusal.ts";
import { classChars, isMember } from "./chars.ts";
import { asciiWordClass, type Chars, isNullable, type Look, RegexError, type RegexNode, wordClass } from "./syntax.ts";

/** `split`: tries `next` first, then `other`. */
type Instruction =
  | { readonly op: "chars"; readonly chars: Chars }
  | { readonly op: "look"; readonly at: Look }
  | { readonly op: "save"; readonly slot: number }
  | { op: "split"; next: number; other: number }
  | { op: "jump"; to: number }
  | { readonly op: "match" };

export type Program = readonly Instruction[];

const largestProgram = 50_000;

export function compileProgram(node: RegexNode): Program {
  const program: Instruction[] = [];
  emit({ kind: "capture", node, index: 0 }, program);
  program.push({ op: "match" });
  return program;
}

function emit(node: RegexNode, program: Instruction[]): void {
  if (program.length > largestProgram) throw new RegexError("the pattern's repetitions make it too large");
  switch (node.kind) {
    case "empty":
      return;
    case "chars":
      program.push({ op: "chars", chars: node.chars });
      return;
    case "look":
      program.push({ op: "look", at: node.at });
      return;
    case "concat":
      for (const child of node.nodes) emit(child, program);
      return;
    case "capture":
      program.push({ op: "save", slot: node.index * 2 });
      emit(node.node, program);
      program.push({ op: "save", slot: node.index * 2 + 1 });
      return;
    case "alternation":
      emitAlternation(node.nodes, program);
      return;
    case "repeat":
      emitRepeat(node, program);
  }
}

function emitAlternation(branches: readonly RegexNode[], program: Instruction[]): void {
  const exits: { op: "jump"; to: number }[] = [];
  branches.forEach((branch, i) => {
    if (i === branches.length - 1) {
      emit(branch, program);
      return;
    }
    const split = { op: "split" as const, next: program.length + 1, other: 0 };
    program.push(split);
    emit(branch, program);
    const exit = { op: "jump" as const, to: 0 };
    exits.push(exit);
    program.push(exit);
    split.other = program.length;
  });
  for (const exit of exits) exit.to = program.length;
}

function emitRepeat(node: RegexNode & { readonly kind: "repeat" }, program: Instruction[]): void {
  const { min, max, greedy } = node;
  if (max === Number.POSITIVE_INFINITY) {
    for (let i = 1; i < min; i++) emit(node.node, program);
    if (min > 0) emitPlus(node.node, greedy, program);
    // x* as (x+)? where x may be empty: so the empty round counts as a round, as in RE2 and Rust.
    else if (isNullable(node.node)) emitOptional(() => emitPlus(node.node, greedy, program), greedy, program);
    else emitStar(node.node, greedy, program);
    return;
  }
  for (let i = 0; i < min; i++) emit(node.node, program);
  // x{0,3} as (x(x(x)?)?)?
  const splits: { op: "split"; next: number; other: number }[] = [];
  for (let i = min; i < max; i++) {
    splits.push(openSplit(program));
    emit(node.node, program);
  }
  for (const split of splits) closeSplit(split, program.length, greedy);
}

function emitOptional(body: () => void, greedy: boolean, program: Instruction[]): void {
  const split = openSplit(program);
  body();
  closeSplit(split, program.length, greedy);
}

function emitStar(node: RegexNode, greedy: boolean, program: Instruction[]): void {
  const start = program.length;
  const split = openSplit(program);
  emit(node, program);
  program.push({ op: "jump", to: start });
  closeSplit(split, program.length, greedy);
}

function emitPlus(node: RegexNode, greedy: boolean, program: Instruction[]): void {
  const start = program.length;
  emit(node, program);
  const after = program.length + 1;
  program.push({ op: "split", next: greedy ? start : after, other: greedy ? after : start });
}

function openSplit(program: Instruction[]): { op: "split"; next: number; other: number } {
  const split = { op: "split" as const, next: program.length + 1, other: 0 };
  program.push(split);
  return split;
}

/** The split goes into its body, at `next`, or to `exit`: the body first when greedy. */
function closeSplit(split: { next: number; other: number }, exit: number, greedy: boolean): void {
  const body = split.next;
  split.next = greedy ? body : exit;
  split.other = greedy ? exit : body;
}

/**
 * The first match at or after `from`, as UTF-16 offsets: slots 2i and 2i+1 hold group i, -1 where it has none.
 * Backtracks like JavaScript does, but enters no state twice at the same place: the time is linear in the text.
 */
export function runProgram(program: Program, text: string, from: number, slots: number): number[] | null {
  const visited = new Visited(program.length);
  const saved = new Array<number>(slots).fill(-1);
  for (let start = from; start <= text.length; start++) {
    if (isSecondHalf(text, start)) continue;
    saved.fill(-1);
    if (runFrom(program, text, start, visited, saved)) return saved;
  }
  return null;
}

/** Words of all the pages of one search: 256 MB. */
const mostWords = 2 ** 26;

/** Which instruction has been tried at which place: a bit each, in pages of 64 places that exist once they are needed. */
class Visited {
  readonly #pages = new Map<number, Uint32Array>();
  readonly #size: number;
  /** The page used last. */
  #page: Uint32Array = new Uint32Array(0);
  #number = -1;

  constructor(instructions: number) {
    this.#size = instructions * 2;
  }

  /** False when it was visited before. */
  enter(instruction: number, at: number): boolean {
    const number = at >>> 6;
    if (number !== this.#number) this.#turnTo(number);
    const page = this.#page;
    const word = instruction * 2 + ((at >>> 5) & 1);
    const bit = 1 << (at & 31);
    if ((page[word]! & bit) !== 0) return false;
    page[word]! |= bit;
    return true;
  }

  #turnTo(number: number): void {
    let page = this.#pages.get(number);
    if (!page) {
      if ((this.#pages.size + 1) * this.#size > mostWords) {
        throw new Refusal("regex", "the pattern has too many parts for a text of this length");
      }
      page = new Uint32Array(this.#size);
      this.#pages.set(number, page);
    }
    this.#page = page;
    this.#number = number;
  }
}

function isSecondHalf(text: string, at: number): boolean {
  if (at === 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

function runFrom(program: Program, text: string, start: number, visited: Visited, saved: number[]): boolean {
  // Pairs of (instruction, place); a negative instruction -1 - slot puts back what the slot held.
  const stack: number[] = [0, start];
  while (stack.length > 0) {
    let at = stack.pop()!;
    let pc = stack.pop()!;
    if (pc < 0) {
      saved[-1 - pc] = at;
      continue;
    }
    for (;;) {
      if (!visited.enter(pc, at)) break;
      const instruction = program[pc]!;
      if (instruction.op === "match") return true;
      if (instruction.op === "chars") {
        if (at >= text.length) break;
        const code = text.codePointAt(at)!;
        if (!isMember(instruction.chars, code)) break;
        at += code > 0xffff ? 2 : 1;
        pc++;
      } else if (instruction.op === "split") {
        stack.push(instruction.other, at);
        pc = instruction.next;
      } else if (instruction.op === "jump") {
        pc = instruction.to;
      } else if (instruction.op === "save") {
        stack.push(-1 - instruction.slot, saved[instruction.slot]!);
        saved[instruction.slot] = at;
        pc++;
      } else {
        if (!holds(instruction.at, text, at)) break;
        pc++;
      }
    }
  }
  return false;
}

const words = classChars(wordClass, false);
const asciiWords = classChars(asciiWordClass, false);

function holds(look: Look, text: string, at: number): boolean {
  switch (look) {
    case "start":
      return at === 0;
    case "end":
      return at === text.length;
    case "lineStart":
      return at === 0 || text[at - 1] === "\n";
    case "lineEnd":
      return at === text.length || text[at] === "\n";
    case "crlfStart":
      return at === 0 || text[at - 1] === "\n" || (text[at - 1] === "\r" && text[at] !== "\n");
    case "crlfEnd":
      return at === text.length || text[at] === "\r" || (text[at] === "\n" && text[at - 1] !== "\r");
    case "notWordBefore":
      return !wordBefore(words, text, at);
    case "notWordAfter":
      return !wordAfter(words, text, at);
    case "word":
      return wordBefore(words, text, at) !== wordAfter(words, text, at);
    case "notWord":
      return wordBefore(words, text, at) === wordAfter(words, text, at);
    case "wordStart":
      return !wordBefore(words, text, at) && wordAfter(words, text, at);
    case "wordEnd":
      return wordBefore(words, text, at) && !wordAfter(words, text, at);
    case "asciiWord":
      return wordBefore(asciiWords, text, at) !== wordAfter(asciiWords, text, at);
    case "notAsciiWord":
      return wordBefore(asciiWords, text, at) === wordAfter(asciiWords, text, at);
  }
}

function wordBefore(set: Chars, text: string, at: number): boolean {
  if (at === 0) return false;
  const start = at > 1 && isSecondHalf(text, at - 1) ? at - 2 : at - 1;
  return isMember(set, text.codePointAt(start)!);
}

function wordAfter(set: Chars, text: string, at: number): boolean {
  return at < text.length && isMember(set, text.codePointAt(at)!);
}
