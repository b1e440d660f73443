import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { invalidUtf8 } from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { externalTable } from "../engine/external.ts";
import { openTable } from "../readers/open.ts";
import type { SpecFiles } from "../testing/spec/load.ts";
import { externalResolver } from "./externals.ts";
import { fileInput, openTableFile, reading, tableFile } from "./files.ts";
import { nodeInflaters } from "./inflate.ts";
import { findLock } from "./lock.ts";

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
    text: (path) => documentText(found(path)),
    table: async (path, table, schema) => {
      const whole = found(path);
      if (schema === undefined) return openTableFile(await tableFile(whole, table));
      return openTable(await fileInput(whole), { table, schema, inflaters: nodeInflaters });
    },
    external: (files) => {
      const paths = new Map([...files].map(([url, path]) => [url, found(path)]));
      const resolver = externalResolver({ files: paths, lock });
      return (request) => externalTable(request, { resolve: resolver, inflaters: nodeInflaters });
    },
  };
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
