import { dirname } from "node:path";
import type { DatabaseOptions } from "../engine/database.ts";
import { type ExternalResolver, externalTable } from "../engine/external.ts";
import { nodeInflaters } from "../node/inflate.ts";
import type { Lock } from "../node/lock.ts";
import { splitPair } from "./tables.ts";

export interface ExternalOptions {
  /** `URL=path`. */
  readonly external: readonly string[];
  /** Hosts that may be asked. */
  readonly allowNet: readonly string[];
  readonly lock?: string | undefined;
}

/**
 * Where `externaldata` finds its data: the files of `-x`, then pinned copies, then hosts that are allowed. A lock file
 * that is not named is looked for, and the code that reads it is loaded, when a query asks for external data.
 */
export async function externalData(
  { external, allowNet, lock }: ExternalOptions,
  queryPath: string | undefined,
): Promise<NonNullable<DatabaseOptions["external"]>> {
  // Addresses hold `=` more often than paths do.
  const files = new Map(external.map((pair) => splitPair("-x", "`URL=FILE`", pair, pair.lastIndexOf("="))));
  const named = lock === undefined ? undefined : await (await import("../node/lock.ts")).readLock(lock);
  let resolver: Promise<ExternalResolver> | undefined;
  const resolve: ExternalResolver = async (url) => {
    resolver ??= resolverOf(files, named, allowNet, queryPath === undefined ? "." : dirname(queryPath));
    return (await resolver)(url);
  };
  return (request) => externalTable(request, { resolve, inflaters: nodeInflaters });
}

async function resolverOf(
  files: ReadonlyMap<string, string>,
  named: Lock | undefined,
  hosts: readonly string[],
  folder: string,
): Promise<ExternalResolver> {
  const [{ externalResolver }, { findLock }] = await Promise.all([
    import("../node/externals.ts"),
    import("../node/lock.ts"),
  ]);
  return externalResolver({ files, lock: named ?? (await findLock(folder)), network: { hosts } });
}
