import { type Batch, lazyBatch, select } from "../data/batch.ts";
import { columnBuilder, columnOf } from "../data/cells.ts";
import type { Cell, Column } from "../data/column.ts";
import { type Dynamic, isArray, isBag, isTyped } from "../data/dynamic.ts";
import { batchRows } from "../data/slice.ts";
import { fromDynamic } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";
import { dynamicReader } from "../functions/dynamic-kernels.ts";
import type { Unnest } from "../plan/nodes.ts";

/** By row: what it expands to. Null stays as a single item; an empty array or bag has none. */
export type Lists = readonly (readonly Dynamic[])[];

export function listsOf(column: Column, length: number, bags: "array" | "bag"): Lists {
  const read = dynamicReader(column);
  return Array.from({ length }, (_, row) => itemsOf(read(row), bags));
}

function itemsOf(value: Dynamic, bags: "array" | "bag"): readonly Dynamic[] {
  if (isArray(value)) return value;
  if (!isBag(value)) return [value];
  return bags === "array" ? [...value] : [...value].map((slot) => new Map([slot]));
}

/** How many rows each of `length` rows becomes: as many as its longest list has items, but no more than `limit`. */
export function expandedCounts(lists: readonly Lists[], length: number, limit = Number.POSITIVE_INFINITY): Int32Array {
  const counts = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    let count = 0;
    for (const list of lists) count = Math.max(count, list[row]!.length);
    counts[row] = Math.min(count, limit);
  }
  return counts;
}

/** From `start`, as many rows as fill one batch, and the rows that they expand to. */
export function stretch(counts: Int32Array, start: number): { readonly end: number; readonly length: number } {
  let end = start;
  let length = 0;
  do length += counts[end++]!;
  while (end < counts.length && length + counts[end]! <= batchRows);
  return { end, length };
}

/** For each output row, the input row that it comes from and the place of its item. */
export interface Expansion {
  readonly parents: Int32Array;
  readonly places: Int32Array;
}

export function expansion(counts: Int32Array, start: number, end: number, length: number): Expansion {
  const parents = new Int32Array(length);
  const places = new Int32Array(length);
  let at = 0;
  for (let row = start; row < end; row++) {
    for (let place = 0; place < counts[row]!; place++) {
      parents[at] = row;
      places[at++] = place;
    }
  }
  return { parents, places };
}

export function itemColumn(lists: Lists, type: ScalarType, { parents, places }: Expansion): Column {
  const builder = columnBuilder(type, parents.length);
  for (let i = 0; i < parents.length; i++) {
    const item = lists[parents[i]!]![places[i]!];
    // A list that is shorter than those beside it is padded with null.
    builder.push(item === undefined ? null : castItem(item, type));
  }
  return builder.finish();
}

/** `to typeof` takes what JSON has of the type, and reads nothing: a text is no number, whatever it spells. */
function castItem(item: Dynamic, type: ScalarType): Cell {
  switch (type) {
    case "string":
    case "dynamic":
      return fromDynamic(item, type);
    case "datetime":
    case "guid":
      return typeof item === "string" || isTyped(item) ? fromDynamic(item, type) : null;
    case "bool":
      return typeof item === "boolean" || isWhole(item) ? fromDynamic(item, type) : null;
    case "timespan":
    case "decimal":
      // JSON has nothing of these types: Kusto gives null for texts and for numbers alike.
      return null;
    default:
      return typeof item === "string" || typeof item === "boolean" ? null : fromDynamic(item, type);
  }
}

function isWhole(item: Dynamic): boolean {
  return typeof item === "bigint" || (typeof item === "number" && Number.isInteger(item));
}

export function placeColumn({ places }: Expansion): Column {
  return columnOf("long", BigInt64Array.from(places, BigInt));
}

/** The rows of an mv-expand. */
export function expandedRows(plan: Unnest, batch: Batch, lists: readonly Lists[], rows: Expansion): Batch {
  const { schema, items, itemIndex } = plan;
  const kept = select(batch, rows.parents);
  return lazyBatch(schema, rows.parents.length, (index) => {
    if (index === itemIndex) return placeColumn(rows);
    const item = items.findIndex(({ output }) => output === index);
    return item < 0 ? kept.column(index) : itemColumn(lists[item]!, schema[index]!.type, rows);
  });
}
