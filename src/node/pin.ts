import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressOf } from "../readers/address.ts";
import { type FetchOptions, fetchBytes } from "./fetch.ts";
import { exists, fileInput, lockName, reading } from "./files.ts";
import { type Lock, type Pin, readLock, writeLock, writeWhole } from "./lock.ts";

/** The folder of the copies, beside the lock file. */
const folderName = "kqlite.externals";

/**
 * Keeps a copy of each address in `kqlite.externals` beside the lock file of `folder`, and writes the lock file. Other
 * addresses in it stay. Throws `KqlError`, and then nothing has changed but copies that nobody reads.
 */
export async function pin(urls: readonly string[], folder: string, network: FetchOptions): Promise<Lock> {
  const path = join(folder, lockName);
  const pins = new Map((await exists(path)) ? (await readLock(path)).pins : []);
  const copies = join(folder, folderName);
  for (const url of new Set(urls)) {
    const { key } = addressOf(url);
    const bytes = await bytesAt(url, key, network);
    const made = pinOf(key, bytes);
    await reading(copies, () => mkdir(copies, { recursive: true }));
    await writeWhole(join(folder, made.file), bytes);
    pins.set(key, made);
  }
  const lock: Lock = { path, pins };
  await writeLock(lock);
  return lock;
}

/** The bytes of a local file for `file://`, and for a path; else those that the network has. */
async function bytesAt(url: string, key: string, network: FetchOptions): Promise<Uint8Array> {
  const path = key.startsWith("file:") ? fileURLToPath(key) : /^[a-z][a-z0-9+.-]*:\/\//i.test(key) ? undefined : key;
  if (path === undefined) return fetchBytes(url, network);
  const input = await fileInput(path);
  return input.slice(0, input.size);
}

/** The name tells the data and how it is packed; the digits before it tell addresses with one name apart. */
function pinOf(key: string, bytes: Uint8Array): Pin {
  const { path } = addressOf(key);
  const name =
    basename(path)
      .replace(/[^A-Za-z0-9._-]/g, "_")
      .slice(-80) || "data";
  const file = `${folderName}/${sha256(key).slice(0, 8)}-${name}`;
  return { file, sha256: sha256(bytes), size: bytes.length };
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
