import { type ActivityLog, type Analysis, Cells, type Track, tracksOf } from "./activity.ts";

/** Rows and distinct IDs of a window and the `depth - 1` windows before it. */
export interface SlidingCount {
  readonly combination: number;
  readonly window: number;
  readonly rows: number;
  readonly ids: number;
}

/** For every window of the analysis that has rows within that reach, those before its start included. */
export function slidingCounts(log: ActivityLog, analysis: Analysis, depth: number): readonly SlidingCount[] {
  const changes = new Cells(() => ({ rows: 0, ids: 0 }));
  for (const track of tracksOf(log)) {
    for (const { first, rows, covered } of reaches(log, track, analysis, depth)) {
      const until = Math.min(first + depth, analysis.last + 1);
      const from = Math.max(first, 0);
      changes.at(track.combination, from).rows += rows;
      changes.at(track.combination, until).rows -= rows;
      // The windows that an earlier reach of the same ID covers are counted already.
      const fresh = Math.max(from, covered);
      if (track.id < 0 || fresh >= until) continue;
      changes.at(track.combination, fresh).ids++;
      changes.at(track.combination, until).ids--;
    }
  }
  return summed(changes);
}

interface Reach {
  /** The first window that the rows count in. */
  readonly first: number;
  readonly rows: number;
  /** The first window that no earlier reach covers. */
  readonly covered: number;
}

function* reaches(
  log: ActivityLog,
  { from, to }: Track,
  { windows, end, last }: Analysis,
  depth: number,
): Iterable<Reach> {
  let covered = 0;
  for (let entry = from, next = from; entry < to; entry = next) {
    const window = windows.windowOf(log.times[entry]!);
    let rows = 0;
    for (; next < to && windows.windowOf(log.times[next]!) === window; next++) if (log.times[next]! <= end) rows++;
    if (rows === 0 || window > last || window + depth <= 0) continue;
    yield { first: window, rows, covered };
    covered = Math.min(window + depth, last + 1);
  }
}

/** The running sums of the changes, for every window with a row in reach. */
function summed(changes: Cells<{ readonly rows: number; readonly ids: number }>): readonly SlidingCount[] {
  const counts: SlidingCount[] = [];
  let [current, reached, rows, ids] = [-1, 0, 0, 0];
  for (const { combination, window, value } of changes.entries()) {
    if (combination !== current) [current, rows, ids] = [combination, 0, 0];
    for (; rows > 0 && reached < window; reached++) counts.push({ combination, window: reached, rows, ids });
    reached = window;
    rows += value.rows;
    ids += value.ids;
  }
  return counts;
}
