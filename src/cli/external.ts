import { dirname } from "node:path";
import type { DatabaseOptions } from "../engine/database.ts";
import { externalTable } from "../engine/external.ts";
import { externalResolver } from "../node/externals.ts";
import { nodeInflaters } from "../node/inflate.ts";
import { findLock, readLock } from "../node/lock.ts";
import { splitPair } from "./tables.ts";

export interface ExternalOptions {
  /** `URL=path`. */
  readonly external: readonly string[];
  /** Hosts that may be asked. */
  readonly allowNet: readonly string[];
  readonly lock?: string | undefined;
}

/** Where `externaldata` finds its data: the files of `-x`, then pinned copies, then hosts that are allowed. */
export async function externalData(
  { external, allowNet, lock }: ExternalOptions,
  queryPath: string | undefined,
): Promise<NonNullable<DatabaseOptions["external"]>> {
  const resolve = externalResolver({
    // Addresses hold `=` more often than paths do.
    files: new Map(external.map((pair) => splitPair("-x", "`URL=FILE`", pair, pair.lastIndexOf("=")))),
    lock:
      lock === undefined ? await findLock(queryPath === undefined ? "." : dirname(queryPath)) : await readLock(lock),
    network: { hosts: allowNet },
  });
  return (request) => externalTable(request, { resolve, inflaters: nodeInflaters });
}
