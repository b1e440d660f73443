import { dirname, resolve } from "node:path";
import { documentText, specFilesIn } from "../../node/spec-files.ts";
import { parseTestFile } from "../../testing/test-file.ts";
import { isSpec } from "./discover.ts";

/** The files, and folders of files, that a test reads, by their whole paths; itself among them. */
export async function dependenciesOf(file: string): Promise<readonly string[]> {
  const seen = new Set([file]);
  const folder = dirname(file);
  const text = await documentText(file);
  if (isSpec(file)) {
    const [{ loadSpec }, { snapshotFile }] = await Promise.all([
      import("../../testing/spec/load.ts"),
      import("../../testing/spec/snapshot.ts"),
    ]);
    seen.add(snapshotFile(file));
    const files = await specFilesIn(folder, (path) => seen.add(path));
    // What cannot be loaded depends on what was read up to there.
    const loaded = await loadSpec(file, text, files, { strict: false });
    for (const { specCase } of "cases" in loaded ? loaded.cases : []) {
      for (const table of specCase.tables.values()) if (table.kind === "file") seen.add(resolve(folder, table.file));
    }
    return [...seen];
  }
  for (const { file: query, settings } of parseTestFile(text)) {
    if (query !== undefined) seen.add(resolve(folder, query.split("#")[0] ?? ""));
    if (settings.data !== undefined) seen.add(resolve(folder, settings.data));
    for (const path of settings.external.values()) seen.add(resolve(folder, path));
  }
  return [...seen];
}

/** Whether one of the files that have changed is one of those, or in one of the folders. */
export function dependsOn(dependencies: readonly string[], changed: Iterable<string>): boolean {
  return [...changed].some((path) => dependencies.some((each) => path === each || path.startsWith(`${each}/`)));
}
