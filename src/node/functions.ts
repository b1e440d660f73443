import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { FunctionText } from "../engine/stored-functions.ts";
import { fileText, reading } from "./files.ts";

/** The functions of a file, or of the `.kql` files in a folder and below it, in the order of their paths. */
export async function functionTexts(path: string): Promise<readonly FunctionText[]> {
  const paths = (await reading(path, () => stat(path))).isDirectory() ? await kqlFilesBelow(path) : [path];
  return Promise.all(paths.map(async (name) => ({ name, text: await fileText(name) })));
}

async function kqlFilesBelow(folder: string): Promise<readonly string[]> {
  const names = await reading(folder, () => readdir(folder, { recursive: true }));
  return names
    .filter((name) => /\.(kql|csl|kusto)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}
