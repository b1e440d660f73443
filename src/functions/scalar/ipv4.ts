import type { Dynamic } from "../../data/dynamic.ts";
import { isArray } from "../../data/dynamic.ts";
import { hasIpv4, hasIpv4Prefix } from "../algorithms/ip-in-text.ts";
import {
  cidrList,
  compareIpv4,
  contains,
  formatIpv4,
  type Ipv4,
  isPrivate,
  networkBase,
  parseIpv4,
} from "../algorithms/ipv4.ts";
import { anyContains, type PrefixTable, prefixTable } from "../algorithms/prefix-table.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { type Overload, optional, repeated, required, type ScalarFunction } from "../signature.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const ip = required("ip", "string");
const ip1 = required("ip1", "string");
const ip2 = required("ip2", "string");
const prefix = required("prefix", "long");
const source = required("source", "string");

export const ipv4Functions: readonly ScalarFunction[] = [
  define(
    "ipv4_is_private",
    "True when the address or network belongs to one of the private networks of RFC 1918; null for text that is no IPv4 address.",
    rowwise([ip], "bool", (text) => {
      const address = parseIpv4(text);
      return address ? isPrivate(address) : null;
    }),
  ),

  define(
    "ipv4_is_in_range",
    "True when the address belongs to the network; null when one of them is no IPv4 address.",
    rowwise([ip, required("ip_range", "string")], "bool", (text, range) => isInRange(parseIpv4(text), range)),
  ),

  define(
    "ipv4_is_in_any_range",
    "True when the address belongs to one of the networks.",
    rowwise([ip, required("range", "string"), repeated("ranges", "string")], "bool", (text, ...ranges) =>
      anyOf(parseIpv4(text), ranges),
    ),
    rowwise([ip, required("ranges", "dynamic")], "bool", (text, ranges) =>
      isArray(ranges) ? isInRanges(parseIpv4(text), ranges) : null,
    ),
  ),

  define(
    "ipv4_is_match",
    "True when both addresses are equal in the bits that all the prefix lengths leave to compare.",
    ...compared("bool", (order) => order === 0),
  ),

  define(
    "ipv4_compare",
    "-1, 0 or 1 as the first address is below, equal to or above the second, in the bits that all the prefix lengths leave.",
    ...compared("long", BigInt),
  ),

  define(
    "ipv4_netmask_suffix",
    "The prefix length that the address is written with; 32 when it has none.",
    rowwise([ip], "long", (text) => {
      const address = parseIpv4(text);
      return address ? BigInt(address.length) : null;
    }),
  ),

  define(
    "parse_ipv4",
    "The address as a number, whatever blanks are around it; of `a.b.c.d/length`, the first address of the network.",
    rowwise([ip], "long", (text) => masked(parseIpv4(text.trim()), 32)),
  ),

  define(
    "parse_ipv4_mask",
    "The address as a number, with only its first `prefix` bits.",
    rowwise([ip, prefix], "long", (text, length) => masked(parseIpv4(text), prefixLength(length))),
  ),

  define(
    "format_ipv4",
    "The address as text, with only its first `prefix` bits; empty when that makes no sense.",
    ...formatted((address) => formatIpv4(address)),
  ),

  define(
    "format_ipv4_mask",
    "The network as text, `a.b.c.d/length`; empty when that makes no sense.",
    ...formatted((address, length) => `${formatIpv4(address)}/${length}`),
  ),

  define(
    "has_ipv4",
    "True when the address appears in the text, with no letter or digit touching it.",
    rowwise([source, ip], "bool", (text, address) => hasIpv4(text, address)),
  ),

  define(
    "has_any_ipv4",
    "True when one of the addresses appears in the text, with no letter or digit touching it.",
    ...anyInText("ips", hasIpv4),
  ),

  define(
    "has_ipv4_prefix",
    "True when an address that starts with the prefix (`192.168.`) appears in the text.",
    rowwise([source, required("ip_prefix", "string")], "bool", (text, start) => hasIpv4Prefix(text, start)),
  ),

  define(
    "has_any_ipv4_prefix",
    "True when an address that starts with one of the prefixes appears in the text.",
    ...anyInText("ip_prefixes", hasIpv4Prefix),
  ),

  define(
    "ipv4_range_to_cidr_list",
    "The fewest networks that together are the addresses from `start_ip` to `end_ip`.",
    rowwise([required("start_ip", "string"), required("end_ip", "string")], "dynamic", (start, end) => {
      const first = masked(parseIpv4(start), 32);
      const last = masked(parseIpv4(end), 32);
      return first === null || last === null || first > last ? null : cidrList(Number(first), Number(last));
    }),
  ),
];

function masked(address: Ipv4 | undefined, prefixLength: number | undefined): bigint | null {
  if (!address || prefixLength === undefined) return null;
  return BigInt(networkBase(address.address, Math.min(address.length, prefixLength)));
}

/** The number of bits that a `prefix` argument means, 0 to 32. */
function prefixLength(length: bigint | undefined): number | undefined {
  if (length === undefined) return 32;
  return length < 0n || length > 32n ? undefined : Number(length);
}

function compared<R extends "bool" | "long">(
  returns: R,
  result: (order: -1 | 0 | 1) => (R extends "bool" ? boolean : bigint) | null,
): [Overload] {
  const kernel = (left: string, right: string, length: bigint | undefined) => {
    const a = parseIpv4(left);
    const b = parseIpv4(right);
    const bits = prefixLength(length);
    return a && b && bits !== undefined ? result(compareIpv4(a, b, bits)) : null;
  };
  // The two instances of R differ in `result` alone, which TypeScript does not see through `rowwise`.
  return [rowwise([ip1, ip2, optional("prefix", "long")], returns as "bool", kernel as never)];
}

function formatted(print: (address: number, length: number) => string): [Overload, Overload] {
  const kernel = (ip: Ipv4 | undefined, length: bigint | undefined): string => {
    const bits = prefixLength(length);
    if (!ip || bits === undefined) return "";
    const shared = Math.min(ip.length, bits);
    return print(networkBase(ip.address, shared), shared);
  };
  return [
    rowwise([ip, optional("prefix", "long")], "string", (text, length) => kernel(parseIpv4(text), length)),
    rowwise([required("ip", "long"), optional("prefix", "long")], "string", (address, length) =>
      kernel(address < 0n || address > 0xffff_ffffn ? undefined : { address: Number(address), length: 32 }, length),
    ),
  ];
}

function isInRange(address: Ipv4 | undefined, range: string): boolean | null {
  const network = parseRange(range);
  return address && network ? contains(network, address) : null;
}

/** As `in_range(a, r1) or in_range(a, r2) or …`: a range that is none makes the answer null unless another one matches. */
function anyOf(address: Ipv4 | undefined, ranges: readonly Dynamic[]): boolean | null {
  if (!address) return null;
  let unknown = false;
  for (const range of ranges) {
    const network = typeof range === "string" ? parseRange(range) : undefined;
    if (!network) unknown = true;
    else if (contains(network, address)) return true;
  }
  return unknown ? null : false;
}

/** Ranges are few and come back with every row. */
const knownRanges = new Map<string, Ipv4 | undefined>();

function parseRange(text: string): Ipv4 | undefined {
  let range = knownRanges.get(text);
  if (range === undefined && !knownRanges.has(text)) {
    if (knownRanges.size >= 1024) knownRanges.clear();
    range = parseIpv4(text);
    knownRanges.set(text, range);
  }
  return range;
}

interface RangeSet {
  readonly table: PrefixTable;
  /** Some element is not a range. */
  readonly unknown: boolean;
}
/** The same array object comes back with every row: a literal, or a `let`. */
const rangeSets = new WeakMap<readonly Dynamic[], RangeSet>();

function isInRanges(address: Ipv4 | undefined, ranges: readonly Dynamic[]): boolean | null {
  if (!address) return null;
  // A table pays when many ranges come back with every row.
  if (ranges.length <= 16) return anyOf(address, ranges);
  let set = rangeSets.get(ranges);
  if (!set) {
    const known: Ipv4[] = [];
    for (const range of ranges) {
      const network = typeof range === "string" ? parseIpv4(range) : undefined;
      if (network) known.push(network);
    }
    const table = prefixTable({
      words: [Uint32Array.from(known, (network) => networkBase(network.address, network.length))],
      lengths: Uint8Array.from(known, (network) => network.length),
      rows: Int32Array.from(known.keys()),
    });
    set = { table, unknown: known.length < ranges.length };
    rangeSets.set(ranges, set);
  }
  const { address: number, length } = address;
  if (anyContains(set.table, [networkBase(number, length)], length)) return true;
  return set.unknown ? null : false;
}

function anyInText(name: string, has: (text: string, wanted: string) => boolean): [Overload, Overload] {
  return [
    rowwise([source, required(name, "string"), repeated(name, "string")], "bool", (text, ...wanted) =>
      wanted.some((one) => has(text, one)),
    ),
    rowwise([source, required(name, "dynamic")], "bool", (text, wanted) =>
      isArray(wanted) ? wanted.some((one) => typeof one === "string" && has(text, one)) : null,
    ),
  ];
}
