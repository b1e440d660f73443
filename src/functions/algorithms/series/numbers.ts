import { type Dynamic, isArray, isTyped } from "../../../data/dynamic.ts";
import { realOf } from "../../../data/json.ts";

/* Arrays of numbers: what every function over series reads and gives. */

/** The number that an item of an array is; undefined for anything else. */
export function numberIn(item: Dynamic): number | undefined {
  if (typeof item === "number") return item;
  if (typeof item === "bigint") return Number(item);
  if (!isTyped(item)) return undefined;
  if (item.typed === "real" || item.typed === "int") return item.value;
  return item.typed === "decimal" ? item.value.toNumber() : undefined;
}

/** True for a long or an int. */
export function isWhole(item: Dynamic): boolean {
  if (typeof item === "bigint") return true;
  return typeof item === "number" ? Number.isInteger(item) : isTyped(item) && item.typed === "int";
}

/** The numbers of an array that holds nothing else; undefined for any other value. */
export function allNumbers(value: Dynamic): readonly number[] | undefined {
  if (!isArray(value)) return undefined;
  const numbers: number[] = [];
  for (const item of value) {
    const number = numberIn(item);
    if (number === undefined) return undefined;
    numbers.push(number);
  }
  return numbers;
}

/** An array of reals. */
export function realArray(values: Iterable<number>): readonly Dynamic[] {
  return Array.from(values, realOf);
}
