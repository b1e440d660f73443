import { fstatSync, openSync, readSync } from "node:fs";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Input } from "../readers/input.ts";

/** A file as it was when it was opened. */
export interface FileState {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The file that another thread has opened, for one that does nothing else but read it: held open, and read while the
 * thread waits, so that the bytes come into the cache of its own processor.
 */
export function heldFile({ path, size, mtimeMs }: FileState): Input {
  const file = openSync(path, "r");
  const fill = (target: Uint8Array, start: number): void => {
    const now = fstatSync(file);
    if (now.size !== size || now.mtimeMs !== mtimeMs) throw new KqlError(problem.changedFile(path));
    for (let at = 0; at < target.length; ) {
      const count = readSync(file, target, at, target.length - at, start + at);
      if (count === 0) throw new KqlError(problem.changedFile(path));
      at += count;
    }
  };
  return {
    name: path,
    size,
    slice(start, end) {
      const bytes = new Uint8Array(Math.max(0, end - start));
      fill(bytes, start);
      return bytes;
    },
    async read(target, start) {
      fill(target, start);
    },
  };
}
