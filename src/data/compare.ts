import type { Cell } from "./column.ts";
import { Decimal } from "./decimal.ts";
import { type Dynamic, isArray, isBag, isTyped } from "./dynamic.ts";
import type { ScalarType } from "./types.ts";

/** Ordinal: by UTF-16 code units. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareReals(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  // NaN sorts before every number and equals itself.
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

function compareBigints(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of cells of `type`; neither is null. */
export function compareCells(type: ScalarType): (a: NonNullable<Cell>, b: NonNullable<Cell>) => number {
  // Both cells are of `type`.
  switch (type) {
    case "bool":
      return (a, b) => Number(a) - Number(b);
    case "int":
      return (a, b) => (a as number) - (b as number);
    case "real":
      return (a, b) => compareReals(a as number, b as number);
    case "long":
    case "datetime":
    case "timespan":
      return (a, b) => compareBigints(a as bigint, b as bigint);
    case "decimal":
      return (a, b) => (a as Decimal).comparedTo(b as Decimal);
    case "guid":
    case "string":
      return (a, b) => compareStrings(a as string, b as string);
    case "dynamic":
      return (a, b) => compareDynamic(a as Dynamic, b as Dynamic);
  }
}

/** A total order of dynamic values: numbers by value, then the other kinds, each by its own order. */
export function compareDynamic(a: Dynamic, b: Dynamic): number {
  const [x, y] = [kindOf(a), kindOf(b)];
  if (x !== y) return x - y;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(numberOf(a), numberOf(b));
  if (isTyped(a) && isTyped(b)) return compareCells(a.typed)(a.value, b.value);
  return compareStrings(dynamicKey(a), dynamicKey(b));
}

function kindOf(value: Dynamic): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return 1;
  if (isNumber(value)) return 2;
  if (typeof value === "string") return 6;
  if (isArray(value)) return 8;
  if (isBag(value)) return 9;
  switch (value.typed) {
    case "datetime":
      return 3;
    case "timespan":
      return 4;
    default:
      return 7;
  }
}

type DynamicNumber = number | bigint | Extract<Dynamic, { readonly typed: "real" | "int" | "decimal" }>;

function isNumber(value: Dynamic): value is DynamicNumber {
  if (typeof value === "number" || typeof value === "bigint") return true;
  return isTyped(value) && (value.typed === "real" || value.typed === "int" || value.typed === "decimal");
}

function numberOf(value: DynamicNumber): number | bigint | Decimal {
  return typeof value === "object" ? value.value : value;
}

function compareNumbers(a: number | bigint | Decimal, b: number | bigint | Decimal): number {
  if (typeof a === "number" && typeof b === "number") return compareReals(a, b);
  if (typeof a === "bigint" && typeof b === "bigint") return compareBigints(a, b);
  if (typeof a === "object" || typeof b === "object") {
    const [x, y] = [new Decimal(String(a)), new Decimal(String(b))];
    return x.isNaN() || y.isNaN() ? compareReals(x.toNumber(), y.toNumber()) : x.comparedTo(y);
  }
  // JavaScript compares a bigint with a number exactly.
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Equal values, equal keys, and the other way round. Numbers are equal by value, bags whatever the order of their names. */
export function dynamicKey(value: Dynamic): string {
  if (value === null) return "z";
  switch (typeof value) {
    case "string":
      return `s${value.length}:${value}`;
    case "boolean":
      return value ? "t" : "f";
    case "number":
      return `n${value === 0 ? 0 : value}`;
    case "bigint":
      return `n${value}`;
    default:
  }
  if (isArray(value)) return `[${value.map(dynamicKey).join(",")}]`;
  if (isBag(value)) {
    const slots = [...value].sort(([a], [b]) => compareStrings(a, b));
    return `{${slots.map(([name, item]) => `${name.length}:${name}=${dynamicKey(item)}`).join(",")}}`;
  }
  switch (value.typed) {
    case "real":
    case "int":
      return `n${value.value === 0 ? 0 : value.value}`;
    case "decimal":
      return `n${value.value}`;
    default:
      return `${value.typed}:${value.value}`;
  }
}
