import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cidrList,
  contains,
  formatIpv4,
  type Ipv4,
  networkBase,
  parseIpv4,
} from "../../src/functions/algorithms/ipv4.ts";
import { compareIpv6, formatIpv6, networkBase6, parseIpv6, type Words } from "../../src/functions/algorithms/ipv6.ts";
import { anyContains, prefixTable, rowsContaining } from "../../src/functions/algorithms/prefix-table.ts";

// Few distinct bits, so that networks nest, touch and repeat.
const crowded = fc
  .tuple(fc.constantFrom(0, 10, 127, 128, 255), fc.constantFrom(0, 1, 127, 128, 255), fc.constantFrom(0, 128, 255))
  .map(([a, b, c]) => (a * 2 ** 24 + b * 2 ** 16 + c) >>> 0);
const address = fc.oneof(crowded, fc.integer({ min: 0, max: 0xffff_ffff }));
const length = fc.oneof(fc.constantFrom(0, 1, 8, 9, 16, 31, 32), fc.integer({ min: 0, max: 32 }));
const network: fc.Arbitrary<Ipv4> = fc.record({ address, length });

describe("prefix table, IPv4", () => {
  test("finds exactly the networks that contain an address or a network", () => {
    fc.assert(
      fc.property(
        fc.array(network, { maxLength: 40 }),
        fc.array(network, { minLength: 1, maxLength: 20 }),
        (list, asked) => {
          const table = prefixTable({
            words: [Uint32Array.from(list, (one) => networkBase(one.address, one.length))],
            lengths: Uint8Array.from(list, (one) => one.length),
            rows: Int32Array.from(list.keys()),
          });
          // The ends of every network are where segments are cut.
          const edges = list.flatMap((one) => {
            const first = networkBase(one.address, one.length);
            const last = first + 2 ** (32 - one.length) - 1;
            return [first, last, Math.max(first - 1, 0), Math.min(last + 1, 0xffff_ffff)].map((address) => ({
              address,
              length: 32,
            }));
          });
          for (const ip of [...asked, ...edges]) {
            const expected = [...list.keys()].filter((i) => contains(list[i]!, ip));
            const base = [networkBase(ip.address, ip.length)];
            expect(rowsContaining(table, base, ip.length)).toEqual(expected);
            expect(anyContains(table, base, ip.length)).toBe(expected.length > 0);
          }
        },
      ),
    );
  });
});

const words: fc.Arbitrary<Words> = fc.tuple(
  fc.constantFrom(0, 0x2001_0db8, 0xffff_ffff),
  fc.constantFrom(0, 1, 0xffff_ffff),
  fc.constantFrom(0, 0xffff, 0xffff_ffff),
  fc.constantFrom(0, 1, 0x8000_0000, 0xffff_ffff),
);
const length6 = fc.oneof(fc.constantFrom(0, 32, 48, 64, 96, 127, 128), fc.integer({ min: 0, max: 128 }));
const network6 = fc.record({ words, length: length6 });

describe("prefix table, IPv6", () => {
  test("finds exactly the networks that contain an address or a network", () => {
    fc.assert(
      fc.property(
        fc.array(network6, { maxLength: 40 }),
        fc.array(network6, { minLength: 1, maxLength: 20 }),
        (list, asked) => {
          const bases = list.map((one) => networkBase6(one.words, one.length));
          const table = prefixTable({
            words: [0, 1, 2, 3].map((w) => Uint32Array.from(bases, (base) => base[w]!)),
            lengths: Uint8Array.from(list, (one) => one.length),
            rows: Int32Array.from(list.keys()),
          });
          for (const ip of asked) {
            const expected = [...list.keys()].filter(
              (i) => list[i]!.length <= ip.length && compareIpv6(list[i]!, ip, list[i]!.length) === 0,
            );
            expect(rowsContaining(table, networkBase6(ip.words, ip.length), ip.length)).toEqual(expected);
          }
        },
      ),
    );
  });
});

describe("addresses as text", () => {
  test("an IPv4 address survives being printed", () => {
    fc.assert(
      fc.property(address, (ip) => {
        expect(parseIpv4(formatIpv4(ip))).toEqual({ address: ip, length: 32 });
      }),
    );
  });

  test("an IPv6 address survives being printed", () => {
    fc.assert(
      fc.property(words, (ip) => {
        expect(parseIpv6(formatIpv6(ip))).toEqual({ words: ip, length: 128 });
      }),
    );
  });

  test.each([
    "",
    "1",
    "1.2",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.-4",
    "01.2.3.4",
    "0x1.2.3.4",
    "1.2.3.4 ",
    " 1.2.3.4",
    "1..3.4",
    ".1.2.3",
    "1.2.3.",
    "1.2.3.4/",
    "1.2.3.4/33",
    "1.2.3.4/-1",
    "1.2.3.4/024",
    "1.2.3.4/24/8",
    "1.2.3.4/ 8",
    "::1",
    "١.2.3.4",
  ])("%j is no IPv4 address", (text) => expect(parseIpv4(text)).toBeUndefined());

  test.each([
    "",
    ":",
    ":::",
    "1",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "12345::",
    "g::",
    "::1%eth0",
    "::1/129",
    "::1/",
    "1:",
    ":1",
    "1:2:3:4:5:6:7::8",
    "::1.2.3.256",
    "1.2.3.4::",
    "[::1]",
    " ::1",
  ])("%j is no IPv6 address", (text) => expect(parseIpv6(text)).toBeUndefined());
});

test("the networks of a range are its addresses, once each and with the fewest networks", () => {
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 70_000 }), (first, size) => {
      const last = Math.min(first + size, 0xffff_ffff);
      const list = cidrList(first, last).map((text) => parseIpv4(text)!);
      let at = first;
      for (const [i, one] of list.entries()) {
        expect(one.address).toBe(at);
        expect(networkBase(one.address, one.length)).toBe(at);
        at += 2 ** (32 - one.length);
        // Two neighbours that could be one network would not be the fewest.
        const next = list[i + 1];
        if (next?.length === one.length) expect(networkBase(next.address, one.length - 1)).not.toBe(one.address);
      }
      expect(at).toBe(last + 1);
    }),
  );
});
