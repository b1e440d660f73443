/* MD5 (RFC 1321), SHA-1 and SHA-256 (RFC 6234) as lower-case hex: synchronous, which the hosts' own are not everywhere. */

type Mix = (state: Int32Array, block: DataView, at: number) => void;

/** All three hash in 64-byte blocks, the last one padded with a 1 bit, zeros and the length in bits. */
function digest(bytes: Uint8Array, start: readonly number[], littleEndian: boolean, mix: Mix): string {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  const end = padded.length - 8;
  view.setUint32(end + (littleEndian ? 0 : 4), (bytes.length << 3) >>> 0, littleEndian);
  view.setUint32(end + (littleEndian ? 4 : 0), Math.floor(bytes.length / 2 ** 29), littleEndian);
  const state = Int32Array.from(start);
  for (let at = 0; at < padded.length; at += 64) mix(state, view, at);
  const out = new DataView(new ArrayBuffer(state.length * 4));
  for (const [i, word] of state.entries()) out.setInt32(i * 4, word, littleEndian);
  return Array.from(new Uint8Array(out.buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);
const md5Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const md5Start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

export function md5(bytes: Uint8Array): string {
  return digest(bytes, md5Start, true, (state, block, at) => {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      let mixed: number;
      let word = i;
      if (i < 16) {
        mixed = (b & c) | (~b & d);
      } else if (i < 32) {
        mixed = (d & b) | (~d & c);
        word = 5 * i + 1;
      } else if (i < 48) {
        mixed = b ^ c ^ d;
        word = 3 * i + 5;
      } else {
        mixed = c ^ (b | ~d);
        word = 7 * i;
      }
      const sum = (a + mixed + sines[i]! + block.getInt32(at + (word & 15) * 4, true)) | 0;
      a = d;
      d = c;
      c = b;
      b = (b + rotate(sum, md5Shifts[(i >> 4) * 4 + (i & 3)]!)) | 0;
    }
    addTo(state, [a, b, c, d]);
  });
}

const sha1Start = [...md5Start, 0xc3d2e1f0];

export function sha1(bytes: Uint8Array): string {
  const words = new Int32Array(80);
  return digest(bytes, sha1Start, false, (state, block, at) => {
    for (let i = 0; i < 16; i++) words[i] = block.getInt32(at + i * 4);
    for (let i = 16; i < 80; i++) {
      words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1);
    }
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      let mixed: number;
      if (i < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
      else if (i < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
      else if (i < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
      else mixed = (b ^ c ^ d) + 0xca62c1d6;
      const next = (rotate(a, 5) + mixed + e + words[i]!) | 0;
      e = d;
      d = c;
      c = rotate(b, 30);
      b = a;
      a = next;
    }
    addTo(state, [a, b, c, d, e]);
  });
}

const primes = firstPrimes(64);
const sha256Start = primes.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));
const sha256Constants = Int32Array.from(primes, (prime) => fractionBits(Math.cbrt(prime)));

export function sha256(bytes: Uint8Array): string {
  const words = new Int32Array(64);
  return digest(bytes, sha256Start, false, (state, block, at) => {
    for (let i = 0; i < 16; i++) words[i] = block.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [w15, w2] = [words[i - 15]!, words[i - 2]!];
      const s0 = rotate(w15, 25) ^ rotate(w15, 14) ^ (w15 >>> 3);
      const s1 = rotate(w2, 15) ^ rotate(w2, 13) ^ (w2 >>> 10);
      words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as Eight;
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7);
      const first = (h + s1 + ((e & f) ^ (~e & g)) + sha256Constants[i]! + words[i]!) | 0;
      const s0 = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10);
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    addTo(state, [a, b, c, d, e, f, g, h]);
  });
}

type Eight = [number, number, number, number, number, number, number, number];

function addTo(state: Int32Array, words: ArrayLike<number>): void {
  for (let i = 0; i < state.length; i++) state[i] = (state[i]! + words[i]!) | 0;
}

function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
