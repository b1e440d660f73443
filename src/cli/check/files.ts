import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const queries = /\.(kql|csl|kusto|md|markdown|ya?ml|json)$/i;
/** Tests and schemas name queries or tables; they are none. */
const others = /\.(test\.(kql|ya?ml)|schema\.json|lock\.json)$|^(package|tsconfig)[\w.-]*\.json$/i;

/** Nothing else than queries is in it. */
export function isQueryFile(path: string): boolean {
  return /\.(kql|csl|kusto)$/i.test(path);
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // who opens it says why
  }
}

/** The files below a folder that may hold queries, in the order of their names; hidden folders and packages are left out. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") found.push(...(await filesBelow(path)));
    } else if (queries.test(entry.name) && !others.test(entry.name)) {
      found.push(path);
    }
  }
  return found;
}
