import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FunctionText } from "../engine/stored-functions.ts";
import { fileText, reading } from "./files.ts";

/**
 * The functions of a file, or of the `.kql` and YAML files in a folder and below it, in the order of their paths. Of YAML
 * and JSON those are parsers, as Microsoft Sentinel's repositories hold them.
 */
export async function functionTexts(path: string): Promise<readonly FunctionText[]> {
  const folder = (await reading(path, () => stat(path))).isDirectory();
  const paths = folder ? await functionFilesBelow(path) : [path];
  return (await Promise.all(paths.map(functionsOf))).flat();
}

async function functionsOf(name: string): Promise<readonly FunctionText[]> {
  const text = await fileText(name);
  if (!/\.(ya?ml|json)$/i.test(name)) return [{ name, text }];
  const { parserTexts } = await import("../documents/parsers.ts");
  return parserTexts(name, text);
}

async function functionFilesBelow(folder: string): Promise<readonly string[]> {
  const names = await reading(folder, () => readdir(folder, { recursive: true }));
  return names
    .filter((name) => /(\.(kql|csl|kusto)|(?<!\.test)\.ya?ml)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}
