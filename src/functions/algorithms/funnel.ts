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
  const starts = visits.filter(({ step }) => step === 0).map(({ time }) => time);
  const [first] = starts;
  if (first === undefined) return 0;
  const widest = Math.max(...starts.map((start) => taken(visits, start, steps, period, true)));
  const fromFirst = taken(visits, first, steps, period, false);
  return widest === fromFirst && widest === sideBySide(visits, period) ? widest : undefined;
}

/** From one start on, each step as early as may be. `generous`: ties and the end of the period count. */
function taken(visits: readonly Visit[], start: bigint, steps: number, period: bigint, generous: boolean): number {
  let last = start;
  for (let step = 1; step < steps; step++) {
    const next = visits.find(
      (visit) => visit.step === step && (visit.time > last || (generous && visit.time === last)),
    );
    if (!next || next.time - start > period || (!generous && next.time - start === period)) return step;
    last = next.time;
  }
  return steps;
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
