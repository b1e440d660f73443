import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Crew, Part } from "../readers/input.ts";
import type { FileState } from "./held-file.ts";

/** What a worker is given when it starts. */
export interface WorkerTask {
  readonly file: FileState;
  readonly task: unknown;
}

/** A part takes a few hundredths of a second. */
const partBytes = 16 * 1024 * 1024;
/** More of them wait for one another. */
const mostWorkers = 8;

/** Threads that read parts of a file; undefined where the program is not built, or has one processor. */
export function crewOf(
  file: FileState,
  task: unknown,
  script = new URL("./worker.js", import.meta.url),
): Crew | undefined {
  const size = Math.min(mostWorkers, availableParallelism());
  if (size < 2 || !existsSync(fileURLToPath(script))) return undefined;
  const workerData: WorkerTask = { file, task };
  const members = Array.from({ length: size }, () => memberOf(new Worker(script, { workerData })));
  return {
    size,
    partBytes,
    // Each gets the next part before it is done with its last one: the thread that deals them may be busy.
    read: (part) => members.reduce((one, other) => (other.waiting() < one.waiting() ? other : one)).read(part),
    dismiss() {
      for (const member of members) member.leave();
    },
  };
}

interface Member {
  /** Parts that it has not given an answer to. */
  waiting(): number;
  read(part: Part): Promise<unknown>;
  leave(): void;
}

/** A worker keeps the process alive as long as somebody waits for it. One that fails has an answer to nothing. */
function memberOf(worker: Worker): Member {
  const asked: ((answer: unknown) => void)[] = [];
  let alive = true;
  const answer = (found: unknown) => {
    asked.shift()?.(found);
    if (asked.length === 0) worker.unref();
  };
  worker.unref();
  worker.on("message", answer);
  worker.on("error", () => {});
  worker.on("exit", () => {
    alive = false;
    while (asked.length > 0) answer(undefined);
  });
  return {
    waiting: () => (alive ? asked.length : Number.POSITIVE_INFINITY),
    read(part) {
      if (!alive) return Promise.resolve(undefined);
      return new Promise((done) => {
        asked.push(done);
        worker.ref();
        worker.postMessage(part);
      });
    },
    leave() {
      void worker.terminate();
    },
  };
}
