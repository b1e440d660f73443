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
  const words = parseGroups(text, slash < 0 ? text.length : slash);
  return length === undefined || !words ? undefined : { words, length };
}

/** The address in the first `end` characters of `text`: eight groups of hex digits, with `::` for a run of zeros. */
function parseGroups(text: string, end: number): Words | undefined {
  const groups: number[] = [];
  let gap = -1;
  let i = 0;
  if (text.startsWith("::")) {
    gap = 0;
    i = 2;
  }
  while (i < end) {
    const start = i;
    let group = 0;
    for (; i < end && i - start < 5; i++) {
      const digit = hexDigit(text.charCodeAt(i));
      if (digit < 0) break;
      group = group * 16 + digit;
    }
    if (i < end && text.charCodeAt(i) === 46) {
      // The last 32 bits may be written as an IPv4 address.
      const ipv4 = parseIpv4(text.slice(start, end));
      if (!ipv4) return undefined;
      groups.push(ipv4.address >>> 16, ipv4.address & 0xffff);
      break;
    }
    if (i === start || i - start > 4) return undefined;
    groups.push(group);
    if (i === end) break;
    if (text.charCodeAt(i++) !== 58 || i === end) return undefined;
    if (text.charCodeAt(i) === 58) {
      if (gap >= 0) return undefined;
      gap = groups.length;
      i++;
    }
  }
  if (gap < 0 ? groups.length !== 8 : groups.length > 7) return undefined;
  const missing = 8 - groups.length;
  const at = (k: number): number => (k < gap || gap < 0 ? groups[k]! : k < gap + missing ? 0 : groups[k - missing]!);
  const word = (w: number): number => at(w * 2) * 65536 + at(w * 2 + 1);
  return [word(0), word(1), word(2), word(3)];
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
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
