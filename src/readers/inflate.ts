import { Gunzip, Inflate } from "fflate";
import { archiveFaults } from "../diagnostics/catalogue/data.ts";
import { crc32 } from "./crc32.ts";

/**
 * Who expands compressed bytes: the host's own code where it has some, `portable` elsewhere.
 * Each gives undefined when there are more than `limit` bytes, and throws an `Error` when the data is damaged.
 */
export interface Inflaters {
  gunzip(bytes: Uint8Array, limit: number): Uint8Array | undefined;
  inflateRaw(bytes: Uint8Array, limit: number): Uint8Array | undefined;
}

export const portable: Inflaters = { gunzip, inflateRaw };

/** Small enough that a bomb is noticed early: deflate expands at most 1032 times. */
const stepBytes = 64 * 1024;

class LimitReached extends Error {}

function gunzip(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  const sink = new Sink(limit);
  let crc = 0;
  let length = 0;
  const stream = new Gunzip((chunk) => {
    crc = crc32(chunk, crc);
    length += chunk.length;
    sink.add(chunk);
  });
  // fflate does not compare the check sum and the length that end each member.
  const verify = (end: number) => {
    if (end < 8) throw new Error(archiveFaults.checksum);
    const trailer = new DataView(bytes.buffer, bytes.byteOffset + end - 8, 8);
    if (trailer.getUint32(0, true) !== crc || trailer.getUint32(4, true) !== length % 2 ** 32) {
      throw new Error(archiveFaults.checksum);
    }
    crc = 0;
    length = 0;
  };
  stream.onmember = (offset) => {
    if (offset < bytes.length) verify(offset);
  };
  if (!feed(bytes, (chunk, final) => stream.push(chunk, final))) return undefined;
  verify(bytes.length);
  return sink.joined();
}

function inflateRaw(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  const sink = new Sink(limit);
  const stream = new Inflate((chunk) => sink.add(chunk));
  return feed(bytes, (chunk, final) => stream.push(chunk, final)) ? sink.joined() : undefined;
}

function feed(bytes: Uint8Array, push: (chunk: Uint8Array, final: boolean) => void): boolean {
  try {
    let at = 0;
    do {
      const end = Math.min(bytes.length, at + stepBytes);
      push(bytes.subarray(at, end), end === bytes.length);
      at = end;
    } while (at < bytes.length);
    return true;
  } catch (thrown) {
    if (thrown instanceof LimitReached) return false;
    throw thrown;
  }
}

class Sink {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#limit) throw new LimitReached();
    if (chunk.length > 0) this.#chunks.push(chunk);
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}
