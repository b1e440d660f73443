import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { caseId, type FileReport } from "./suite.ts";

/*
 * Which cases failed the last time, for `--failed`. It is kept out of the project, where it would have to be ignored.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */

function cacheFile(): string {
  const { XDG_CACHE_HOME: cache } = process.env;
  const project = createHash("sha256").update(process.cwd()).digest("hex").slice(0, 16);
  return join(cache || join(homedir(), ".cache"), "kqlite", `failed-${project}.json`);
}

/** The ids of the cases; empty when nothing is known. */
export async function failedBefore(): Promise<ReadonlySet<string>> {
  try {
    const value: unknown = JSON.parse(await readFile(cacheFile(), "utf8"));
    return new Set(Array.isArray(value) ? value.filter((id) => typeof id === "string") : []);
  } catch {
    return new Set();
  }
}

/** Cases that did not run this time stay what they were. */
export async function rememberFailed(files: readonly FileReport[]): Promise<void> {
  const failed = new Set(await failedBefore());
  for (const { path, cases } of files) {
    for (const { name, status } of cases) {
      if (status === "failed") failed.add(caseId(path, name));
      else failed.delete(caseId(path, name));
    }
  }
  try {
    const path = cacheFile();
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify([...failed].sort()));
  } catch {
    // A machine that has no place to remember it, such as one that builds, does not ask for it either.
  }
}
