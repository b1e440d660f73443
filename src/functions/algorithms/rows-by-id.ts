/** The rows of each id, in order: those of id `k` are `rows[starts[k]]` … `rows[starts[k + 1] - 1]`. */
export interface RowsById {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Rows whose id is negative are left out. */
export function rowsById(ids: Int32Array, count: number): RowsById {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < ids.length; i++) if (ids[i]! >= 0) starts[ids[i]! + 1]!++;
  for (let id = 0; id < count; id++) starts[id + 1]! += starts[id]!;
  const rows = new Int32Array(starts[count]!);
  const next = starts.slice(0, count);
  for (let i = 0; i < ids.length; i++) if (ids[i]! >= 0) rows[next[ids[i]!]!++] = i;
  return { starts, rows };
}
