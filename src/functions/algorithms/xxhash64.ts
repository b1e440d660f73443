/*
 * XXH64 with seed 0 in 32-bit halves: BigInt would cost an allocation per step.
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */

/** A 64-bit number in halves; the functions below change it in place. */
interface Words {
  high: number;
  low: number;
}

const p1: Words = { high: 0x9e3779b1, low: 0x85ebca87 };
const p2: Words = { high: 0xc2b2ae3d, low: 0x27d4eb4f };
const p3: Words = { high: 0x165667b1, low: 0x9e3779f9 };
const p4: Words = { high: 0x85ebca77, low: 0xc2b2ae63 };
const p5: Words = { high: 0x27d4eb2f, low: 0x165667c5 };

function add(a: Words, high: number, low: number): void {
  const sum = (a.low >>> 0) + (low >>> 0);
  a.low = sum | 0;
  a.high = (a.high + high + (sum > 0xffff_ffff ? 1 : 0)) | 0;
}

function xor(a: Words, high: number, low: number): void {
  a.high ^= high;
  a.low ^= low;
}

/** Products of 16-bit parts are exact in a double. */
function multiply(a: Words, by: Words): void {
  const a0 = a.low & 0xffff;
  const a1 = a.low >>> 16;
  const b0 = by.low & 0xffff;
  const b1 = by.low >>> 16;
  const first = a0 * b0;
  const second = a1 * b0 + (first >>> 16);
  const third = a0 * b1 + (second & 0xffff);
  const carry = a1 * b1 + Math.floor(second / 0x1_0000) + Math.floor(third / 0x1_0000);
  a.high = (carry + Math.imul(a.low, by.high) + Math.imul(a.high, by.low)) | 0;
  a.low = (third << 16) | (first & 0xffff);
}

/** Rotates to the left by 0 < `bits` < 32. */
function rotate(a: Words, bits: number): void {
  const { high, low } = a;
  a.high = (high << bits) | (low >>> (32 - bits));
  a.low = (low << bits) | (high >>> (32 - bits));
}

/** a ^= a >> bits, for 0 < `bits` < 32 */
function xorShift(a: Words, bits: number): void {
  const { high, low } = a;
  xor(a, high >>> bits, (low >>> bits) | (high << (32 - bits)));
}

const lane: Words = { high: 0, low: 0 };
const scratch: Words = { high: 0, low: 0 };

function round(a: Words, high: number, low: number): void {
  lane.high = high;
  lane.low = low;
  multiply(lane, p2);
  add(a, lane.high, lane.low);
  rotate(a, 31);
  multiply(a, p1);
}

/** A round from zero, in the one object that all steps share. */
function fresh(high: number, low: number): Words {
  scratch.high = 0;
  scratch.low = 0;
  round(scratch, high, low);
  return scratch;
}

function mergeRound(hash: Words, { high, low }: Words): void {
  const value = fresh(high, low);
  xor(hash, value.high, value.low);
  multiply(hash, p1);
  add(hash, p4.high, p4.low);
}

/** The hash as a signed 64-bit integer. */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const hash: Words = { ...p5 };
  if (bytes.length >= 32) at = mixStripes(view, hash);
  add(hash, 0, bytes.length);
  for (; at + 8 <= bytes.length; at += 8) {
    const value = fresh(view.getInt32(at + 4, true), view.getInt32(at, true));
    xor(hash, value.high, value.low);
    rotate(hash, 27);
    multiply(hash, p1);
    add(hash, p4.high, p4.low);
  }
  if (at + 4 <= bytes.length) {
    const value: Words = { high: 0, low: view.getInt32(at, true) };
    multiply(value, p1);
    xor(hash, value.high, value.low);
    rotate(hash, 23);
    multiply(hash, p2);
    add(hash, p3.high, p3.low);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    const value: Words = { high: 0, low: bytes[at]! };
    multiply(value, p5);
    xor(hash, value.high, value.low);
    rotate(hash, 11);
    multiply(hash, p1);
  }
  // >> 33
  xor(hash, 0, hash.high >>> 1);
  multiply(hash, p2);
  xorShift(hash, 29);
  multiply(hash, p3);
  // >> 32
  xor(hash, 0, hash.high);
  return (BigInt(hash.high) << 32n) | BigInt(hash.low >>> 0);
}

/** Works through the 32-byte stripes; gives the place behind them. */
function mixStripes(view: DataView, hash: Words): number {
  const v1: Words = { ...p1 };
  add(v1, p2.high, p2.low);
  const v2: Words = { ...p2 };
  const v3: Words = { high: 0, low: 0 };
  // -p1
  const v4: Words = { high: ~p1.high, low: ~p1.low };
  add(v4, 0, 1);
  const lanes = [v1, v2, v3, v4];
  let at = 0;
  for (; at + 32 <= view.byteLength; at += 32) {
    for (const [i, one] of lanes.entries()) {
      round(one, view.getInt32(at + i * 8 + 4, true), view.getInt32(at + i * 8, true));
    }
  }
  hash.high = 0;
  hash.low = 0;
  for (const [i, one] of lanes.entries()) {
    const turned = { ...one };
    rotate(turned, [1, 7, 12, 18][i]!);
    add(hash, turned.high, turned.low);
  }
  for (const one of lanes) mergeRound(hash, one);
  return at;
}
