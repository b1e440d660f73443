import { isNullable, type RegexNode } from "./syntax.ts";

/**
 * How badly a backtracking matcher can fare on a pattern: the time to fail at one place of a text of n characters grows
 * as n to this power. Infinity: exponential, or not shown to be better. Errs on the side of caution.
 */
export function backtrackingDegree(node: RegexNode): number {
  const steps = stepsOf(node);
  return steps ? longestChain(steps) : Number.POSITIVE_INFINITY;
}

/** Whether a group inside a repetition may keep a match from an earlier round: JavaScript forgets it, Kusto does not. */
export function keepsEarlierCaptures(node: RegexNode, inside: "once" | "repeated" | "optional" = "once"): boolean {
  switch (node.kind) {
    case "empty":
    case "look":
    case "chars":
      return false;
    case "concat":
      return node.nodes.some((child) => keepsEarlierCaptures(child, inside));
    case "alternation":
      return node.nodes.some((child) => keepsEarlierCaptures(child, inside === "once" ? "once" : "optional"));
    case "repeat":
      if (node.max > 1)
        return keepsEarlierCaptures(node.node, inside === "once" && node.min >= 0 ? "repeated" : "optional");
      return keepsEarlierCaptures(node.node, inside === "once" ? "once" : "optional");
    case "capture":
      return inside === "optional" || keepsEarlierCaptures(node.node, inside);
  }
}

/** Whether some repetition may have an empty round: JavaScript skips it and goes on, Kusto counts it. */
export function hasEmptyRounds(node: RegexNode): boolean {
  switch (node.kind) {
    case "empty":
    case "look":
    case "chars":
      return false;
    case "concat":
    case "alternation":
      return node.nodes.some(hasEmptyRounds);
    case "repeat":
      return (node.max > node.min && isNullable(node.node)) || hasEmptyRounds(node.node);
    case "capture":
      return hasEmptyRounds(node.node);
  }
}

/** Characters as far as overlap goes: the ASCII ones one by one, all others as one. */
type Bits = Uint8Array;

/** One step of a linear walk through the pattern. */
interface Step {
  readonly bits: Bits;
  /** Must match at least one character. */
  readonly mandatory: boolean;
  /** How many choices of length it adds; 0 for a fixed length. */
  readonly choices: number;
}

function longestChain(steps: readonly Step[]): number {
  const best = new Array<number>(steps.length).fill(0);
  let longest = 0;
  for (let to = 0; to < steps.length; to++) {
    const step = steps[to]!;
    if (step.choices === 0) continue;
    let before = 0;
    for (let from = 0; from < to; from++) {
      const start = steps[from]!;
      if (start.choices > 0 && overlap(start.bits, step.bits) && passes(start.bits, steps, from + 1, to)) {
        before = Math.max(before, best[from]!);
      }
    }
    best[to] = before + step.choices;
    longest = Math.max(longest, best[to]!);
  }
  return longest;
}

/** Whether a run of `bits` may shift across all that must match between two steps. */
function passes(bits: Bits, steps: readonly Step[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (steps[i]!.mandatory && !overlap(bits, steps[i]!.bits)) return false;
  return true;
}

/** The steps of a pattern; undefined when a repetition in it can be walked through in exponentially many ways. */
function stepsOf(node: RegexNode): readonly Step[] | undefined {
  switch (node.kind) {
    case "empty":
    case "look":
      return [];
    case "chars":
      return [{ bits: bitsOf(node.chars), mandatory: true, choices: 0 }];
    case "capture":
      return stepsOf(node.node);
    case "concat": {
      const steps: Step[] = [];
      for (const child of node.nodes) {
        const inner = stepsOf(child);
        if (!inner) return undefined;
        steps.push(...inner);
      }
      return steps;
    }
    case "alternation": {
      const branches = node.nodes.map(stepsOf);
      if (!branches.every((branch) => branch !== undefined)) return undefined;
      const choices = Math.max(...branches.map(longestChain), disjointStarts(node.nodes) ? 0 : 1);
      const mandatory = branches.every((branch) => branch.some((step) => step.mandatory));
      return [{ bits: union(branches.flat()), mandatory, choices }];
    }
    case "repeat":
      return repeatSteps(node);
  }
}

function repeatSteps(node: RegexNode & { readonly kind: "repeat" }): readonly Step[] | undefined {
  const inner = stepsOf(node.node);
  if (!inner) return undefined;
  const mandatory = node.min > 0 && inner.some((step) => step.mandatory);
  const bits = union(inner);
  if (node.max <= 1) return [{ bits, mandatory, choices: Math.max(longestChain(inner), node.max - node.min) }];
  const single = node.node.kind === "chars";
  if (!single && !hasOneWayThrough(node.node, inner)) return undefined;
  return [{ bits, mandatory, choices: node.min === node.max && single ? 0 : 1 }];
}

/** Whether any text that is a sequence of rounds of `node` is so in one way only, as far as we can see. */
function hasOneWayThrough(node: RegexNode, steps: readonly Step[]): boolean {
  if (isNullable(node)) return false;
  if (!deterministicAlternations(node)) return false;
  // Two rounds in a row: no choice of one round may take from the next.
  return longestChain([...steps, ...steps]) <= 1;
}

function deterministicAlternations(node: RegexNode): boolean {
  switch (node.kind) {
    case "empty":
    case "look":
    case "chars":
      return true;
    case "concat":
      return node.nodes.every(deterministicAlternations);
    case "alternation":
      return disjointStarts(node.nodes) && node.nodes.every(deterministicAlternations);
    case "repeat":
    case "capture":
      return deterministicAlternations(node.node);
  }
}

function disjointStarts(branches: readonly RegexNode[]): boolean {
  const starts = branches.map(firstBits);
  return starts.every(
    (start, i) =>
      start !== undefined && starts.every((other, j) => j <= i || (other !== undefined && !overlap(start, other))),
  );
}

/** The characters that a match of the node can start with; undefined when it may be empty. */
function firstBits(node: RegexNode): Bits | undefined {
  switch (node.kind) {
    case "empty":
    case "look":
      return undefined;
    case "chars":
      return bitsOf(node.chars);
    case "capture":
      return firstBits(node.node);
    case "repeat":
      return node.min === 0 ? undefined : firstBits(node.node);
    case "concat": {
      const [head] = node.nodes;
      return head && !isNullable(head) ? firstBits(head) : undefined;
    }
    case "alternation": {
      const starts = node.nodes.map(firstBits);
      return starts.every((start) => start !== undefined) ? joined(starts) : undefined;
    }
  }
}

function bitsOf(chars: { readonly ascii: Uint8Array; readonly beyond: boolean }): Bits {
  const bits = new Uint8Array(129);
  bits.set(chars.ascii);
  if (chars.beyond) bits[128] = 1;
  return bits;
}

function union(steps: readonly Step[]): Bits {
  return joined(steps.map((step) => step.bits));
}

function joined(sets: readonly Bits[]): Bits {
  const bits = new Uint8Array(129);
  for (const set of sets) for (let i = 0; i < 129; i++) if (set[i] === 1) bits[i] = 1;
  return bits;
}

function overlap(left: Bits, right: Bits): boolean {
  for (let i = 0; i < 129; i++) if (left[i] === 1 && right[i] === 1) return true;
  return false;
}
