import type { Column } from "../../data/column.ts";
import type { Condition } from "../conditions.ts";

/** By row: 0 false, 1 true, 2 null. */
export type Truths = Uint8Array;

export function truthsOf(column: Column, rows: number): Truths {
  if (column.type !== "bool") throw new Error("a condition is a bool");
  const { data, validity, constant } = column;
  const truths = new Uint8Array(rows);
  if (constant) return truths.fill(validity?.[0] === 0 ? 2 : data[0]!);
  if (!validity) {
    truths.set(data.subarray(0, rows));
    return truths;
  }
  for (let i = 0; i < rows; i++) truths[i] = validity[i] === 0 ? 2 : data[i]!;
  return truths;
}

/**
 * What the whole would be, given what a part is: bit 0 for false, 1 for true, 2 for null; 1 where the whole is true.
 * A part decides where it would not do to have it the other way.
 */
type Outcomes = Uint8Array;

const wholeIsTrue = 0b010;

/** By atom, left to right: the number of rows for which the whole hangs on it. */
export function decidingRows(condition: Condition, truths: readonly Truths[], rows: number): readonly number[] {
  const tree = known(condition, truths, { at: 0 }, rows);
  return decidingIn(tree, rows).map((flags) => flags.reduce((sum, flag) => sum + flag, 0));
}

/** By atom, left to right: 1 for each row for which the whole hangs on it. */
function decidingIn(tree: Known, rows: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  descend(tree, new Uint8Array(rows).fill(wholeIsTrue), found);
  return found;
}

/** Everything that the atoms of a condition can be together: by the digits of a number to the base of three. */
export interface Cases {
  /** By atom, and by case. */
  readonly truths: readonly Truths[];
  readonly deciding: readonly Uint8Array[];
  readonly whole: Truths;
}

/** As many as there are cases for in a table that is quick to make. */
export const mostAtoms = 7;

export function casesOf(condition: Condition, atoms: number): Cases {
  const count = 3 ** atoms;
  const truths = Array.from({ length: atoms }, (_, atom) => {
    const size = 3 ** (atoms - 1 - atom);
    return Uint8Array.from({ length: count }, (_, code) => Math.floor(code / size) % 3);
  });
  const tree = known(condition, truths, { at: 0 }, count);
  return { truths, deciding: decidingIn(tree, count), whole: tree.truths };
}

interface Known {
  readonly kind: Condition["kind"];
  readonly truths: Truths;
  readonly operands: readonly Known[];
}

function known(condition: Condition, truths: readonly Truths[], next: { at: number }, rows: number): Known {
  if (condition.kind === "atom") return { kind: "atom", truths: truths[next.at++]!, operands: [] };
  const operands = condition.operands.map((operand) => known(operand, truths, next, rows));
  const [a, b] = [operands[0]!.truths, operands[1]?.truths];
  const table = joins[condition.kind];
  const combined = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) combined[i] = table[a[i]! * 3 + (b ? b[i]! : 0)]!;
  return { kind: condition.kind, truths: combined, operands };
}

function descend({ kind, truths, operands }: Known, outcomes: Outcomes, found: Uint8Array[]): void {
  if (kind === "atom") {
    found.push(outcomes.map((outcome, i) => decides[truths[i]! * 8 + outcome]!));
    return;
  }
  if (!isCompound(kind)) return;
  const table = inners[kind];
  for (const [place, operand] of operands.entries()) {
    const beside = operands[1 - place]?.truths;
    const inner = new Uint8Array(outcomes.length);
    for (let i = 0; i < inner.length; i++) inner[i] = table[(beside ? beside[i]! : 0) * 8 + outcomes[i]!]!;
    descend(operand, inner, found);
  }
}

type Compound = Exclude<Condition["kind"], "atom">;

function isCompound(kind: Condition["kind"]): kind is Compound {
  return kind !== "atom";
}

function joined(kind: Compound, a: number, b: number): number {
  if (kind === "not") return a === 2 ? 2 : 1 - a;
  const decisive = kind === "and" ? 0 : 1;
  if (a === decisive || b === decisive) return decisive;
  return a === 2 || b === 2 ? 2 : 1 - decisive;
}

/** 1 where the whole would turn, by 8 times what the part is plus the outcomes. Null could be either of the others. */
const decides = Uint8Array.from({ length: 24 }, (_, index) => {
  const [truth, outcomes] = [index >> 3, index & 7];
  const others = truth === 2 ? [0, 1] : [1 - truth];
  return others.some((other) => (((outcomes >> truth) ^ (outcomes >> other)) & 1) === 1) ? 1 : 0;
});

/** The whole, by 3 times the truth of one side plus that of the other. */
const joins = tables((kind) =>
  Uint8Array.from({ length: 9 }, (_, index) => joined(kind, Math.floor(index / 3), index % 3)),
);

/** The outcomes of a side, by 8 times the truth of the other plus the outcomes of the whole. */
const inners = tables((kind) =>
  Uint8Array.from({ length: 24 }, (_, index) => {
    const [beside, outcomes] = [index >> 3, index & 7];
    return [0, 1, 2].reduce((bits, part) => bits | (((outcomes >> joined(kind, part, beside)) & 1) << part), 0);
  }),
);

function tables(make: (kind: Compound) => Uint8Array): Readonly<Record<Compound, Uint8Array>> {
  return { and: make("and"), or: make("or"), not: make("not") };
}
