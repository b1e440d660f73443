import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { holdsTests } from "../../testing/spec/inside.ts";
import { usageError } from "../report.ts";

const kqlName = /\.test\.kql$/i;
const testName = /\.test\.(?:ya?ml|kql)$/i;
const yamlName = /\.ya?ml$/i;

/** The whole paths of the tests in files and folders, each once, in the order of their names. Throws `UsageError`. */
export async function discover(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats) throw usageError(usage.noTestPath(path));
    if (stats.isDirectory()) for (const file of await testsIn(resolve(path))) found.add(file);
    else if (await isTest(path)) found.add(resolve(path));
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
      return (await isTest(path)) ? [path] : [];
    }),
  );
  return found.flat();
}

/** By its name, or a rule that holds tests. */
async function isTest(path: string): Promise<boolean> {
  if (testName.test(path)) return true;
  if (!yamlName.test(path)) return false;
  return holdsTests(await readFile(path, "utf8").catch(() => ""));
}

/** Of the files that `discover` finds. */
export function isSpec(path: string): boolean {
  return !kqlName.test(path);
}

/** As messages and reports have it: from the working directory, with `/`. */
export function shownPath(path: string): string {
  return relative(".", path).split(sep).join("/");
}
