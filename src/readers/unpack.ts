import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { crc32 } from "./crc32.ts";
import { type Compression, fileName } from "./format.ts";
import type { Inflaters } from "./inflate.ts";
import { bytesText, defaultLimits, type Input, inputOf, type Limits } from "./input.ts";
import { type ZipEntry, zipEntries } from "./zip.ts";

export interface Unpacking {
  /** By the ending of the name when undefined. */
  readonly compression?: Compression | "none" | undefined;
  readonly inflaters?: Inflaters | undefined;
  readonly limits?: Limits | undefined;
}

/**
 * The files inside `input`: what a `.zip` holds, in order; what a `.gz` holds; `input` itself.
 * The files of an archive have one format, so that they can be read one after another.
 */
export async function unpack(input: Input, options: Unpacking = {}): Promise<readonly Input[]> {
  const compression = options.compression ?? fileName(input.name).compression ?? "none";
  if (compression === "none") return [input];
  // Loaded when they are needed: their tables take longer to make than a small query to run.
  const inflaters = options.inflaters ?? (await import("./inflate.ts")).portable;
  const limits = options.limits ?? defaultLimits;
  const bytes = await input.slice(0, input.size);
  if (compression === "gz") {
    const expanded = expand(input.name, "gzip", bytes, limits.expanded, limits, (limit) =>
      inflaters.gunzip(bytes, limit),
    );
    return [inputOf(input.name.replace(/\.gz$/i, ""), expanded)];
  }
  return unzip(input.name, bytes, inflaters, limits);
}

/** Entries are expanded together: one that cannot be read is an error before the first row. */
function unzip(name: string, bytes: Uint8Array, inflaters: Inflaters, limits: Limits): readonly Input[] {
  const entries = guarded(name, "zip", () => zipEntries(bytes));
  if (entries.length === 0) throw new KqlError(problem.emptyArchive(name));
  const [first] = entries;
  for (const entry of entries) {
    if (fileName(entry.name).ending !== fileName(first!.name).ending) {
      throw new KqlError(problem.mixedArchive(name, first!.name, entry.name));
    }
  }
  let left = limits.expanded;
  return entries.map((entry) => {
    const expanded = unzipEntry(`${name}/${entry.name}`, entry, left, inflaters, limits);
    left -= expanded.length;
    return inputOf(`${name}/${entry.name}`, expanded);
  });
}

function unzipEntry(name: string, entry: ZipEntry, left: number, inflaters: Inflaters, limits: Limits): Uint8Array {
  const { packed, size } = entry;
  if (entry.encrypted) throw new KqlError(problem.encryptedArchive(name));
  if (entry.method !== 0 && entry.method !== 8) throw new KqlError(problem.archiveMethod(name, entry.method));
  const expanded = expand(name, "zip", packed, left, limits, (limit) => {
    if (size > limit) return undefined;
    return entry.method === 0 ? packed : inflaters.inflateRaw(packed, Math.min(limit, size + 1));
  });
  if (expanded.length !== size || crc32(expanded) !== entry.crc) {
    throw new KqlError(problem.brokenArchive(name, "zip", problem.archiveFaults.checksum));
  }
  return expanded;
}

function expand(
  name: string,
  kind: "gzip" | "zip",
  packed: Uint8Array,
  left: number,
  limits: Limits,
  inflate: (limit: number) => Uint8Array | undefined,
): Uint8Array {
  const limit = Math.min(left, Math.max(limits.unsuspicious, packed.length * limits.ratio));
  const expanded = guarded(name, kind, () => inflate(limit));
  if (!expanded) throw new KqlError(problem.archiveTooLarge(name, bytesText(limit)));
  return expanded;
}

/** What the code for archives throws, as an error that names the file. */
function guarded<T>(name: string, kind: "gzip" | "zip", run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new KqlError(problem.brokenArchive(name, kind, why));
  }
}
