/** Which input rows are behind which output rows: pair by pair. */
export interface Links {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** `from[i]` is behind row i; -1 where none is. */
export function linksFrom(from: Int32Array): Links {
  const to = Int32Array.from(from.keys());
  if (!from.includes(-1)) return { from, to };
  return { from: from.filter((row) => row >= 0), to: to.filter((row) => from[row]! >= 0) };
}

/** Row i is behind row i. */
export function sameRows(length: number): Links {
  const rows = Int32Array.from({ length }, (_, row) => row);
  return { from: rows, to: rows };
}

/** The output rows that one of `rows` is behind, in order. */
export function forward({ from, to }: Links, rows: ReadonlySet<number>): ReadonlySet<number> {
  return picked(from, to, rows);
}

/** The input rows behind one of `rows`, in order. */
export function backward({ from, to }: Links, rows: ReadonlySet<number>): ReadonlySet<number> {
  return picked(to, from, rows);
}

function picked(keys: Int32Array, values: Int32Array, wanted: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  for (let i = 0; i < keys.length; i++) if (wanted.has(keys[i]!)) found.add(values[i]!);
  return new Set([...found].sort((a, b) => a - b));
}
