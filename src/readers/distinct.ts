import { bare, type Fields } from "./fields.ts";

/** Above this share of distinct values in a first look a dictionary is not worth its making. */
const worthwhile = 0.5;
const firstLook = 2048;
/** Steps through the table per row, beyond which the bytes are chosen to collide. */
const patience = 16;

export interface Distinct {
  readonly codes: Int32Array;
  /** By code: the row that showed it first. */
  readonly first: Int32Array;
}

/**
 * Codes by the bytes of the fields: equal bytes, equal code. No string is made. `same` tells apart fields of the same
 * bytes that do not mean the same. Undefined where most fields differ.
 */
export function distinctFields(
  fields: Fields,
  slot: number,
  same?: (bytes: Uint8Array, a: number, b: number) => boolean,
): Distinct | undefined {
  const { rows } = fields;
  const look = distinct(fields, slot, Math.min(rows, firstLook), same);
  if (rows <= firstLook || !look || look.first.length > firstLook * worthwhile)
    return rows <= firstLook ? look : undefined;
  return distinct(fields, slot, rows, same);
}

function distinct(
  { bytes, starts: allStarts, ends: allEnds }: Fields,
  slot: number,
  rows: number,
  same: ((bytes: Uint8Array, a: number, b: number) => boolean) | undefined,
): Distinct | undefined {
  const starts = allStarts[slot]!;
  const ends = allEnds[slot]!;
  const codes = new Int32Array(rows);
  const first = new Int32Array(rows);
  const hashes = new Int32Array(rows);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let mask = 1023;
  let table = new Int32Array(mask + 1).fill(-1);
  let count = 0;
  let steps = 0;
  for (let row = 0; row < rows; row++) {
    const start = starts[row]!;
    const end = start < 0 ? start : ends[row]!;
    const stop = bare(end);
    const hash = start < 0 ? 0 : hashOf(view, start, stop);
    let at = hash & mask;
    let code = table[at]!;
    while (code >= 0 && !(hashes[code] === hash && equal(first[code]!, start, end, stop))) {
      steps++;
      at = (at + 1) & mask;
      code = table[at]!;
    }
    if (steps > patience * rows) return undefined;
    if (code < 0) {
      code = count++;
      first[code] = row;
      hashes[code] = hash;
      table[at] = code;
      if (count * 2 > mask) {
        mask = mask * 2 + 1;
        table = filled(mask, hashes, count);
      }
    }
    codes[row] = code;
  }
  return { codes, first: first.slice(0, count) };

  function equal(other: number, start: number, end: number, stop: number): boolean {
    const otherStart = starts[other]!;
    if (otherStart < 0 || start < 0) return otherStart === start;
    const otherEnd = ends[other]!;
    if (otherEnd < 0 !== end < 0 || bare(otherEnd) - otherStart !== stop - start) return false;
    if (!equalBytes(view, otherStart, start, stop - start)) return false;
    return same?.(bytes, otherStart, start) ?? true;
  }
}

// Four bytes at a time, the last ones over again where they are fewer: a loop over what is left costs more than all
// before it, since nobody foresees its end.

function hashOf(view: DataView, start: number, stop: number): number {
  const length = stop - start;
  let hash = length;
  if (length < 4) {
    for (let at = start; at < stop; at++) hash = (hash << 8) | view.getUint8(at);
    return mixed(hash);
  }
  for (let at = start; at < stop - 4; at += 4) hash = mixed(hash ^ view.getInt32(at, true));
  return mixed(hash ^ view.getInt32(stop - 4, true));
}

function mixed(word: number): number {
  const product = Math.imul(word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

function equalBytes(view: DataView, one: number, other: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (view.getUint8(one + i) !== view.getUint8(other + i)) return false;
    return true;
  }
  for (let i = 0; i < length - 4; i += 4) {
    if (view.getInt32(one + i, true) !== view.getInt32(other + i, true)) return false;
  }
  return view.getInt32(one + length - 4, true) === view.getInt32(other + length - 4, true);
}

function filled(mask: number, hashes: Int32Array, count: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(mask + 1).fill(-1);
  for (let code = 0; code < count; code++) {
    let free = hashes[code]! & mask;
    while (table[free]! >= 0) free = (free + 1) & mask;
    table[free] = code;
  }
  return table;
}
