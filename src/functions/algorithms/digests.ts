import { md5 as portableMd5, sha1 as portableSha1 } from "@noble/hashes/legacy";
import { sha256 as portableSha256 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";

/*
 * Digests as lower-case hex. Node has synchronous ones, twenty times as fast as any in JavaScript; browsers have none.
 */

type Digest = (bytes: Uint8Array) => string;
/** `crypto.hash` of Node. */
type NodeHash = (algorithm: string, bytes: Uint8Array, encoding: "hex") => string;

interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

const { process } = globalThis as Host;
// Versions without the module, or without `hash` in it, have neither.
const node = process?.getBuiltinModule?.("crypto") as { readonly hash?: NodeHash } | undefined;

const hex =
  (digest: (bytes: Uint8Array) => Uint8Array): Digest =>
  (bytes) =>
    bytesToHex(digest(bytes));

/** Those in JavaScript. */
export const portable = { md5: hex(portableMd5), sha1: hex(portableSha1), sha256: hex(portableSha256) };

function digest(algorithm: keyof typeof portable): Digest {
  const hash = node?.hash;
  if (!hash) return portable[algorithm];
  try {
    hash(algorithm, new Uint8Array(), "hex");
  } catch {
    // Some builds of Node are told to refuse MD5, which is no secret here.
    return portable[algorithm];
  }
  return (bytes) => hash(algorithm, bytes, "hex");
}

export const md5 = digest("md5");
export const sha1 = digest("sha1");
export const sha256 = digest("sha256");
