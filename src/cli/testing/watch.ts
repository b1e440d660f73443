import { type FSWatcher, watch as watchFolder } from "node:fs";
import { dirname, join } from "node:path";
import { dependenciesOf, dependsOn } from "./dependencies.ts";

/** Editors write a file in several steps. */
const quiet = 100;

/**
 * Calls `rerun` with the test files that depend on what has changed, over and over, until `ended`. `discover` finds the
 * tests anew each time. Only folders that hold something a test reads are watched.
 */
export async function watchTests(
  discover: () => Promise<readonly string[]>,
  rerun: (files: readonly string[]) => Promise<void>,
  ended: Promise<void>,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let wake = () => {};
  let over = false;
  void ended.then(() => {
    over = true;
    wake();
  });
  while (!over) {
    const tests = await discover();
    const dependencies = new Map(
      await Promise.all(tests.map(async (file) => [file, await dependenciesOf(file)] as const)),
    );
    for (const folder of new Set([...dependencies.values()].flat().map((path) => dirname(path)))) {
      if (!watchers.has(folder))
        watchers.set(
          folder,
          watcherOf(folder, (path) => {
            changed.add(path);
            wake();
          }),
        );
    }
    const affected = [...dependencies].filter(([, paths]) => dependsOn(paths, changed)).map(([file]) => file);
    changed.clear();
    if (affected.length > 0) {
      await rerun(affected);
      continue;
    }
    await new Promise<void>((done) => {
      wake = done;
      if (over || changed.size > 0) done();
    });
    wake = () => {};
    if (!over) await new Promise<void>((done) => setTimeout(done, quiet));
  }
  for (const watcher of watchers.values()) watcher.close();
}

function watcherOf(folder: string, seen: (path: string) => void): FSWatcher {
  const watcher = watchFolder(folder, (_, name) => {
    if (name !== null) seen(join(folder, name));
  });
  // A folder that goes away has nothing more to say.
  watcher.on("error", () => watcher.close());
  return watcher;
}
