import { isArray } from "../../data/dynamic.ts";
import type { Ipv6 } from "../algorithms/ipv6.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { rowwise } from "../lift.ts";
import { type Overload, optional, repeated, required, type ScalarFunction } from "../signature.ts";

/* All of these take IPv4 addresses too, as `::ffff:a.b.c.d`. A `prefix` argument counts in 128 bits for both. */

export const addresses = library(() => import("../algorithms/ipv6.ts"));
const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const ip = required("ip", "string");
const ip1 = required("ip1", "string");
const ip2 = required("ip2", "string");

export const ipv6Functions: readonly ScalarFunction[] = [
  define(
    { name: "parse_ipv6", library: addresses },
    "The address with all its digits; of `address/length`, the first address of the network. Empty for anything else.",
    rowwise([ip], "string", (text) => masked(addresses.get().parseExactIpv6(text), 128n)),
  ),

  define(
    { name: "parse_ipv6_mask", library: addresses },
    "The address with all its digits and only its first `prefix` bits.",
    rowwise([ip, required("prefix", "long")], "string", (text, length) =>
      masked(addresses.get().parseExactIpv6(text), length),
    ),
  ),

  define(
    { name: "ipv6_compare", library: addresses },
    "-1, 0 or 1 as the first address is below, equal to or above the second, in the bits that all the prefix lengths leave.",
    ...compared("long", BigInt),
  ),

  define(
    { name: "ipv6_is_match", library: addresses },
    "True when both addresses are equal in the bits that all the prefix lengths leave to compare.",
    ...compared("bool", (order) => order === 0),
  ),

  define(
    { name: "ipv6_is_in_range", library: addresses },
    "True when the address belongs to the network; null when one of them is no address.",
    rowwise([ip, required("ip_range", "string")], "bool", (text, range) => anyOf(parsed(text), [range])),
  ),

  define(
    { name: "ipv6_is_in_any_range", library: addresses },
    "True when the address belongs to one of the networks.",
    rowwise([ip, required("range", "string"), repeated("ranges", "string")], "bool", (text, ...ranges) =>
      anyOf(parsed(text), ranges),
    ),
    rowwise([ip, required("ranges", "dynamic")], "bool", (text, ranges) =>
      isArray(ranges) ? anyOf(parsed(text), ranges) : null,
    ),
  ),
];

function parsed(text: string): Ipv6 | undefined {
  return addresses.get().parseIpv6(text);
}

function masked(address: Ipv6 | undefined, prefix: bigint): string {
  if (!address || prefix < 0n || prefix > 128n) return "";
  const { formatIpv6, networkBase6 } = addresses.get();
  return formatIpv6(networkBase6(address.words, Math.min(address.length, Number(prefix))));
}

function compared<R extends "bool" | "long">(
  returns: R,
  result: (order: -1 | 0 | 1) => (R extends "bool" ? boolean : bigint) | null,
): [Overload] {
  const kernel = (left: string, right: string, prefix: bigint = 128n) => {
    const { compareIpv6, parseIpv6 } = addresses.get();
    const a = parseIpv6(left);
    const b = parseIpv6(right);
    return a && b && prefix >= 0n && prefix <= 128n ? result(compareIpv6(a, b, Number(prefix))) : null;
  };
  // The two instances of R differ in `result` alone, which TypeScript does not see through `rowwise`.
  return [rowwise([ip1, ip2, optional("prefix", "long")], returns as "bool", kernel as never)];
}

/** As `in_range(a, r1) or in_range(a, r2) or …`: a range that is none makes the answer null unless another one matches. */
function anyOf(address: Ipv6 | undefined, ranges: readonly unknown[]): boolean | null {
  if (!address) return null;
  const { contains6 } = addresses.get();
  let unknown = false;
  for (const range of ranges) {
    const network = typeof range === "string" ? parseRange(range) : undefined;
    if (!network) unknown = true;
    else if (contains6(network, address)) return true;
  }
  return unknown ? null : false;
}

/** Ranges are few and come back with every row. */
const knownRanges = new Map<string, Ipv6 | undefined>();

function parseRange(text: string): Ipv6 | undefined {
  let range = knownRanges.get(text);
  if (range === undefined && !knownRanges.has(text)) {
    if (knownRanges.size >= 1024) knownRanges.clear();
    range = parsed(text);
    knownRanges.set(text, range);
  }
  return range;
}
