import type { TableSource } from "../data/batch.ts";

export interface Progress {
  /** The same table, whose rows are counted while they are read. */
  watch(name: string, table: TableSource): TableSource;
  /** Takes the line off the screen. */
  done(): void;
}

const silence = 500;
const interval = 200;

/** One line on the standard error that says what is being read, on a terminal, and not in the first half second. */
export function showProgress(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY) return { watch: (_, table) => table, done: () => {} };
  const start = performance.now();
  let next = start + silence;
  let drawn = false;
  return {
    watch: (name, table) => ({
      schema: table.schema,
      concurrent: table.concurrent,
      scan: async function* (request) {
        let rows = 0;
        for await (const batch of table.scan(request)) {
          rows += batch.length;
          // Looking at the clock between batches: timers would wait for a reader that never pauses.
          const now = performance.now();
          if (now >= next) {
            stderr.write(
              `\r\u001b[Kreading ${name}: ${rows.toLocaleString("en")} rows, ${((now - start) / 1000).toFixed(1)} s`,
            );
            drawn = true;
            next = now + interval;
          }
          yield batch;
        }
      },
    }),
    done: () => {
      if (drawn) stderr.write("\r\u001b[K");
      drawn = false;
      next = Number.POSITIVE_INFINITY;
    },
  };
}
