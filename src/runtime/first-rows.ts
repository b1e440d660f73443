/** The row in which each id from `before` up to `count` turns up first. New ids count up from row to row. */
export function firstRows(ids: Int32Array, before: number, count: number): Int32Array {
  const rows = new Int32Array(count - before);
  let next = before;
  for (let i = 0; next < count; i++) {
    if (ids[i] === next) rows[next++ - before] = i;
  }
  return rows;
}
