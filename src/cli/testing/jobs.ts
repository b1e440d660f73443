import { type ChildProcess, fork } from "node:child_process";
import type { QueryDocument } from "../../documents/document.ts";
import type { RunOptions } from "./run-file.ts";
import type { FileReport } from "./suite.ts";

/*
 * Test files in processes of their own, each of which runs one file after the other. What a process is told and what it
 * answers is data; functions stay where they are.
 */

/** What a process is asked for. */
export interface Asked {
  readonly file: string;
  readonly path: string;
  readonly options: RunOptions;
}

/** Undefined where the run of the file threw: whoever asked runs it and sees why. */
export type Answered = SentReport | undefined;

type SentReport = Omit<FileReport, "coverage"> & {
  readonly coverage?:
    | (Omit<NonNullable<FileReport["coverage"]>, "document"> & { readonly document: SentDocument })
    | undefined;
};
type SentDocument = Omit<QueryDocument, "offsetInFile"> & { readonly offsets: Int32Array };

export function sent(report: FileReport): SentReport {
  const { coverage, ...rest } = report;
  if (!coverage) return rest;
  const { offsetInFile, ...document } = coverage.document;
  const offsets = Int32Array.from({ length: document.text.length + 1 }, (_, offset) => offsetInFile(offset));
  return { ...rest, coverage: { ...coverage, document: { ...document, offsets } } };
}

export function received({ coverage, ...rest }: SentReport): FileReport {
  if (!coverage) return rest;
  const { offsets, ...document } = coverage.document;
  return { ...rest, coverage: { ...coverage, document: { ...document, offsetInFile: (at) => offsets[at] ?? at } } };
}

/** Processes that run test files, as many at a time as there are `jobs`. */
export interface Pool {
  readonly run: (asked: Asked) => Promise<FileReport | undefined>;
  readonly close: () => void;
}

export function poolOf(jobs: number): Pool {
  const idle: ChildProcess[] = [];
  const all: ChildProcess[] = [];
  const waiting: (() => void)[] = [];
  const free = async (): Promise<ChildProcess> => {
    for (;;) {
      const worker = idle.pop();
      if (worker) return worker;
      if (all.length < jobs) {
        const made = fork(process.argv[1] ?? "", [workerCommand], { serialization: "advanced" });
        all.push(made);
        return made;
      }
      await new Promise<void>((done) => waiting.push(done));
    }
  };
  return {
    run: async (asked) => {
      const worker = await free();
      const answer = await answerOf(worker, asked);
      idle.push(worker);
      waiting.shift()?.();
      return answer && received(answer);
    },
    close: () => {
      for (const worker of all) if (worker.connected) worker.disconnect();
    },
  };
}

/** The subcommand that a process of the pool is started with; nobody types it. */
const workerCommand = "test-worker";

/** Undefined also where the process has ended: the next to ask it learns so at once. */
function answerOf(worker: ChildProcess, asked: Asked): Promise<Answered> {
  return new Promise((done) => {
    if (!worker.connected) {
      done(undefined);
      return;
    }
    const over = (answer: SentReport | null | undefined) => {
      worker.off("message", over);
      worker.off("exit", ended);
      worker.off("error", ended);
      done(answer ?? undefined);
    };
    const ended = () => over(undefined);
    worker.on("message", over);
    worker.on("exit", ended);
    worker.on("error", ended);
    worker.send(asked);
  });
}
