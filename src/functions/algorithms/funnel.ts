/* How far somebody gets in a sequence of states, where every sensible reading of that gives the same. */

/** A state at a time: the number of its step, or -1 for one that is no step. */
export interface Visit {
  readonly time: bigint;
  readonly step: number;
}

/**
 * How many of the `steps` are taken one after the other, within `period` of the first; 0 without the first. `visits` are
 * in order of time. Undefined where it depends on what Kusto's documentation leaves open: whether steps at one time, and
 * a step at the very end of the period, count, whether the sequence may begin again, and what may stand between its steps.
 */
export function stepsTaken(visits: readonly Visit[], steps: number, period: bigint): number | undefined {
  const times = Array.from({ length: steps }, (): bigint[] => []);
  for (const { time, step } of visits) times[step]?.push(time);
  const starts = times[0] ?? [];
  if (starts.length === 0) return 0;
  const widest = taken(times, starts, period, true);
  const fromFirst = taken(times, starts.slice(0, 1), period, false);
  return widest === fromFirst && widest === sideBySide(visits, period) ? widest : undefined;
}

/** From the best of the starts on, each step as early as may be. `generous`: ties and the end of the period count. */
function taken(
  times: readonly (readonly bigint[])[],
  starts: readonly bigint[],
  period: bigint,
  generous: boolean,
): number {
  const at = times.map(() => 0); // later starts have later steps
  let most = 0;
  for (const start of starts) {
    let last = start;
    let step = 1;
    for (; step < times.length; step++) {
      const those = times[step]!;
      while (at[step]! < those.length && (generous ? those[at[step]!]! < last : those[at[step]!]! <= last)) at[step]!++;
      const next = those[at[step]!];
      if (next === undefined || next - start > period || (!generous && next - start === period)) break;
      last = next;
    }
    most = Math.max(most, step);
  }
  return most;
}

/** From any start on, with nothing between one step and the next. */
function sideBySide(visits: readonly Visit[], period: bigint): number {
  // Several states at one time are no step at all.
  const moments: Visit[] = [];
  for (const visit of visits) {
    const before = moments.at(-1);
    if (before?.time !== visit.time) moments.push(visit);
    else if (before.step !== visit.step) moments[moments.length - 1] = { time: visit.time, step: -1 };
  }
  let most = 0;
  for (const [i, { time, step }] of moments.entries()) {
    if (step !== 0) continue;
    let count = 1;
    for (let next = moments[i + 1]; next?.step === count && next.time - time < period; next = moments[i + count]) {
      count++;
    }
    most = Math.max(most, count);
  }
  return most;
}
