/** What engines are compared by: a number of rows, and a sum over them. */
export interface Answer {
  readonly rows: number;
  readonly sum: number;
}

/** One measurement, as a child process reports it. */
export interface Timed extends Answer {
  readonly name: string;
  readonly seconds: number;
  /** Seconds of processor time, over all threads. */
  readonly cpu: number;
}

export type EngineName = "kqlite" | "duckdb" | "clickhouse";

/** An engine that runs text and gives the first two cells of the first row. */
export interface Engine {
  run(text: string): Promise<Answer>;
}

/** Runs `work` once to warm up, then `runs` times; the median by time. */
export async function medianOf(name: string, runs: number, work: () => Promise<Answer>): Promise<Timed> {
  const times: Timed[] = [];
  for (let run = 0; run <= runs; run++) {
    const before = process.cpuUsage();
    const start = performance.now();
    const answer = await work();
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    times.push({ ...answer, name, seconds, cpu: (user + system) / 1e6 });
  }
  return middle(times.slice(1), (timed) => timed.seconds);
}

export function middle<T>(items: readonly T[], by: (item: T) => number): T {
  const found = [...items].sort((a, b) => by(a) - by(b))[items.length >> 1];
  if (found === undefined) throw new Error("a median needs a measurement");
  return found;
}
