import type { Crew, Part } from "./input.ts";

/** What a member of a crew answers: how many bytes it takes. */
export interface Weighed {
  readonly bytes: number;
}

export interface Reading<Found> {
  readonly part: Part;
  /** Undefined when the crew could not do it. */
  readonly found: Promise<Found | undefined>;
}

/** Parts that are asked for and not there yet, for each of the crew. */
const mostAsked = 4;
/** What is there, or likely to come, before somebody takes it: bytes. */
const mostAhead = 64 * 1024 * 1024;

/** Gives the parts in the order of `parts`, each being read, and has others read meanwhile. */
export function readAhead<Found extends Weighed>(
  crew: Crew,
  parts: () => Promise<Part | undefined>,
): () => Promise<Reading<Found> | undefined> {
  const readings: Reading<Found>[] = [];
  let asked = 0;
  let ahead = 0;
  /** What a part takes, as far as is known. */
  let likely = 0;
  let failed = false;
  let asking: Promise<void> = Promise.resolve();
  const came = (answer: unknown): Found | undefined => {
    const found = answer as Found | undefined; // what the crew was hired to give
    asked--;
    // It may have been dismissed: then it is not asked on.
    failed ||= !found;
    likely = Math.max(likely, found?.bytes ?? 0);
    ahead += found?.bytes ?? 0;
    more(0);
    return found;
  };
  const isRoom = () =>
    !failed &&
    asked < mostAsked * crew.size &&
    (ahead + asked * likely < mostAhead || (ahead === 0 && asked < crew.size));
  const ask = async (least: number) => {
    while (readings.length < least || isRoom()) {
      const part = await parts();
      if (!part) return;
      asked++;
      readings.push({ part, found: crew.read(part).then(came) });
    }
  };
  const more = (least: number): void => {
    asking = asking.then(() => ask(least));
    // Who takes the next part is told.
    asking.catch(() => {});
  };
  more(0);
  return async () => {
    more(1);
    await asking;
    const reading = readings.shift();
    if (!reading) return undefined;
    const found = reading.found.then((found) => {
      ahead -= found?.bytes ?? 0;
      return found;
    });
    return { ...reading, found };
  };
}
