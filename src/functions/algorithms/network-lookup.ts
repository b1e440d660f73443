import { networkBase6, parseIpv6 } from "./ipv6.ts";
import { prefixTable, rowsContaining } from "./prefix-table.ts";

/** Finds the position of the innermost of `count` networks that contains an address. Calls `bad` for what is no network. */
export function networkLookup(
  count: number,
  network: (position: number) => string,
  bad: (position: number) => never,
): (address: string) => number | undefined {
  const words = Array.from({ length: 4 }, () => new Uint32Array(count));
  const lengths = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const ip = parseIpv6(network(i)) ?? bad(i);
    const base = networkBase6(ip.words, ip.length);
    for (let w = 0; w < 4; w++) words[w]![i] = base[w]!;
    lengths[i] = ip.length;
  }
  const table = prefixTable({ words, lengths, rows: Int32Array.from({ length: count }, (_, i) => i) });
  return (address) => {
    const ip = parseIpv6(address);
    if (!ip) return undefined;
    const [first, ...others] = rowsContaining(table, networkBase6(ip.words, ip.length), ip.length);
    return others.reduce((best, each) => (best === undefined || lengths[each]! > lengths[best]! ? each : best), first);
  };
}
