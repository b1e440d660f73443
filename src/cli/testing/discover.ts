import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { usageError } from "../report.ts";

const specName = /\.test\.ya?ml$/i;
const testName = /\.test\.(?:ya?ml|kql)$/i;

/** The whole paths of the tests in files and folders, each once, in the order of their names. Throws `UsageError`. */
export async function discover(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) throw usageError(usage.noTestPath(path));
    if (stats.isDirectory()) for (const file of await testsIn(resolve(path))) found.add(file);
    else if (testName.test(path)) found.add(resolve(path));
    else throw usageError(usage.notATestFile(path));
  }
  if (found.size === 0) throw usageError(usage.noTests(paths));
  return [...found].sort();
}

/** Below `folder`, but not in what is hidden, and not in what was installed. */
async function testsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name.startsWith(".") || entry.name === "node_modules" ? [] : testsIn(path);
      }
      return testName.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

export function isSpec(path: string): boolean {
  return specName.test(path);
}

/** As messages and reports have it: from the working directory, with `/`. */
export function shownPath(path: string): string {
  return relative(".", path).split(sep).join("/");
}
