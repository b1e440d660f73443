import { createHash } from "node:crypto";
import { rename, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import type { Input } from "../readers/input.ts";
import { exists, fileInput, fileText, lockName, reading } from "./files.ts";

/** The copy of some external data. */
export interface Pin {
  /** Beside the lock file or below it, with `/` between folders. */
  readonly file: string;
  /** In lower case hexadecimal digits. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

/** The lock file: which copies the queries of a project read instead of the network. */
export interface Lock {
  readonly path: string;
  /** By address, without what grants access to it. */
  readonly pins: ReadonlyMap<string, Pin>;
}

/** The lock file in `folder` or the nearest folder above; undefined when there is none. */
export async function findLock(folder: string): Promise<Lock | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, lockName);
    if (await exists(path)) return readLock(path);
    if (at === dirname(at)) return undefined;
  }
}

/** Throws `KqlError` when the file is not a lock file. */
export async function readLock(path: string): Promise<Lock> {
  const value = parseJson(path, await fileText(path));
  const { version, pins: entries } = isObject(value) ? value : {};
  if (version !== 1 || !isObject(entries)) throw bad(path, faults.version);
  const pins = new Map<string, Pin>();
  for (const [url, pin] of Object.entries(entries)) pins.set(url, checkedPin(path, url, pin));
  return { path, pins };
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(path, faults.json);
  }
}

function checkedPin(path: string, url: string, pin: unknown): Pin {
  if (!isObject(pin)) throw bad(path, faults.entry(url));
  const { file, sha256, size } = pin;
  if (typeof file !== "string" || file === "") throw bad(path, faults.file(url));
  // A lock file travels with a project: it must not make a query read what is elsewhere on the machine.
  if (isAbsolute(file) || file.split(/[/\\]/).includes("..")) throw bad(path, faults.outside(file));
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw bad(path, faults.hash(url));
  }
  if (typeof size !== "number" || !Number.isSafeInteger(size)) throw bad(path, faults.size(url));
  return { file, sha256, size };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const faults = problem.lockFaults;

function bad(path: string, why: string): KqlError {
  return new KqlError(problem.badLock(path, why));
}

/** Writes the lock file, addresses in order, so that it reads well in a diff. Readers never see half of it. */
export async function writeLock({ path, pins }: Lock): Promise<void> {
  const sorted = [...pins].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify({ version: 1, pins: Object.fromEntries(sorted) }, undefined, 2);
  await writeWhole(path, `${text}\n`);
}

/** Writes a file beside its place, and moves it there. */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await reading(path, async () => {
    await writeFile(temporary, data);
    await rename(temporary, path);
  });
}

/** The copy that the lock file has for an address; undefined when it has none. Throws `KqlError` when it is another. */
export async function pinnedInput(lock: Lock, url: string): Promise<Input | undefined> {
  const pin = lock.pins.get(url);
  if (!pin) return undefined;
  const path = join(dirname(lock.path), ...pin.file.split("/"));
  if (!(await exists(path))) throw new KqlError(problem.pinnedFileMissing(url, path));
  const input = await fileInput(path);
  const found = await sha256Of(input);
  if (input.size !== pin.size || found !== pin.sha256) {
    throw new KqlError(problem.checksum(url, path, pin.sha256, found));
  }
  return input;
}

/** In lower case hexadecimal digits. */
export async function sha256Of(input: Input): Promise<string> {
  const step = 4 * 1024 * 1024;
  const hash = createHash("sha256");
  for (let at = 0; at < input.size; at += step) hash.update(await input.slice(at, Math.min(input.size, at + step)));
  return hash.digest("hex");
}
