import type { Column } from "../data/column.ts";
import { missing, notANumber, orderWords, ordinary } from "./order-words.ts";

export interface OrderedColumn {
  readonly column: Column;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/**
 * The rows 0 … `rows`-1 in the order of `keys`; equal rows stay as they are. NaN stands next to the nulls.
 * https://learn.microsoft.com/kusto/query/sort-operator
 */
export function sortedRows(keys: readonly OrderedColumn[], rows: number): Int32Array {
  let order = new Int32Array(rows);
  for (let i = 0; i < rows; i++) order[i] = i;
  if (rows < 2) return order;
  let spare = new Int32Array(rows);
  const pass = (digits: Digits): void => {
    distribute(digits, order, spare);
    [order, spare] = [spare, order];
  };
  // The least significant digit of the last key comes first: each pass keeps what the passes before it have done.
  for (const { column, descending, nullsFirst } of keys.toReversed()) {
    if (column.constant) continue;
    const { words, special } = orderWords(column, rows);
    for (const word of words.toReversed()) {
      for (const digit of digitsOf(word, descending)) pass(digit);
    }
    if (special) pass({ words: specialRanks(special, nullsFirst), shift: 0, flip: 0 });
  }
  return order;
}

/** How the kinds of cells follow each other: what `specialRank` says of a kind counts before any word. */
export function specialRank(kind: number, nullsFirst: boolean): number {
  if (kind === ordinary) return nullsFirst ? 2 : 0;
  if (kind === notANumber) return 1;
  return nullsFirst ? 0 : 2;
}

function specialRanks(special: Uint8Array, nullsFirst: boolean): Uint32Array {
  const ranks = Uint32Array.of(
    specialRank(ordinary, nullsFirst),
    specialRank(notANumber, nullsFirst),
    specialRank(missing, nullsFirst),
  );
  const words = new Uint32Array(special.length);
  for (let i = 0; i < words.length; i++) words[i] = ranks[special[i]!]!;
  return words;
}

const digitBits = 11;
const buckets = 1 << digitBits;

/** One digit of every row: bits of its word. */
interface Digits {
  readonly words: Uint32Array;
  readonly shift: number;
  /** -1 where the order is turned round. */
  readonly flip: number;
}

/** The digits in which the rows differ, the least significant first. */
function digitsOf(words: Uint32Array, descending: boolean): readonly Digits[] {
  const flip = descending ? -1 : 0;
  let different = 0;
  const first = words[0]!;
  for (let i = 1; i < words.length; i++) different |= words[i]! ^ first;
  const digits: Digits[] = [];
  for (let shift = 0; shift < 32; shift += digitBits) {
    if (((different >>> shift) & (buckets - 1)) !== 0) digits.push({ words, shift, flip });
  }
  return digits;
}

/** One pass of a radix sort: `from` into `to`, stable, by one digit. */
function distribute({ words, shift, flip }: Digits, from: Int32Array, to: Int32Array): void {
  const mask = buckets - 1;
  const starts = new Int32Array(buckets + 1);
  for (let i = 0; i < words.length; i++) starts[(((words[i]! ^ flip) >>> shift) & mask) + 1]!++;
  for (let digit = 1; digit <= mask; digit++) starts[digit]! += starts[digit - 1]!;
  for (let i = 0; i < from.length; i++) {
    const row = from[i]!;
    const digit = ((words[row]! ^ flip) >>> shift) & mask;
    to[starts[digit]!++] = row;
  }
}
