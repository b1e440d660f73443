import ipaddr from "ipaddr.js";
import { parseIpv4, parsePrefixLength } from "./ipv4.ts";

/** An IPv6 address in four unsigned 32-bit words, most significant first. */
export type Words = readonly [number, number, number, number];

/** An IPv6 or IPv4 address with the prefix length it was written with; IPv4 is `::ffff:a.b.c.d`, its prefix 96 longer. */
export interface Ipv6 {
  /** As written: host bits may be set. */
  readonly words: Words;
  readonly length: number;
}

/** `text` as an IPv6 or IPv4 address, with an optional `/length`; undefined for anything else, zone indexes included. */
export function parseIpv6(text: string): Ipv6 | undefined {
  // Kusto reads `::192.168.1.1` as the IPv4 address, although RFC 4291 has it elsewhere.
  const plain = text.startsWith("::") ? text.slice(2) : text;
  const ipv4 = parseIpv4(plain);
  if (ipv4) return { words: [0, 0, 0xffff, ipv4.address], length: ipv4.length + 96 };
  const slash = text.indexOf("/");
  const length = slash < 0 ? 128 : parsePrefixLength(text, slash + 1, 128);
  const words = wordsOf(slash < 0 ? text : text.slice(0, slash));
  return length === undefined || !words ? undefined : { words, length };
}

/**
 * As `parse_ipv6` and `parse_ipv6_mask` read it, more exact than their kin: a zone index is left out, `::1.2.3.4` is no IPv4 address,
 * and behind an address that ends in dots the prefix counts in 32 bits, whatever stands before them.
 */
export function parseExactIpv6(text: string): Ipv6 | undefined {
  const slash = text.indexOf("/");
  const [address = ""] = (slash < 0 ? text : text.slice(0, slash)).split("%", 1);
  const [, front = "", dotted] = /^(.*:|)([^:]*\.[^:]*)$/.exec(address) ?? [];
  const tail = dotted === undefined ? undefined : parseIpv4(dotted)?.address;
  if (dotted !== undefined && tail === undefined) return undefined;
  const bits = tail === undefined ? 128 : 32;
  const length = slash < 0 ? bits : parsePrefixLength(text, slash + 1, bits);
  const groups = tail === undefined ? address : `${front || "::ffff:"}${hex(tail >>> 16)}:${hex(tail & 0xffff)}`;
  const words = wordsOf(groups);
  return length === undefined || !words ? undefined : { words, length: length + 128 - bits };
}

/** Eight groups of hex digits, with `::` for a run of zeros; the last 32 bits may be written as an IPv4 address. */
function wordsOf(text: string): Words | undefined {
  // A zone index names an interface of one machine: it is no part of an address.
  if (text.includes("%") || !ipaddr.IPv6.isValid(text)) return undefined;
  const { parts } = ipaddr.IPv6.parse(text);
  const word = (at: number) => ((parts[at]! << 16) | parts[at + 1]!) >>> 0;
  return [word(0), word(2), word(4), word(6)];
}

/** All eight groups with four digits each: `fe80:0000:0000:0000:085d:e82c:9446:7994`. */
export function formatIpv6(words: Words): string {
  return words.map((word) => `${hex(word >>> 16)}:${hex(word & 0xffff)}`).join(":");
}

function hex(group: number): string {
  return group.toString(16).padStart(4, "0");
}

/** `words` with all but the first `length` bits zero. */
export function networkBase6(words: Words, length: number): Words {
  const word = (i: 0 | 1 | 2 | 3): number => {
    const bits = length - i * 32;
    return bits >= 32 ? words[i] : bits <= 0 ? 0 : (words[i] & (0xffff_ffff << (32 - bits))) >>> 0;
  };
  return [word(0), word(1), word(2), word(3)];
}

/** -1, 0 or 1 for the first `length` bits of both, where each side's own prefix length counts too. */
export function compareIpv6(left: Ipv6, right: Ipv6, length: number): -1 | 0 | 1 {
  const shared = Math.min(left.length, right.length, length);
  const a = networkBase6(left.words, shared);
  const b = networkBase6(right.words, shared);
  for (let i = 0; i < 4; i++) {
    if (a[i]! !== b[i]!) return a[i]! < b[i]! ? -1 : 1;
  }
  return 0;
}

/** True when every address of `inner` belongs to the network `outer`. */
export function contains6(outer: Ipv6, inner: Ipv6): boolean {
  return inner.length >= outer.length && compareIpv6(outer, inner, outer.length) === 0;
}
