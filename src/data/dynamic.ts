import type { Decimal } from "./decimal.ts";

/**
 * A cell of type dynamic: a JSON tree that remembers Kusto's types.
 * - An integral `number` is a long, any other `number` a real; longs beyond 2^53 are `bigint`.
 * - What JSON cannot say (a real that is integral, datetime, timespan, guid, decimal) is a `Typed`.
 * - A bag is a `Map`: keys keep their order, and no key is special.
 */
export type Dynamic = null | boolean | number | bigint | string | Typed | readonly Dynamic[] | Bag;
export type Bag = ReadonlyMap<string, Dynamic>;

/** A scalar inside a dynamic whose type plain JSON would lose. Ticks of datetime and timespan are 100 ns. */
export type Typed =
  | { readonly typed: "real"; readonly value: number }
  | { readonly typed: "int"; readonly value: number }
  | { readonly typed: "datetime"; readonly value: bigint }
  | { readonly typed: "timespan"; readonly value: bigint }
  | { readonly typed: "guid"; readonly value: string }
  | { readonly typed: "decimal"; readonly value: Decimal };

export function isBag(value: Dynamic): value is Bag {
  return value instanceof Map;
}

export function isArray(value: Dynamic): value is readonly Dynamic[] {
  return Array.isArray(value);
}

export function isTyped(value: Dynamic): value is Typed {
  return typeof value === "object" && value !== null && "typed" in value;
}
