import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { addressOf } from "../readers/address.ts";
import { bytesText } from "../readers/input.ts";
import { joined } from "../readers/text.ts";

export interface FetchOptions {
  /** Hosts that may be asked, `host` or `host:port`; a redirect must lead to one of them too. */
  readonly hosts: readonly string[];
  /** Bytes of the answer. */
  readonly maxBytes?: number | undefined;
  /** For the whole of it, in seconds. */
  readonly maxSeconds?: number | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** Kusto's own limit for external data is 100 MB. */
const defaultBytes = 256 * 1024 * 1024;
const defaultSeconds = 60;
const mostRedirects = 5;

const faults = problem.fetchFaults;

/** The bytes behind an address on an allowed host. Throws `KqlError`, in which no secret of the address shows. */
export async function fetchBytes(url: string, options: FetchOptions): Promise<Uint8Array> {
  const { key, credentials } = addressOf(url);
  if (credentials) throw new KqlError(problem.fetchCredentials(key));
  const maxSeconds = options.maxSeconds ?? defaultSeconds;
  const signal = AbortSignal.timeout(maxSeconds * 1000);
  try {
    const response = await answer(url.trim(), key, options, signal);
    return await body(response, key, options.maxBytes ?? defaultBytes);
  } catch (thrown) {
    if (thrown instanceof KqlError) throw thrown;
    if (signal.aborted) throw new KqlError(problem.fetchTooSlow(key, maxSeconds));
    throw new KqlError(problem.fetchFailed(key, reasonOf(thrown)));
  }
}

async function answer(url: string, key: string, options: FetchOptions, signal: AbortSignal): Promise<Response> {
  const get = options.fetch ?? globalThis.fetch;
  let target = checkedTarget(url, key, options.hosts);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await get(target, { redirect: "manual", signal });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      target = checkedTarget(new URL(location, target).href, key, options.hosts);
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new KqlError(problem.fetchFailed(key, faults.status(response.status)));
    }
    return response;
  }
  throw new KqlError(problem.fetchFailed(key, faults.redirects(mostRedirects)));
}

/** The URL, when its host is allowed. `key` is the address that the query names. */
function checkedTarget(url: string, key: string, hosts: readonly string[]): URL {
  if (!URL.canParse(url)) throw new KqlError(problem.fetchFailed(key, faults.url));
  const target = new URL(url);
  if (target.protocol !== "https:" && target.protocol !== "http:") {
    throw new KqlError(problem.fetchFailed(key, faults.protocol(target.protocol)));
  }
  if (target.username !== "" || target.password !== "") throw new KqlError(problem.fetchCredentials(key));
  // `host` has the port only when it is not that of the protocol.
  if (!hosts.some((host) => host.toLowerCase() === target.host)) {
    throw new KqlError(problem.hostNotAllowed(target.host, key));
  }
  return target;
}

async function body(response: Response, key: string, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new KqlError(problem.fetchTooLarge(key, bytesText(maxBytes)));
  // With an encoding the length is that of the packed bytes, and no less.
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (response.body) {
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      // Node's streams are iterable
      size += piece.length;
      if (size > maxBytes) throw tooLarge();
      pieces.push(piece);
    }
  }
  return joined(pieces);
}

function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") {
    return problem.connectionFaults.get(cause.code) ?? cause.code;
  }
  return faults.connection;
}
