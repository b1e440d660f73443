import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { invalidUtf8 } from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { externalTable } from "../engine/external.ts";
import { openTable } from "../readers/open.ts";
import type { SpecFiles } from "../testing/spec/spec-files.ts";
import { externalResolver } from "./externals.ts";
import { exists, fileInput, openTableFile, reading, tableFile } from "./files.ts";
import { nodeInflaters } from "./inflate.ts";
import { findLock } from "./lock.ts";
import { watchlistItems } from "./watchlists.ts";

/** The files that specs in a folder name. What is named is told to `seen`, by its whole path. */
export async function specFilesIn(folder: string, seen: (path: string) => void = () => {}): Promise<SpecFiles> {
  const lock = await findLock(folder);
  const found = (path: string): string => {
    const whole = resolve(folder, path);
    seen(whole);
    return whole;
  };
  return {
    shown: (path) => relative(".", resolve(folder, path)),
    matching: async (pattern) => {
      const names = await filesMatching(folder, pattern);
      for (const name of names) found(name);
      return names;
    },
    text: (path) => documentText(found(path)),
    table: async (path, table, schema) => {
      const whole = found(path);
      if (schema === undefined) return openTableFile(await tableFile(whole, table));
      return openTable(await fileInput(whole), { table, schema, inflaters: nodeInflaters });
    },
    watchlist: (path) => watchlistItems(found(path)),
    external: (files) => {
      const paths = new Map([...files].map(([url, path]) => [url, found(path)]));
      const resolver = externalResolver({ files: paths, lock });
      return (request) => externalTable(request, { resolve: resolver, inflaters: nodeInflaters });
    },
  };
}

/** The paths below `folder` that match, from there and with `/`. `**` is any number of folders. */
async function filesMatching(folder: string, pattern: string): Promise<readonly string[]> {
  const parts = pattern.split("/");
  const fixed = parts.findIndex((part) => /[*?]/.test(part));
  const base = fixed < 0 ? pattern : parts.slice(0, fixed).join("/");
  if (fixed < 0) return (await exists(resolve(folder, pattern))) ? [pattern] : [];
  const start = resolve(folder, base);
  if (!(await exists(start))) return [];
  const rest = parts.slice(fixed).map((part) =>
    part === "**"
      ? "(?:[^/]+/)*"
      : `${part
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replace(/\*/g, "[^/]*")
          .replace(/\?/g, "[^/]")}/`,
  );
  const wanted = new RegExp(`^${rest.join("").replace(/\/$/, "")}$`);
  const entries = await reading(start, () => readdir(start, { recursive: true, withFileTypes: true }));
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(start, join(entry.parentPath, entry.name)));
  return names
    .map((name) => name.split(sep).join("/"))
    .filter((name) => wanted.test(name))
    .map((name) => (base === "" ? name : `${base}/${name}`))
    .sort();
}

/** Text that people write: UTF-8, or UTF-16 with a byte order mark, which is dropped. Throws `KqlError`. */
export async function documentText(path: string): Promise<string> {
  const bytes = await reading(path, () => readFile(path));
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new KqlError(invalidUtf8(path));
  }
}
