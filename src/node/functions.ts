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
  return /\.(ya?ml|json)$/i.test(name) ? parsersIn(name, text) : [{ name, text }];
}

async function parsersIn(name: string, text: string): Promise<readonly FunctionText[]> {
  const { ruleQueries } = await import("../documents/rules.ts");
  const found = ruleQueries(name, text);
  if ("message" in found) return [];
  return found.flatMap(({ text: query, stored }) => {
    const { names = [], parameters = "", head = "" } = stored ?? {};
    const body = query.slice(head.length);
    return names.map((one) => ({ name, text: `.create function ${one}(${parameters}) {\n${body}\n}` }));
  });
}

async function functionFilesBelow(folder: string): Promise<readonly string[]> {
  const names = await reading(folder, () => readdir(folder, { recursive: true }));
  return names
    .filter((name) => /(\.(kql|csl|kusto)|(?<!\.test)\.ya?ml)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}
