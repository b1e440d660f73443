import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { md5, portable, sha1, sha256 } from "../../src/functions/algorithms/digests.ts";
import { utf8Bytes } from "../../src/functions/algorithms/utf8.ts";
import { xxhash64 } from "../../src/functions/algorithms/xxhash64.ts";

// Around the block size of 64 bytes, and beyond.
const bytes = fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ minLength: 100, maxLength: 400 }));

describe("digests", () => {
  test.each([
    ["md5", md5],
    ["sha1", sha1],
    ["sha256", sha256],
  ] as const)("%s is Node's", (name, digest) => {
    const check = (one: Uint8Array) => {
      const expected = createHash(name).update(one).digest("hex");
      expect([digest(one), portable[name](one)]).toEqual([expected, expected]);
    };
    fc.assert(fc.property(bytes, check));
  });
});

const mask = (1n << 64n) - 1n;
const primes = [
  0n,
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;

function rotate(x: bigint, bits: bigint): bigint {
  return ((x << bits) | (x >> (64n - bits))) & mask;
}

function round(lane: bigint, input: bigint): bigint {
  return (rotate((lane + input * primes[2]) & mask, 31n) * primes[1]) & mask;
}

/** The specification, word by word. */
function specification(data: Uint8Array): bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let at = 0;
  let hash: bigint = primes[5];
  if (data.length >= 32) {
    let lanes = [primes[1] + primes[2], primes[2], 0n, -primes[1]].map((lane) => lane & mask);
    for (; at + 32 <= data.length; at += 32) {
      lanes = lanes.map((lane, i) => round(lane, view.getBigUint64(at + i * 8, true)));
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => (sum + rotate(lanes[i]!, bits)) & mask, 0n);
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * primes[1] + primes[4]) & mask;
  }
  hash = (hash + BigInt(data.length)) & mask;
  for (; at + 8 <= data.length; at += 8) {
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * primes[1] + primes[4]) & mask;
  }
  if (at + 4 <= data.length) {
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * primes[1]) & mask), 23n) * primes[2] + primes[3]) & mask;
    at += 4;
  }
  for (; at < data.length; at++)
    hash = (rotate(hash ^ ((BigInt(data[at]!) * primes[5]) & mask), 11n) * primes[1]) & mask;
  hash = ((hash ^ (hash >> 33n)) * primes[2]) & mask;
  hash = ((hash ^ (hash >> 29n)) * primes[3]) & mask;
  return BigInt.asIntN(64, hash ^ (hash >> 32n));
}

describe("xxHash64", () => {
  test("is the one of the specification", () => {
    fc.assert(fc.property(bytes, (one) => void expect(xxhash64(one)).toBe(specification(one))));
  });

  test("known hashes", () => {
    expect(xxhash64(new Uint8Array())).toBe(BigInt.asIntN(64, 0xef46_db37_51d8_e999n));
    expect(xxhash64(utf8Bytes("World"))).toBe(1846988464401551951n);
  });
});
