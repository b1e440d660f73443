import { type FileHandle, open, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { fileName, isDataFile } from "../readers/format.ts";
import type { Hire, Input } from "../readers/input.ts";
import { type LocalTable, openTable, type TableOptions } from "../readers/open.ts";
import { parseSchemaFile } from "../readers/schema-file.ts";
import type { FileState } from "./held-file.ts";
import { nodeInflaters } from "./inflate.ts";

/** Smaller files are read before a thread has started. */
const largeFile = 256 * 1024 ** 2;

/**
 * A file on disk. Positional reads: it is never in memory as a whole, and open only while some of it is read. Throws
 * `KqlError` when it is not there, and when it changes between two reads.
 */
export async function fileInput(path: string): Promise<Input> {
  const { size, mtimeMs } = await statOf(path);
  const file: FileState = { path, size, mtimeMs };
  const input = sameFile(file);
  if (size < largeFile) return input;
  const crew: Hire = async (task) => {
    const { crewOf } = await import("./crew.ts");
    return crewOf(file, task);
  };
  return { ...input, crew };
}

function sameFile({ path, size, mtimeMs }: FileState): Input {
  return {
    name: path,
    size,
    async slice(start, end) {
      const bytes = new Uint8Array(Math.max(0, end - start));
      await read(bytes, start);
      return bytes;
    },
    read,
  };

  async function read(target: Uint8Array, start: number): Promise<void> {
    if (target.length === 0) return;
    const file = await reading(path, () => open(path, "r"));
    try {
      const now = await file.stat();
      if (now.size !== size || now.mtimeMs !== mtimeMs) throw new KqlError(problem.changedFile(path));
      await reading(path, () => fill(file, path, target, start));
    } finally {
      await file.close();
    }
  }
}

async function fill(file: FileHandle, path: string, target: Uint8Array, start: number): Promise<void> {
  for (let at = 0; at < target.length; ) {
    const { bytesRead } = await file.read(target, at, target.length - at, start + at);
    if (bytesRead === 0) throw new KqlError(problem.changedFile(path));
    at += bytesRead;
  }
}

async function statOf(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  const stats = await reading(path, () => stat(path));
  if (stats.isDirectory()) throw new KqlError(unreadable(path, "EISDIR"));
  // The size of a pipe or a device is not known, and it cannot be read twice.
  if (!stats.isFile()) throw new KqlError(unreadable(path, "special"));
  return stats;
}

/** Text of a small file. Throws `KqlError`. */
export async function fileText(path: string): Promise<string> {
  await statOf(path);
  return reading(path, () => readFile(path, "utf8"));
}

/** What the file system says, as an error that names the file. */
export async function reading<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof KqlError) throw thrown;
    const code = errorCode(thrown);
    if (code === "ENOENT" || code === "ENOTDIR") throw new KqlError(problem.noSuchFile(path));
    throw new KqlError(unreadable(path, code));
  }
}

function unreadable(path: string, code: string) {
  return problem.unreadableFile(path, problem.fileFaults.get(code) ?? code);
}

function errorCode(thrown: unknown): string {
  if (thrown instanceof Error && "code" in thrown && typeof thrown.code === "string") return thrown.code;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** A table of a folder: the stem of a data file is its name. */
export interface TableFile {
  readonly table: string;
  readonly path: string;
  /** `<Table>.schema.json` beside it. */
  readonly schemaPath: string | undefined;
}

/** Files that belong to a folder and are no data. */
const schemaEnding = ".schema.json";
export const lockName = "kqlite.lock.json";

/**
 * The tables of a folder, in the order of their names. Two files of one name, or a schema without data, are an error.
 * Nothing is read but the names: what is wrong with a file shows when it is opened.
 */
export async function tablesIn(folder: string): Promise<readonly TableFile[]> {
  const stats = await reading(folder, () => stat(folder));
  if (!stats.isDirectory()) throw new KqlError(problem.notADirectory(folder));
  const names = (await reading(folder, () => readdir(folder))).sort();
  const schemas = new Map<string, string>();
  const tables = new Map<string, string>();
  for (const name of names) {
    if (name.startsWith(".") || name === lockName) continue;
    const path = join(folder, name);
    if (name.endsWith(schemaEnding)) {
      schemas.set(name.slice(0, -schemaEnding.length), path);
      continue;
    }
    if (!isDataFile(name) || (await isFolder(path))) continue;
    const table = fileName(name).stem;
    const other = tables.get(table);
    if (other !== undefined) throw new KqlError(problem.sameTable(table, other, path));
    tables.set(table, path);
  }
  for (const [table, path] of schemas) if (!tables.has(table)) throw new KqlError(problem.orphanSchema(path));
  return [...tables].map(([table, path]) => ({ table, path, schemaPath: schemas.get(table) }));
}

async function isFolder(path: string): Promise<boolean> {
  return (await reading(path, () => stat(path))).isDirectory();
}

/** The table that one file stands for; `<Table>.schema.json` beside it, by that name or the file's own, is found. */
export async function tableFile(path: string, table?: string): Promise<TableFile> {
  await statOf(path);
  const { stem } = fileName(basename(path));
  const names = table === undefined || table === stem ? [stem] : [table, stem];
  const candidates = names.map((name) => join(dirname(path), name + schemaEnding));
  for (const candidate of candidates) {
    if (await exists(candidate)) return { table: table ?? stem, path, schemaPath: candidate };
  }
  return { table: table ?? stem, path, schemaPath: undefined };
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Opens a table with its schema file, and with the inflaters of Node. */
export async function openTableFile(
  file: TableFile,
  options: Omit<TableOptions, "table" | "schema"> = {},
): Promise<LocalTable> {
  const { table, path, schemaPath } = file;
  const schema = schemaPath === undefined ? undefined : parseSchemaFile(schemaPath, await fileText(schemaPath));
  return openTable(await fileInput(path), { inflaters: nodeInflaters, ...options, table, schema });
}
