import type { ExternalResolver } from "../engine/external.ts";
import { addressOf } from "../readers/address.ts";
import { type Input, inputOf } from "../readers/input.ts";
import { type FetchOptions, fetchBytes } from "./fetch.ts";
import { fileInput } from "./files.ts";
import { type Lock, pinnedInput } from "./lock.ts";

export interface ExternalSources {
  /** Files for addresses, as `-x URL=FILE` gives them. */
  readonly files?: ReadonlyMap<string, string> | undefined;
  readonly lock?: Lock | undefined;
  /** Undefined: nothing is fetched. */
  readonly network?: FetchOptions | undefined;
}

/**
 * Finds external data: the file that the user gives, else the pinned copy, else the network, where it is allowed. An
 * address counts without what grants access to it. What is fetched once is kept.
 */
export function externalResolver(sources: ExternalSources): ExternalResolver {
  const files = new Map([...(sources.files ?? [])].map(([url, path]) => [addressOf(url).key, path]));
  const fetched = new Map<string, Promise<Input>>();
  return async (url) => {
    const { key, path } = addressOf(url);
    const file = files.get(key);
    if (file !== undefined) return fileInput(file);
    const pinned = sources.lock && (await pinnedInput(sources.lock, key));
    const { network } = sources;
    if (pinned || !network || network.hosts.length === 0) return pinned;
    return keep(fetched, url, async () => inputOf(path, await fetchBytes(url, network)));
  };
}

async function keep<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const pending = kept.get(key) ?? make();
  kept.set(key, pending);
  try {
    return await pending;
  } catch (thrown) {
    kept.delete(key);
    throw thrown;
  }
}
