/** The candidate that `name` is most likely a misspelling of; undefined when none is near. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the letters may be wrong: one in three, two in six.
  let limit = Math.max(1, Math.floor(name.length / 3)) + 0.5;
  for (const candidate of candidates) {
    if (candidate === name || candidate === "") continue;
    const distance = distanceBetween(name, candidate, limit);
    if (distance >= limit) continue;
    best = candidate;
    limit = distance;
  }
  return best;
}

/** Letters to insert, drop, exchange or swap with their neighbour; a difference in case counts a quarter. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  if (a.length > 64 || b.length > 64) return limit;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const [x, y] = [a.charAt(row - 1), b.charAt(column - 1)];
      const exchange = x === y ? 0 : x.toLowerCase() === y.toLowerCase() ? 0.25 : 1;
      let cost = Math.min((last[column - 1] ?? 0) + exchange, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped = row > 1 && column > 1 && x === b.charAt(column - 2) && a.charAt(row - 2) === y;
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    before = last;
    last = current;
  }
  return last[b.length] ?? limit;
}
