import type { Cell } from "../data/column.ts";
import { compareCells } from "../data/compare.ts";
import type { ScalarType } from "../data/types.ts";
import type { Slot } from "./slots.ts";

/**
 * What a value should be like, so that a condition may hold. A goal only guides the choice: every choice is tried on
 * the condition itself.
 */
export type Goal =
  | { readonly is: "equal"; readonly type: ScalarType; readonly value: Cell }
  | { readonly is: "above" | "below"; readonly type: ScalarType; readonly value: Cell; readonly included: boolean }
  | { readonly is: "text"; readonly where: "start" | "end" | "inside"; readonly text: string }
  /** The piece of that number, of a text cut at the separator. */
  | { readonly is: "piece"; readonly separator: string; readonly index: number; readonly text: string }
  /** What `parse` puts into the column of that number. */
  | { readonly is: "parsed"; readonly pattern: Pattern; readonly index: number; readonly text: string }
  /** As many characters, or items of an array. */
  | { readonly is: "length"; readonly of: "text" | "array"; readonly length: number }
  /** An array that has the item. */
  | { readonly is: "item"; readonly value: Cell; readonly type: ScalarType }
  | { readonly is: "present" }
  | { readonly is: "absent" }
  /** Equal to another value of the row, or a little off. */
  | { readonly is: "near"; readonly slot: Slot }
  /** Nothing is known but that it matters. */
  | { readonly is: "any" };

/** The parts of the pattern of a `parse`. */
export type Pattern = readonly (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "skip" }
  | { readonly kind: "column"; readonly type: ScalarType }
)[];

export interface Wish {
  readonly slot: Slot;
  readonly goal: Goal;
}

/** Ways to fulfil something: all wishes of one of the lists. */
export type Alternatives = readonly (readonly Wish[])[];

export const nothingToDo: Alternatives = [[]];

const mostAlternatives = 40;

export function oneOf(...parts: readonly Alternatives[]): Alternatives {
  return parts.flat().slice(0, mostAlternatives);
}

export function allOf(parts: readonly Alternatives[]): Alternatives {
  let combined: Alternatives = nothingToDo;
  for (const part of parts) {
    combined = combined.flatMap((before) => part.map((wishes) => [...before, ...wishes])).slice(0, mostAlternatives);
  }
  return combined;
}

/** Whether a constant is as the goal has it; true where that cannot be told. */
export function mayFulfil(goal: Goal, type: ScalarType, value: Cell): boolean {
  switch (goal.is) {
    case "equal":
      if (value === null || goal.value === null) return value === goal.value;
      if (typeof value === "string" && typeof goal.value === "string")
        return value.toLowerCase() === goal.value.toLowerCase();
      return type !== goal.type || compareCells(type)(value, goal.value) === 0;
    case "above":
    case "below": {
      if (value === null || goal.value === null || type !== goal.type) return value !== null;
      const order = compareCells(type)(value, goal.value);
      return order === 0 ? goal.included : order > 0 === (goal.is === "above");
    }
    case "text":
      return typeof value !== "string" || value.toLowerCase().includes(goal.text.toLowerCase());
    case "present":
      return value !== null && value !== "";
    case "absent":
      return value === null || value === "";
    default:
      return true;
  }
}
