import { type Answered, type Asked, sent } from "./jobs.ts";
import { runFile } from "./run-suite.ts";

/** Runs the test files that the process is asked for, until nobody asks any more. */
export async function testWorker(): Promise<void> {
  if (!process.send) return;
  // Whoever started it decides what becomes of an interrupted run.
  process.on("SIGINT", () => {});
  await new Promise<void>((done) => {
    process.on("disconnect", done);
    process.on("message", (asked: Asked) => {
      void answerTo(asked).then((answer) => process.send?.(answer ?? null));
    });
  });
}

async function answerTo({ file, path, options }: Asked): Promise<Answered> {
  try {
    return sent(await runFile({ file, path, stop: () => false, done: () => {} }, options));
  } catch {
    return undefined;
  }
}
