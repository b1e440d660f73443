/** An IPv4 address with the prefix length it was written with (32 when it has none). */
export interface Ipv4 {
  /** Unsigned, as written: host bits may be set. */
  readonly address: number;
  readonly length: number;
}

const maxAddress = 0xffff_ffff;

/**
 * `a.b.c.d` or `a.b.c.d/length`, decimal, nothing around it; undefined for anything else.
 * Leading zeros are refused: some parsers read `010` as ten and some as eight.
 */
export function parseIpv4(text: string): Ipv4 | undefined {
  let address = 0;
  let octet = -1;
  let dots = 0;
  let i = 0;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      if (octet === 0) return undefined;
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48;
      if (octet > 255) return undefined;
    } else if (code === 46) {
      if (octet < 0 || dots === 3) return undefined;
      address = address * 256 + octet;
      octet = -1;
      dots++;
    } else if (code === 47) {
      break;
    } else {
      return undefined;
    }
  }
  if (dots !== 3 || octet < 0) return undefined;
  const length = i === text.length ? 32 : parsePrefixLength(text, i + 1, 32);
  return length === undefined ? undefined : { address: address * 256 + octet, length };
}

/** The decimal number at `start` up to the end of `text`, if it is at most `max`. */
export function parsePrefixLength(text: string, start: number, max: number): number | undefined {
  if (start === text.length || text.length - start > 3) return undefined;
  if (text[start] === "0" && text.length - start > 1) return undefined;
  let length = 0;
  for (let i = start; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    length = length * 10 + digit;
  }
  return length > max ? undefined : length;
}

/** The address as a string without prefix length. */
export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** `address` with all but its first `length` bits zero. */
export function networkBase(address: number, length: number): number {
  return length === 0 ? 0 : (address & (maxAddress << (32 - length))) >>> 0;
}

/** True when every address of `inner` belongs to the network `outer`. */
export function contains(outer: Ipv4, inner: Ipv4): boolean {
  return (
    inner.length >= outer.length &&
    networkBase(inner.address, outer.length) === networkBase(outer.address, outer.length)
  );
}

/** RFC 1918. Loopback, link-local and carrier-grade NAT do not count as private in Kusto. */
const privateNetworks: readonly Ipv4[] = [
  { address: 0x0a00_0000, length: 8 },
  { address: 0xac10_0000, length: 12 },
  { address: 0xc0a8_0000, length: 16 },
];

export function isPrivate(ip: Ipv4): boolean {
  return privateNetworks.some((network) => contains(network, ip));
}

/** -1, 0 or 1 for the first `length` bits of both, where each side's own prefix length counts too. */
export function compareIpv4(left: Ipv4, right: Ipv4, length: number): -1 | 0 | 1 {
  const shared = Math.min(left.length, right.length, length);
  const a = networkBase(left.address, shared);
  const b = networkBase(right.address, shared);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The fewest networks that together are exactly `first` … `last`, in order. */
export function cidrList(first: number, last: number): readonly string[] {
  const list: string[] = [];
  let at = first;
  while (at <= last) {
    let length = 32;
    // Widen while the block stays aligned at its start and ends within the range.
    while (length > 0 && at % 2 ** (33 - length) === 0 && at + 2 ** (33 - length) - 1 <= last) length--;
    list.push(`${formatIpv4(at)}/${length}`);
    at += 2 ** (32 - length);
  }
  return list;
}
