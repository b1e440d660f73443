import { md5 as md5Bytes, sha1 as sha1Bytes } from "@noble/hashes/legacy";
import { sha256 as sha256Bytes } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";

/* Digests as lower-case hex: synchronous, which the hosts' own are not everywhere. */

export const md5 = (bytes: Uint8Array): string => bytesToHex(md5Bytes(bytes));
export const sha1 = (bytes: Uint8Array): string => bytesToHex(sha1Bytes(bytes));
export const sha256 = (bytes: Uint8Array): string => bytesToHex(sha256Bytes(bytes));
