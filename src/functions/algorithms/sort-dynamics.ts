import { compareDynamic } from "../../data/compare.ts";
import { type Dynamic, isArray, isBag, isTyped } from "../../data/dynamic.ts";

/** Positions of `items` in sorted order. Nulls go together to one end; equal items keep their order. */
export function sortedPositions(items: readonly Dynamic[], descending: boolean, nullsLast: boolean): readonly number[] {
  const sign = descending ? -1 : 1;
  return [...items.keys()].sort((i, j) => {
    const a = items[i]!;
    const b = items[j]!;
    if (a === null || b === null) return a === b ? 0 : (a === null) === nullsLast ? 1 : -1;
    // Kinds keep their order when descending: numbers come before strings either way.
    return rank(a) - rank(b) || sign * compareDynamic(a, b);
  });
}

/** Numbers, datetimes and timespans, then strings, then guids, then everything else. */
function rank(value: NonNullable<Dynamic>): number {
  if (typeof value === "number" || typeof value === "bigint") return 0;
  if (typeof value === "string") return 4;
  if (typeof value === "boolean") return 6;
  if (isArray(value)) return 7;
  if (isBag(value)) return 8;
  if (!isTyped(value)) return 9;
  switch (value.typed) {
    case "datetime":
      return 1;
    case "timespan":
      return 2;
    case "guid":
      return 5;
    default:
      return 0;
  }
}
